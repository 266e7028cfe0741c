"""Who is in a picture: what the author says, what a second person confirms, and what the gate is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditValue
from branding.consent.values.gate import Visibility
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.media.models import MediaPerson
from branding.media.queries import depicted, item_by_id
from branding.media.service import blurring, confirming, keeping, people
from branding.media.service.counting import Claimed, claim, store
from branding.media.values import Answer, Box, FaceState
from branding.media.values.developing import Counted
from branding.media.values.items import FoundBy
from tests.media.factories import PLACE, host, staff, taken_in

At = Callable[[str], datetime]
ALMA, MIKKEL = "a" * 32, "b" * 32
FACE, OTHER, DOG = (0.1, 0.1, 0.2, 0.2, 93), (0.6, 0.1, 0.2, 0.2, 88), (0.6, 0.6, 0.2, 0.2, 74)


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def item(session: Session, area: int, now: datetime) -> str:
    return taken_in(session, area, now=now)


def counted(session: Session, now: datetime, *faces: tuple[float, float, float, float, int]) -> list[str]:
    """The detector has found these; returns the ids of their boxes."""
    claimed = claim(session, now=now)
    assert isinstance(claimed, Claimed)
    store(session, claimed, Counted(True, faces), now=now)
    rows = session.exec(select(MediaPerson).filter_by(item_id=claimed.item_id))
    return [row.id for row in sorted(rows, key=lambda row: row.box or [])]


def facts(session: Session, item: str) -> tuple[bool, int | None, int, int]:
    found = depicted(session, [item])[item]
    return found.media.is_declared, found.media.faces, len(found.people), found.media.not_faces


def test_nothing_is_said_until_the_author_says_it_whatever_the_detector_finds(
    session: Session, area: int, now: datetime, item: str
) -> None:
    assert facts(session, item) == (False, None, 0, 0)
    counted(session, now)
    assert facts(session, item) == (False, 0, 0, 0)
    people.declare_nobody(session, host(area), PLACE, item, now=now)
    assert facts(session, item) == (True, 0, 0, 0)
    view = item_by_id(session, PLACE, item)
    assert (view.is_nobody, view.declared_by, view.declared_at) == (True, "host:5", now)


def test_faces_that_nobody_answers_for_are_left_over(
    session: Session, area: int, now: datetime, item: str
) -> None:
    face, other = counted(session, now, FACE, OTHER)
    people.declare_nobody(session, host(area), PLACE, item, now=now)
    assert item_by_id(session, PLACE, item).unexplained_faces == 2
    people.answer_box(session, host(area), PLACE, item, face, Answer.NOT_A_FACE, now=now)
    assert facts(session, item) == (True, 2, 0, 1)
    people.name_person(session, host(area), PLACE, item, ALMA, box_id=other, now=now)
    assert facts(session, item) == (True, 2, 1, 1)
    assert item_by_id(session, PLACE, item).unexplained_faces == 0
    assert not item_by_id(session, PLACE, item).is_nobody


def test_what_is_perhaps_a_face_is_shown_and_not_counted(
    session: Session, area: int, now: datetime, item: str
) -> None:
    counted(session, now, DOG)
    view = item_by_id(session, PLACE, item)
    assert view.faces == 0 and [one.is_perhaps for one in view.people] == [True]


def test_somebody_else_in_the_picture_does_not_stand_for_a_face_that_nobody_answered_for(
    session: Session, area: int, now: datetime, item: str
) -> None:
    """The gate adds up faces and people; a box drawn by hand, or a dog, must not balance a face."""
    _, dog = counted(session, now, FACE, DOG)
    people.answer_box(session, host(area), PLACE, item, dog, Answer.PERSON, subject_id=ALMA, now=now)
    found = depicted(session, [item])[item]
    assert (found.media.faces or 0) > len(found.people) + found.media.not_faces
    back = people.add_box(session, host(area), PLACE, item, Box(0.4, 0.5, 0.1, 0.2), now=now)
    because = "Set bagfra"
    people.answer_box(
        session, host(area), PLACE, item, back, Answer.NOT_RECOGNISABLE, because=because, now=now
    )
    found = depicted(session, [item])[item]
    assert (found.media.faces or 0) > len(found.people) + found.media.not_faces
    assert item_by_id(session, PLACE, item).unexplained_faces == 1


def test_an_explained_mismatch_is_told_until_new_faces_are_found(
    session: Session, area: int, now: datetime, item: str
) -> None:
    because = "En plakat på væggen"
    people.explain_mismatch(session, host(area), PLACE, item, because, now=now)
    counted(session, now, FACE)
    assert not depicted(session, [item])[item].media.is_mismatch_explained
    people.explain_mismatch(session, host(area), PLACE, item, because, now=now)
    assert depicted(session, [item])[item].media.is_mismatch_explained
    people.add_box(session, host(area), PLACE, item, Box(0.5, 0.5, 0.1, 0.1), now=now)
    assert not depicted(session, [item])[item].media.is_mismatch_explained
    with pytest.raises(RuleBroken, match="no_reason"):
        people.explain_mismatch(session, host(area), PLACE, item, "  ", now=now)


def test_each_answer_becomes_what_the_gate_judges(
    session: Session, area: int, now: datetime, item: str
) -> None:
    face, other = counted(session, now, FACE, OTHER)
    people.answer_box(session, host(area), PLACE, item, face, Answer.UNKNOWN, now=now)
    people.name_person(session, host(area), PLACE, item, MIKKEL, now=now)
    people.add_unrecognisable(session, host(area), PLACE, item, "Kun hænder", now=now)
    blurring.blur(session, host(area), PLACE, item, [other], now=now)
    found = depicted(session, [item])[item]
    assert sorted(one.visibility for one in found.people) == sorted(Visibility)
    assert {one.subject_id for one in found.people} == {"", MIKKEL}
    assert not found.media.is_verified_derivative


def test_a_reason_is_needed_for_not_recognisable_and_a_blur_for_blurred(
    session: Session, area: int, now: datetime, item: str
) -> None:
    (face,) = counted(session, now, FACE)
    for answer, code in ((Answer.NOT_RECOGNISABLE, "no_reason"), (Answer.BLURRED, "not_blurred")):
        with pytest.raises(RuleBroken, match=code):
            people.answer_box(session, host(area), PLACE, item, face, answer, now=now)


def test_saying_nobody_while_somebody_is_named_is_refused(
    session: Session, area: int, now: datetime, item: str
) -> None:
    row = people.name_person(session, host(area), PLACE, item, ALMA, now=now)
    assert people.name_person(session, host(area), PLACE, item, ALMA, now=now) == row
    with pytest.raises(RuleBroken, match="somebody_named"):
        people.declare_nobody(session, host(area), PLACE, item, now=now)
    people.remove_person(session, host(area), PLACE, item, row, now=now)
    people.declare_nobody(session, host(area), PLACE, item, now=now)
    people.reset(session, host(area), PLACE, item, now=now)
    view = item_by_id(session, PLACE, item)
    assert not view.is_declared and view.declared_by == ""


def test_an_answer_can_be_taken_back(session: Session, area: int, now: datetime, item: str) -> None:
    (face,) = counted(session, now, FACE)
    people.name_person(session, host(area), PLACE, item, ALMA, box_id=face, now=now)
    people.reset(session, host(area), PLACE, item, face, now=now)
    (person,) = item_by_id(session, PLACE, item).people
    assert (person.answer, person.subject_id, person.answered_by) == (None, "", "")
    with pytest.raises(RuleBroken, match="found_by_detector"):
        people.remove_person(session, host(area), PLACE, item, face, now=now)


def test_a_box_that_was_drawn_around_a_face_is_not_doubled_by_the_detector(
    session: Session, area: int, now: datetime, item: str
) -> None:
    drawn = people.add_box(session, host(area), PLACE, item, Box(0.11, 0.09, 0.2, 0.22), now=now)
    assert counted(session, now, FACE) == [drawn]
    (person,) = item_by_id(session, PLACE, item).people
    assert (person.found_by, person.certainty) == (FoundBy.DETECTOR, 93)
    assert str(person.where) == "at the top, left"
    with pytest.raises(RuleBroken, match="small_box"):
        people.add_box(session, host(area), PLACE, item, Box(0.5, 0.5, 0.001, 0.3), now=now)


def test_a_second_person_confirms_and_nobody_who_had_a_hand_in_it(
    session: Session, area: int, now: datetime, item: str
) -> None:
    (face,) = counted(session, now, FACE)
    blurring.blur(session, staff(4), PLACE, item, [face], now=now)
    people.add_unrecognisable(session, staff(6), PLACE, item, "Set bagfra", now=now)
    with pytest.raises(NotAllowed):
        confirming.confirm(session, host(area), PLACE, item, now=now)
    for involved in (4, 6):
        assert not confirming.may_confirm(session, staff(involved), PLACE, item)
        with pytest.raises(RuleBroken, match="four_eyes"):
            confirming.confirm(session, staff(involved), PLACE, item, now=now)
    assert confirming.may_confirm(session, staff(9), PLACE, item)
    confirming.confirm(session, staff(9), PLACE, item, now=now)
    found = depicted(session, [item])[item]
    assert found.media.is_verified_derivative
    assert [one.confirmed_by for one in found.people] == ["user:9", "user:9"]


def test_saying_something_anew_takes_the_confirmation_away(
    session: Session, area: int, now: datetime, item: str
) -> None:
    (face,) = counted(session, now, FACE)
    blurring.blur(session, host(area), PLACE, item, [face], now=now)
    confirming.confirm(session, staff(), PLACE, item, now=now)
    people.add_unrecognisable(session, host(area), PLACE, item, "Kun hænder", now=now)
    found = depicted(session, [item])[item]
    assert not found.media.is_verified_derivative
    assert {one.confirmed_by for one in found.people} == {""}


def test_whoever_says_that_is_me_is_recognisable_also_when_the_original_is_gone(
    session: Session, area: int, now: datetime, item: str
) -> None:
    row = people.add_unrecognisable(session, host(area), PLACE, item, "Set bagfra", now=now)
    confirming.confirm(session, staff(), PLACE, item, now=now)
    keeping.keep_until(session, staff(), [item], now.date(), now=now)
    keeping.purge(session, today=now.date().replace(day=20), now=now)
    with pytest.raises(RuleBroken, match="purged"):
        people.declare_nobody(session, host(area), PLACE, item, now=now)
    people.someone_says(session, staff(), PLACE, item, row, ALMA, now=now)
    (person,) = depicted(session, [item])[item].people
    assert (person.visibility, person.subject_id, person.confirmed_by) == (Visibility.RECOGNISABLE, ALMA, "")


def test_the_reviewer_counts_where_no_detector_did(
    session: Session, area: int, now: datetime, item: str
) -> None:
    with pytest.raises(NotAllowed):
        people.count_by_hand(session, host(area), PLACE, item, 2, now=now)
    people.count_by_hand(session, staff(), PLACE, item, 2, now=now)
    view = item_by_id(session, PLACE, item)
    assert (view.face_state, view.faces, view.unexplained_faces) == (FaceState.BY_HAND, 2, 2)
    assert claim(session, now=now) is None
    for wrong in (-1, 100_000):
        with pytest.raises(RuleBroken, match="bad_number"):
            people.count_by_hand(session, staff(), PLACE, item, wrong, now=now)


def test_every_change_counts_the_version_up_and_names_nobody_in_the_log(
    session: Session, area: int, now: datetime, item: str
) -> None:
    before = item_by_id(session, PLACE, item).version
    people.name_person(session, host(area), PLACE, item, ALMA, now=now)
    people.add_unrecognisable(session, host(area), PLACE, item, "Vega set bagfra", now=now)
    assert item_by_id(session, PLACE, item).version > before + 1
    values = [f"{row.before} {row.after}" for row in session.exec(select(AuditValue))]
    assert values and not [value for value in values if ALMA in value or "Vega" in value]


def test_other_places_and_units_find_nothing(session: Session, area: int, now: datetime, item: str) -> None:
    (face,) = counted(session, now, FACE)
    for actor, place in ((host(area), "takeover:13"), (host(area + 1), PLACE)):
        with pytest.raises(Missing):
            people.declare_nobody(session, actor, place, item, now=now)
        with pytest.raises(Missing):
            people.answer_box(session, actor, place, item, face, Answer.UNKNOWN, now=now)
    other = taken_in(session, area, now=now, place="takeover:13")
    with pytest.raises(Missing):
        people.answer_box(session, host(area), "takeover:13", other, face, Answer.UNKNOWN, now=now)


def test_shoots_are_told_to_the_gate(session: Session, area: int, now: datetime, item: str) -> None:
    people.taken_at(session, staff(), PLACE, item, ["c" * 32], now=now)
    assert depicted(session, [item])[item].media.shoots == {"c" * 32}


def test_nothing_is_stored_of_a_face_that_could_find_it_elsewhere() -> None:
    columns = {column.name: str(column.type) for column in MediaPerson.__table__.columns}  # type: ignore[attr-defined]
    about_the_face = set(columns) - {name for name in columns if name.endswith(("_at", "_by", "id"))}
    assert about_the_face == {"box", "certainty", "answer", "because", "is_heard"}
    assert not {name for name, kind in columns.items() if "BLOB" in kind or "VECTOR" in kind}
