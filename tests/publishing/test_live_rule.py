"""The rule for live posts: every code has an answer, deadlines are kept, and nothing final is made milder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from branding.consent.service.withdrawing import down_by
from branding.consent.values.gate import (
    Code,
    CrosspostFacts,
    Decision,
    GateFacts,
    Reason,
)
from branding.consent.values.people import Hold
from branding.consent.values.records import Channel
from branding.core import clock
from branding.publishing.rules.duties import Kind, Standing, day_is_near, step
from branding.publishing.rules.live import ACTS, end_of_next_working_day, live, opens_on
from branding.publishing.rules.why_down import steps_of, title_of, why_down
from branding.publishing.values.down import BESIDE, Duty, Live, Need
from tests.consent.worlds import NOW, SLOT, Facts

OUT = SLOT
DAY = timedelta(days=1)


def asked(world: Facts, *, now: datetime = OUT, since: dict[str, datetime] | None = None) -> Live:
    facts = GateFacts(world.draft, world.people())
    return live(world.published(), facts, world.channel, published_at=OUT, since=since or {}, now=now)


def told(code: Code, since: dict[str, datetime] | None = None, now: datetime = OUT) -> Live:
    facts = GateFacts(Facts().draft)
    decision = Decision(False, (Reason(code),))
    return live(decision, facts, Channel.INSTAGRAM, published_at=OUT, since=since or {}, now=now)


def test_every_code_has_an_answer() -> None:
    assert set(ACTS) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_every_duty_has_a_title_a_reason_and_steps(code: Code) -> None:
    for need in (*told(code).needs, *told(code).beside):
        assert str(title_of(need.duty, need.code)) and steps_of(Channel.INSTAGRAM, need.code)
        assert str(why_down(need.code)) and need.due_at > OUT


def test_the_deadline_is_what_the_person_was_promised() -> None:
    """The withdrawal page says a day; the task ends with that day, counted from when it was said (R51)."""
    world = Facts()
    person = world.colleague()
    world.said(person)
    friday = datetime(2026, 10, 16, 20, tzinfo=UTC)
    world.withdraw(person, friday)
    world.published_at = friday + 4 * DAY  # written down on the Tuesday
    found = asked(world, now=friday + 4 * DAY)
    assert clock.local(found.needs[0].due_at).date() == down_by(friday) == date(2026, 10, 19)


def test_a_withdrawal_before_the_post_went_out_counts_from_when_it_did() -> None:
    world = Facts()
    person = world.colleague()
    world.said(person)
    world.withdraw(person, NOW)
    assert clock.local(asked(world).needs[0].due_at).date() == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-12-23", "2026-12-28"),  # Christmas, and the weekend after it
        ("2027-03-24", "2027-03-30"),  # Easter
        ("2026-10-24", "2026-10-26"),  # the night when the clock goes back
    ],
)
def test_takedowns_end_with_the_next_working_day(day: str, due: str) -> None:
    end = clock.local(end_of_next_working_day(clock.at_local(date.fromisoformat(day), 12)))
    assert (end.date().isoformat(), end.hour, end.minute) == (due, 23, 59)


def test_a_question_nobody_answers_becomes_a_takedown() -> None:
    ground = "hold::"
    since = {ground: OUT}
    assert told(Code.HOLD, since, OUT + 14 * DAY).duty is Duty.REVIEW
    late = told(Code.HOLD, since, OUT + 15 * DAY)
    assert late.duty is Duty.TAKEDOWN and late.needs[0].due_at > OUT + 15 * DAY


def test_the_strictest_comes_first() -> None:
    codes = (Code.HOLD, Code.NOT_TOLD_INSTAGRAM, Code.EXPIRED, Code.AGE_TRANSITION)
    decision = Decision(False, tuple(Reason(code) for code in codes))
    found = live(decision, GateFacts(Facts().draft), Channel.INSTAGRAM, published_at=OUT, since={}, now=OUT)
    assert [need.code for need in found.needs] == [
        "expired",
        "not_told_instagram",
        "age_transition",
        "hold",
    ]


def test_a_protected_address_is_looked_at_within_a_day() -> None:
    world = Facts()
    world.said(world.colleague(hold=Hold.PROTECTED_ADDRESS))
    assert (clock.local(asked(world).needs[0].due_at).date() - clock.local(OUT).date()).days == 1


def test_a_word_that_grew_old_after_the_post_went_out_asks_for_nothing() -> None:
    """Somebody had looked when it went out: the post was not shared (F2 is about posts that were)."""
    world = Facts()
    world.said(world.colleague())
    word = CrosspostFacts(attested_at=OUT - DAY)
    world.change(crossposts={Channel.INSTAGRAM: word})
    world.published_at = OUT + 100 * DAY
    found = asked(world, now=OUT + 100 * DAY)
    assert found.needs == () and found.beside == ()


def test_facebook_taken_back_where_the_profile_shares_leaves_the_post_and_removes_the_copy() -> None:
    world = Facts()
    person = world.colleague()
    world.said(person)
    world.change(crossposts={Channel.INSTAGRAM: CrosspostFacts(frozenset({Channel.FACEBOOK}), OUT)})
    world.withdraw(person, OUT - DAY, channels=[Channel.FACEBOOK])
    found = asked(world)
    assert found.needs == () and {need.code for need in found.beside} == {"crosspost_not_covered"}
    assert {need.code for need in found.beside} <= BESIDE


# One duty follows what is found


def need(duty: Duty, code: str, days: int = 1, ground: str = "") -> Need:
    return Need(duty, code, OUT + days * DAY, ground or f"{code}::")


def standing(of: Need) -> Standing:
    return Standing(of.duty, of.code, of.due_at, {of.ground: OUT})


REVIEW, DOWN = need(Duty.REVIEW, "hold", 14), need(Duty.TAKEDOWN, "expired")


def test_a_stricter_need_takes_the_place_of_a_milder_one_and_never_the_other_way() -> None:
    changed = step(standing(REVIEW), [DOWN, REVIEW], ())
    assert changed is not None and (changed.kind, changed.need) == (Kind.CHANGE, DOWN)
    assert step(standing(DOWN), [DOWN], ()) is None


def test_a_duty_whose_reason_is_gone_ends() -> None:
    ended = step(standing(REVIEW), [], ())
    assert ended is not None and ended.kind is Kind.END


@pytest.mark.parametrize("code", ["withdrawn", "refused", "own_wish", "incident", "no_consent_after_all"])
def test_what_was_taken_back_or_wanted_by_a_person_never_ends_by_itself(code: str) -> None:
    """C12: a yes that is given afterwards does not bring the post back."""
    firm = need(Duty.TAKEDOWN, code)
    assert step(standing(firm), [], ()) is None
    assert step(standing(firm), [REVIEW], ()) is None


def test_what_a_person_said_may_stay_is_not_asked_again_and_something_new_is() -> None:
    assert step(None, [REVIEW], {REVIEW.ground}) is None
    other = replace(REVIEW, ground="hold:another:")
    begun = step(None, [REVIEW, other], {REVIEW.ground})
    assert begun is not None and begun.need == other


def test_the_last_day_is_told_on_the_working_day_before() -> None:
    monday = date(2026, 11, 9)
    assert opens_on(monday) == date(2026, 11, 6)
    assert day_is_near(monday, clock.at_local(date(2026, 11, 6), 7)) is None
    found = day_is_near(monday, clock.at_local(date(2026, 11, 6), 8))
    assert found is not None and found.due_at == clock.at_local(monday)
    assert day_is_near(None, OUT) is None
