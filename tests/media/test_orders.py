"""Acts in odd orders: the gate is never told of fewer faces, or of more that was agreed to, than is so."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from branding.core.errors import RuleBroken
from branding.media import darkroom
from branding.media.queries import depicted, item_by_id
from branding.media.rules import declaring
from branding.media.service import blurring, confirming, people
from branding.media.service.counting import claim
from branding.media.values import Answer, Box, FaceState, PersonView
from branding.media.values.developing import Blurred
from branding.media.values.items import FoundBy
from tests.media import factories
from tests.media.factories import PLACE, host, staff, taken_in
from tests.media.test_people import ALMA, DOG, FACE, MIKKEL, OTHER, counted

At = Callable[[str], datetime]
FRAME = Box(0.1, 0.1, 0.2, 0.2)
BEHIND = "Set bagfra"


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def item(session: Session, area: int, now: datetime) -> str:
    return taken_in(session, area, now=now)


def left_over(session: Session, item: str) -> int:
    """Faces that the gate would stop at."""
    found = depicted(session, [item])[item]
    return (found.media.faces or 0) - len(found.people) - found.media.not_faces


def _may_be_without_a_box(one: PersonView) -> bool:
    return one.found_by == FoundBy.PERSON and one.answer in (Answer.PERSON, Answer.NOT_RECOGNISABLE)


PEOPLE = st.lists(
    st.builds(
        PersonView,
        id=st.uuids().map(str),
        item_id=st.just("x"),
        found_by=st.sampled_from(FoundBy),
        box=st.sampled_from([None, FRAME]),
        certainty=st.sampled_from([None, 74, 93]),
        answer=st.sampled_from([None, *Answer]),
        subject_id=st.sampled_from([ALMA, MIKKEL]),
    ).filter(lambda one: one.box is not None or _may_be_without_a_box(one)),
    max_size=8,
)


@given(PEOPLE)
def test_only_a_name_without_a_box_may_stand_for_a_face_and_each_name_for_one(
    found: list[PersonView],
) -> None:
    open_faces = sum(
        one.answer is None and (one.is_counted or (one.box is not None and one.found_by == FoundBy.PERSON))
        for one in found
    )
    boxed = {one.subject_id for one in found if one.box and one.answer == Answer.PERSON}
    names = [one for one in found if not one.box and one.answer == Answer.PERSON]
    stand_in = sum(one.subject_id not in boxed for one in names)
    left = declaring.unexplained_faces(FaceState.COUNTED, None, found)
    assert left == max(0, open_faces - stand_in)


def test_somebody_seen_from_behind_does_not_stand_for_the_face_beside(
    session: Session, area: int, now: datetime, item: str
) -> None:
    counted(session, now, FACE)
    people.add_unrecognisable(session, host(area), PLACE, item, BEHIND, now=now)
    assert left_over(session, item) == 1


def test_one_person_named_twice_does_not_stand_for_two_faces(
    session: Session, area: int, now: datetime, item: str
) -> None:
    people.name_person(session, host(area), PLACE, item, ALMA, now=now)
    face = counted(session, now, FACE, OTHER)[1]  # the first is Alma, without a box
    people.name_person(session, host(area), PLACE, item, ALMA, box_id=face, now=now)
    assert left_over(session, item) == 1
    people.name_person(session, host(area), PLACE, item, MIKKEL, now=now)
    assert left_over(session, item) == 0


def test_a_face_that_somebody_drew_is_answered_for_even_if_nobody_is_said(
    session: Session, area: int, now: datetime, item: str
) -> None:
    counted(session, now)
    people.add_box(session, host(area), PLACE, item, FRAME, now=now)
    people.declare_nobody(session, host(area), PLACE, item, now=now)
    assert left_over(session, item) == 1
    assert item_by_id(session, PLACE, item).unexplained_faces == 1


def test_what_the_detector_doubts_does_not_outvote_who_drew_the_face(
    session: Session, area: int, now: datetime, item: str
) -> None:
    people.add_box(session, host(area), PLACE, item, Box(*DOG[:4]), now=now)
    (drawn,) = counted(session, now, DOG)
    assert left_over(session, item) == 1
    people.answer_box(session, host(area), PLACE, item, drawn, Answer.NOT_A_FACE, now=now)
    assert left_over(session, item) == 0


def test_no_face_is_not_an_answer_to_who_can_be_recognised(
    session: Session, area: int, now: datetime, item: str
) -> None:
    (face,) = counted(session, now, FACE)
    people.answer_box(session, host(area), PLACE, item, face, Answer.NOT_A_FACE, now=now)
    assert not depicted(session, [item])[item].media.is_declared
    people.declare_nobody(session, host(area), PLACE, item, now=now)
    assert depicted(session, [item])[item].media.is_declared and left_over(session, item) == 0


def test_an_explanation_does_not_stand_for_counting(
    session: Session, area: int, now: datetime, item: str
) -> None:
    film = taken_in(session, area, now=now, content=factories.film(seconds=1))
    people.explain_mismatch(session, host(area), PLACE, film, "En plakat", now=now)
    assert not depicted(session, [film])[film].media.is_mismatch_explained
    people.count_by_hand(session, staff(), PLACE, film, 4, now=now)
    assert not depicted(session, [film])[film].media.is_mismatch_explained, "it did not know of four"
    people.explain_mismatch(session, host(area), PLACE, film, "En plakat med fire", now=now)
    people.count_by_hand(session, staff(), PLACE, film, 4, now=now)
    assert depicted(session, [film])[film].media.is_mismatch_explained


def test_faces_are_counted_in_the_picture_as_it_came_whatever_was_blurred_meanwhile(
    session: Session, area: int, now: datetime, item: str
) -> None:
    box = people.add_box(session, host(area), PLACE, item, FRAME, now=now)
    blurring.blur(session, host(area), PLACE, item, [box], now=now)
    claimed = claim(session, now=now)
    assert claimed is not None and claimed.task.edition == 0


def test_what_was_said_of_a_blurred_face_falls_with_the_blur(
    session: Session, area: int, now: datetime, item: str
) -> None:
    face, other = counted(session, now, FACE, OTHER)
    because = BEHIND
    people.answer_box(
        session, host(area), PLACE, item, other, Answer.NOT_RECOGNISABLE, because=because, now=now
    )
    for answer in (Answer.NOT_RECOGNISABLE, Answer.NOT_A_FACE):
        blurring.blur(session, host(area), PLACE, item, [face], now=now)
        people.answer_box(session, host(area), PLACE, item, face, answer, because="Sløret", now=now)
        blurring.unblur(session, host(area), PLACE, item, now=now)
        said = {one.id: one.answer for one in item_by_id(session, PLACE, item).people}
        assert said == {face: None, other: Answer.NOT_RECOGNISABLE}
        assert left_over(session, item) == 1


def test_whoever_made_an_earlier_blur_of_the_file_cannot_confirm_it(
    session: Session, area: int, now: datetime, item: str
) -> None:
    drawn = people.add_box(session, host(area), PLACE, item, FRAME, now=now)
    other = people.add_box(session, host(area), PLACE, item, Box(0.6, 0.1, 0.2, 0.2), now=now)
    blurring.blur(session, staff(4), PLACE, item, [drawn], now=now)
    people.remove_person(session, host(area), PLACE, item, drawn, now=now)
    blurring.blur(session, host(area), PLACE, item, [other], now=now)
    assert not confirming.may_confirm(session, staff(4), PLACE, item)
    assert confirming.may_confirm(session, staff(9), PLACE, item)


def test_the_second_person_agrees_to_what_is_no_face_too(
    session: Session, area: int, now: datetime, item: str
) -> None:
    (face,) = counted(session, now, FACE)
    people.answer_box(session, host(area), PLACE, item, face, Answer.NOT_A_FACE, now=now)
    confirming.confirm(session, staff(), PLACE, item, now=now)
    assert [one.confirmed_by for one in item_by_id(session, PLACE, item).people] == ["user:3"]


def test_that_is_me_is_heard_also_where_nobody_was_said_to_be(
    session: Session, area: int, now: datetime, item: str
) -> None:
    people.declare_nobody(session, host(area), PLACE, item, now=now)
    people.someone_says(session, staff(), PLACE, item, None, ALMA, now=now)
    view = item_by_id(session, PLACE, item)
    assert not view.is_nobody and [one.subject_id for one in view.people] == [ALMA]


def test_naming_somebody_again_does_not_silence_them(session: Session, area: int, now: datetime) -> None:
    film = taken_in(session, area, now=now, content=factories.film(seconds=1))
    people.name_person(session, host(area), PLACE, film, ALMA, is_heard=True, now=now)
    people.name_person(session, host(area), PLACE, film, ALMA, now=now)
    assert [one.is_heard for one in depicted(session, [film])[film].people] == [True]
    people.set_heard(session, host(area), PLACE, film, [], now=now)
    row = people.name_person(session, host(area), PLACE, film, ALMA, is_heard=True, now=now)
    assert depicted(session, [film])[film].media.has_voice
    people.reset(session, host(area), PLACE, film, row, now=now)
    assert depicted(session, [film])[film].media.has_voice, "somebody was heard, and nobody says who"


def test_nobody_fills_a_picture_with_boxes(session: Session, area: int, now: datetime, item: str) -> None:
    for _ in range(60):
        people.add_box(session, host(area), PLACE, item, FRAME, now=now)
    with pytest.raises(RuleBroken, match="too_many"):
        people.add_box(session, host(area), PLACE, item, FRAME, now=now)


def test_acts_in_any_order_leave_nothing_agreed_to_that_nobody_looked_at(
    session: Session, area: int, now: datetime, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk of random acts by two people, with a third who confirms now and then."""
    monkeypatch.setattr(darkroom, "blur", lambda task: Blurred(f"{task.new_edition:064d}", 1))
    counted(session, now, FACE, OTHER, DOG)
    chance, history = random.Random(5), []
    for _ in range(150):
        act = chance.choice(_ACTS)
        me = chance.choice([host(area), staff(4)])
        row = chance.choice(item_by_id(session, PLACE, item).people)
        with suppress(RuleBroken):
            act(session, me, item, row.id, now)
        confirmed = chance.random() < 0.3
        if confirmed:
            confirming.confirm(session, staff(9), PLACE, item, now=now)
        view, facts = item_by_id(session, PLACE, item), depicted(session, [item])[item]
        blurred = [one for one in view.people if one.answer == Answer.BLURRED]
        boxes = _blurred_in(session, item, view.edition)
        if facts.media.is_verified_derivative:
            assert all(one.box in boxes for one in blurred)
        assert all(one.box in boxes for one in blurred), "nobody is called blurred whose face is there"
        history.append((_seen(view.people), view.edition, confirmed, facts))
    for (people_before, edition_before, _, _), (seen, edition, confirmed, facts) in pairwise(history):
        if (seen, edition) != (people_before, edition_before) and not confirmed:
            assert not facts.media.is_verified_derivative
            assert not any(one.confirmed_by for one in facts.people)


