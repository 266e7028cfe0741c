"""The word on the board: each state once, its edges, and how it goes with the gate's yes or no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from branding.consent.rules.standing import SOON, person_state, standing, state_of, to_verify
from branding.consent.values.gate import Code, PersonFacts
from branding.consent.values.people import Hold
from branding.consent.values.records import Channel, EvidenceKind
from branding.consent.values.standing import State
from tests.consent.worlds import NOW, SIGNED, Facts

Tell = Callable[[Facts, str], object]
INSTAGRAM = Channel.INSTAGRAM


def _person(tell: Tell = lambda world, person: None) -> PersonFacts:
    world = Facts()
    world.assess()
    person = world.citizen()
    tell(world, person)
    return world.people()[person]


def _signed(**facts: Any) -> Tell:
    return lambda world, person: world.signed(person, **facts)


def _withdrawn(**facts: Any) -> Tell:
    def tell(world: Facts, person: str) -> None:
        world.signed(person)
        world.withdraw(person, NOW, **facts)

    return tell


STATES: list[tuple[str, State, Tell]] = [
    ("nothing asked", State.MISSING, lambda world, person: None),
    ("a yes", State.VALID, _signed()),
    ("a yes that ends in 30 days", State.EXPIRING, _signed(until=date(2026, 11, 10))),
    ("a yes that has ended", State.EXPIRED, _signed(until=date(2026, 10, 11))),
    ("a yes that ends tonight", State.EXPIRING, _signed(until=date(2026, 10, 12))),
    ("a yes of today", State.PENDING, _signed(signed=NOW - timedelta(hours=23), verified=NOW)),
    ("a yes not checked", State.PENDING, _signed(verified=None)),
    ("a yes checked later", State.PENDING, _signed(verified=NOW + timedelta(hours=1))),
    ("a no", State.REFUSED, _signed(refusal=True)),
    ("a no that has lapsed", State.MISSING, _signed(refusal=True, until=date(2026, 10, 11))),
    ("taken back", State.WITHDRAWN, _withdrawn()),
    ("taken back for Facebook", State.VALID, _withdrawn(channels=[Channel.FACEBOOK])),
    ("not written down yet", State.MISSING, _signed(recorded=NOW + timedelta(hours=1))),
]


@pytest.mark.parametrize(("name", "state", "tell"), STATES, ids=[one[0] for one in STATES])
def test_each_state(name: str, state: State, tell: Tell) -> None:
    assert person_state(_person(tell), NOW)[0] == state


def test_the_best_word_wins_and_names_its_answer() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, ref="takeover:1", until=date(2026, 10, 11))
        world.signed(person, ref="takeover:2", until=date(2026, 10, 30))
        world.signed(person, ref="takeover:3")
        world.signed(person, ref="takeover:4", refusal=True)

    state, answer = person_state(_person(tell), NOW)
    assert state == State.VALID and answer is not None and answer.target_ref == "takeover:3"


def test_of_two_equal_words_the_longer_one_is_named() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, ref="takeover:1", until=date(2027, 1, 1))
        world.signed(person, ref="takeover:2", until=date(2027, 2, 1))

    answer = person_state(_person(tell), NOW)[1]
    assert answer is not None and answer.target_ref == "takeover:2"


def test_a_newer_answer_replaces_the_older_by_when_it_was_given() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person)
        late = {"signed": SIGNED - timedelta(days=1), "recorded": SIGNED + timedelta(days=1)}
        world.signed(person, refusal=True, **late)

    person = _person(tell)
    yes, late_no = person.answers
    assert (state_of(yes, person, NOW), state_of(late_no, person, NOW)) == (State.VALID, State.SUPERSEDED)


def test_a_defective_answer_replaces_nothing() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person)
        world.signed(person, refusal=True, signed=SIGNED + timedelta(days=1))

    person = _person(tell)
    first, second = person.answers
    mended = replace(person, answers=(first, replace(second, invalidated_at=NOW)))
    assert state_of(mended.answers[1], mended, NOW) == State.INVALID
    assert state_of(first, mended, NOW) == State.VALID
    assert state_of(first, mended, NOW - timedelta(hours=1)) == State.SUPERSEDED


def test_expires_soon_is_thirty_days_to_the_moment() -> None:
    person = _person(_signed(until=date(2026, 12, 1)))
    (answer,) = person.answers
    assert state_of(answer, person, answer.expires_at - SOON) == State.EXPIRING
    assert state_of(answer, person, answer.expires_at - SOON - timedelta(seconds=1)) == State.VALID
    assert state_of(answer, person, answer.expires_at) == State.EXPIRED


def test_what_waits_for_a_check_is_named_the_oldest_first() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, ref="takeover:2", signed=SIGNED + timedelta(days=1), verified=None)
        world.signed(person, ref="takeover:1", verified=None)
        world.signed(person, ref="takeover:3")
        world.signed(person, ref="takeover:4", verified=None, refusal=True)
        world.signed(person, ref="takeover:5", verified=None, until=date(2026, 10, 11))

    assert [one.target_ref for one in to_verify(_person(tell), NOW)] == ["takeover:1", "takeover:2"]
    assert to_verify(_person(_signed(verified=None)), SIGNED - timedelta(seconds=1)) == []


def test_instagram_today_is_the_gates_own_answer() -> None:
    assert standing(_person(_signed()), INSTAGRAM, NOW).allowed
    found = standing(_person(_signed(verified=None)), INSTAGRAM, NOW)
    assert (found.state, found.allowed) == (State.PENDING, False)
    assert [one.code for one in found.reasons] == [Code.UNVERIFIED_EVIDENCE]
    assert standing(_person(_signed()), Channel.FACEBOOK, NOW).reasons[0].code == Code.CHANNEL_NOT_COVERED


def test_a_spoken_yes_counts_before_any_review_as_every_post_has_one() -> None:
    world = Facts()
    person = world.colleague()
    world.said(person)
    found = standing(world.people()[person], INSTAGRAM, NOW)
    assert found.allowed and found.state == State.VALID
    assert found.answer is not None and found.answer.evidence == EvidenceKind.ORAL


def test_a_yes_to_any_takeover_is_told_as_the_board_asks_without_a_post() -> None:
    assert standing(_person(_signed(ref="takeover:99")), INSTAGRAM, NOW).allowed


def test_the_board_believes_a_later_no_to_anything() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, ref="takeover:3")
        world.signed(person, ref="takeover:4", refusal=True, signed=SIGNED + timedelta(days=1))

    found = standing(_person(tell), INSTAGRAM, NOW)
    assert not found.allowed and {one.code for one in found.reasons} == {Code.REFUSED}


def test_the_better_word_wins_over_the_one_that_lasts_longer() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, ref="takeover:1", until=date(2026, 12, 1))
        world.signed(person, ref="takeover:2", until=date(2027, 2, 1), verified=None)

    state, answer = person_state(_person(tell), NOW)
    assert state == State.VALID and answer is not None and answer.target_ref == "takeover:1"


def test_the_answer_that_is_told_of_is_the_one_that_grants() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, ref="takeover:1", until=date(2027, 2, 1), power=True)
        world.signed(person, ref="takeover:2", until=date(2027, 1, 1))

    person = _person(tell)
    found = standing(person, INSTAGRAM, NOW)
    assert found.answer is not None and found.answer.target_ref == "takeover:2"
    held = standing(replace(person, hold=Hold.DISPUTE), INSTAGRAM, NOW)
    assert held.answer is not None and held.answer.target_ref == "takeover:1"
    nothing = standing(_person(), INSTAGRAM, NOW)
    assert nothing.answer is None and nothing.state == State.MISSING


def test_a_yes_that_begins_later_waits_and_one_that_begins_now_does_not() -> None:
    person = _person(_signed())
    (answer,) = person.answers
    for begins, state in ((NOW, State.VALID), (NOW + timedelta(seconds=1), State.PENDING)):
        later = replace(person, answers=(replace(answer, valid_from=begins),))
        assert person_state(later, NOW)[0] == state
    recorded = replace(person, answers=(replace(answer, recorded_at=NOW, verified_at=NOW),))
    assert person_state(recorded, NOW)[0] == State.VALID


def test_only_citizens_have_time_to_think_and_it_ends_to_the_moment() -> None:
    day = timedelta(hours=24)
    world = Facts()
    colleague = world.colleague()
    world.said(colleague, signed=NOW)
    assert person_state(world.people()[colleague], NOW)[0] == State.VALID
    citizen = _person(_signed(signed=NOW - day, verified=NOW))
    assert person_state(citizen, NOW)[0] == State.VALID


def test_a_no_that_has_lapsed_is_over_to_the_moment() -> None:
    person = _person(_signed(refusal=True))
    (no,) = person.answers
    assert state_of(no, person, no.expires_at - timedelta(seconds=1)) == State.REFUSED
    assert state_of(no, person, no.expires_at) == State.EXPIRED
    assert person_state(person, no.expires_at)[0] == State.MISSING


def test_what_was_taken_back_or_ended_waits_for_no_check() -> None:
    def tell(world: Facts, person: str) -> None:
        world.signed(person, verified=None)
        world.withdraw(person, NOW)

    assert to_verify(_person(tell), NOW) == []
    person = _person(_signed(verified=None))
    (answer,) = person.answers
    assert to_verify(person, answer.recorded_at) == [answer]
    assert to_verify(person, answer.expires_at) == []
    assert timedelta(days=30) == SOON