def _blurred_in(session: Session, item: str, edition: int) -> list[Box]:
    from branding.media.queries.items import edition_row

    return [Box(*box) for box in edition_row(session, item, edition).boxes]


def _seen(found: tuple[PersonView, ...]) -> list[tuple[object, ...]]:
    return [(one.id, one.answer, one.subject_id, one.because) for one in found]


def _acts() -> list[Callable[..., object]]:
    def answering(answer: Answer) -> Callable[..., object]:
        return lambda session, me, item, row, now: people.answer_box(
            session, me, PLACE, item, row, answer, because=BEHIND, subject_id=ALMA, now=now
        )

    return [
        *(answering(answer) for answer in Answer),
        lambda session, me, item, row, now: blurring.blur(session, me, PLACE, item, [row], now=now),
        lambda session, me, item, row, now: blurring.unblur(session, me, PLACE, item, now=now),
        lambda session, me, item, row, now: people.reset(session, me, PLACE, item, row, now=now),
        lambda session, me, item, row, now: people.declare_nobody(session, me, PLACE, item, now=now),
        lambda session, me, item, row, now: people.remove_person(session, me, PLACE, item, row, now=now),
        lambda session, me, item, row, now: people.add_box(
            session, me, PLACE, item, Box(0.4, 0.4, 0.1, 0.1), now=now
        ),
        lambda session, me, item, row, now: people.name_person(session, me, PLACE, item, MIKKEL, now=now),
        lambda session, me, item, row, now: people.someone_says(
            session, me, PLACE, item, row, MIKKEL, now=now
        ),
    ]


_ACTS = _acts()
