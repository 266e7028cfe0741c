"""Saying who is in a picture or film (consent.md R11, R15-R17).  Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.media.models import MediaItem, MediaPerson
from branding.media.queries.items import person_row, person_rows
from branding.media.service.opened import REVIEW, by, declared, forget_confirmations, noted, opened
from branding.media.values.items import Answer, FaceState, FoundBy
from branding.media.values.pictures import Box

#: A smaller box is a slip of the finger.
_LEAST_BOX = 0.005
#: More faces than this are counted in no picture.
_MOST_FACES = 500
_MOST_PEOPLE = 60


def declare_nobody(session: Session, actor: Actor, place: str, item_id: str, *, now: datetime) -> None:
    """The author says that nobody can be recognised."""
    item = opened(session, actor, place, item_id)
    if any(row.answer in (Answer.PERSON, Answer.UNKNOWN) for row in person_rows(session, item_id)):
        text = say("Somebody is named in the picture. Remove them first, if nobody can be recognised.")
        raise RuleBroken("somebody_named", text, "people")
    before = item.is_nobody
    item.is_nobody = True
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:declared", now, {"is_nobody": (before, True)})


def name_person(
    session: Session,
    actor: Actor,
    place: str,
    item_id: str,
    subject_id: str,
    *,
    box_id: str | None = None,
    is_heard: bool = False,
    now: datetime,
) -> str:
    """Somebody from the register can be recognised in it; returns the id of the row.

    Without a box the person is named once, however often it is said.
    """
    if box_id is not None:
        answer_box(session, actor, place, item_id, box_id, Answer.PERSON, subject_id=subject_id, now=now)
        if is_heard:
            set_heard(session, actor, place, item_id, {*_heard_ids(session, item_id), box_id}, now=now)
        return box_id
    item = opened(session, actor, place, item_id)
    rows = person_rows(session, item_id)
    row = next((one for one in rows if one.box is None and one.subject_id == subject_id), None) or _new(
        session, item, rows, None, now
    )
    row.subject_id, row.is_heard = subject_id, row.is_heard or is_heard
    _answered(session, actor, item, row, Answer.PERSON, "", now)
    return row.id


def answer_box(
    session: Session,
    actor: Actor,
    place: str,
    item_id: str,
    box_id: str,
    answer: Answer,
    *,
    because: str = "",
    subject_id: str = "",
    now: datetime,
) -> None:
    """What a box is: a person, somebody who cannot be recognised because ..., no face, or unknown."""
    item = opened(session, actor, place, item_id)
    row = person_row(session, item_id, box_id)
    if answer == Answer.BLURRED:
        text = say("Choose Blur, so that the face is made unrecognisable in the picture itself.")
        raise RuleBroken("not_blurred", text, "answer")
    because = because.strip()
    if answer == Answer.NOT_RECOGNISABLE and not because:
        text = say("Write why the person cannot be recognised, for example: seen from behind.")
        raise RuleBroken("no_reason", text, "because")
    row.subject_id = subject_id if answer == Answer.PERSON else ""
    row.is_heard = False
    _answered(session, actor, item, row, answer, because, now)


def add_unrecognisable(
    session: Session, actor: Actor, place: str, item_id: str, because: str, *, now: datetime
) -> str:
    """Somebody without a box who cannot be recognised because ...; returns the id of the row."""
    item = opened(session, actor, place, item_id)
    row = _new(session, item, person_rows(session, item_id), None, now)
    answer_box(session, actor, place, item_id, row.id, Answer.NOT_RECOGNISABLE, because=because, now=now)
    return row.id


def add_box(session: Session, actor: Actor, place: str, item_id: str, box: Box, *, now: datetime) -> str:
    """A face that the detector missed; nothing is said of it yet.  Returns the id of the box."""
    item = opened(session, actor, place, item_id)
    if min(box.w, box.h) < _LEAST_BOX:
        raise RuleBroken("small_box", say("The box is too small. Make it as large as the face."), "box")
    row = _new(session, item, person_rows(session, item_id), box, now)
    item.mismatch_because = ""  # what was explained did not know of this face
    forget_confirmations(session, item)
    noted(session, actor, item, "media:item:box_added", now)
    return row.id


def remove_person(
    session: Session, actor: Actor, place: str, item_id: str, person_id: str, *, now: datetime
) -> None:
    """Take away a name or a box that was drawn.  The detector's boxes are answered instead."""
    item = opened(session, actor, place, item_id)
    row = person_row(session, item_id, person_id)
    if row.found_by == FoundBy.DETECTOR:
        text = say("The program found this face. Say that it is not a face, if that is so.")
        raise RuleBroken("found_by_detector", text, "answer")
    session.delete(row)
    session.flush()
    item.mismatch_because = ""
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:person_removed", now)


def reset(
    session: Session, actor: Actor, place: str, item_id: str, person_id: str | None = None, *, now: datetime
) -> None:
    """Take an answer back: that of a box, or without one "nobody can be recognised"."""
    item = opened(session, actor, place, item_id)
    if person_id is None:
        item.is_nobody = False
    else:
        row = person_row(session, item_id, person_id)
        if row.box is None:
            return remove_person(session, actor, place, item_id, person_id, now=now)
        row.answer, row.subject_id, row.because, row.is_heard = None, "", "", False
        row.answered_by, row.answered_at = "", None
    item.mismatch_because = ""
    forget_confirmations(session, item)
    if not item.is_nobody and all(row.answer is None for row in person_rows(session, item_id)):
        item.declared_by, item.declared_at = "", None
    noted(session, actor, item, "media:item:answer_taken_back", now)
    return None


def explain_mismatch(
    session: Session, actor: Actor, place: str, item_id: str, because: str, *, now: datetime
) -> None:
    """Why there are more faces than people: a poster on the wall, a mirror."""
    item = opened(session, actor, place, item_id)
    if not because.strip():
        raise RuleBroken("no_reason", say("Write why there are more faces than people."), "because")
    item.mismatch_because = because.strip()[:300]
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:mismatch_explained", now)


def set_heard(
    session: Session, actor: Actor, place: str, item_id: str, person_ids: Collection[str], *, now: datetime
) -> None:
    """Exactly these can be heard in the film; an empty list says that nobody can."""
    item = opened(session, actor, place, item_id)
    if not item.has_sound:
        raise RuleBroken("no_sound", say("There is no sound in it."), "heard")
    rows = {row.id: row for row in person_rows(session, item_id)}
    for person_id in person_ids:
        person_row(session, item_id, person_id)
    for person_id, row in rows.items():
        row.is_heard = person_id in person_ids
    item.is_nobody_heard = not person_ids
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:heard", now, {"heard": (None, len(person_ids))})


def count_by_hand(
    session: Session, actor: Actor, place: str, item_id: str, faces: int, *, now: datetime
) -> None:
    """The reviewer counts, where no detector did."""
    item = opened(session, actor, place, item_id, REVIEW)
    if item.face_state == FaceState.COUNTED:
        raise RuleBroken("counted", say("The program has counted the faces in this picture."), "faces")
    if not 0 <= faces <= _MOST_FACES:
        raise RuleBroken("bad_number", say("Write how many faces you see as a number."), "faces")
    before = item.faces_by_hand
    if before != faces:
        item.mismatch_because = ""  # what was explained did not know of these
    item.face_state, item.faces_by_hand, item.counted_by = FaceState.BY_HAND, faces, by(actor)
    item.count_lease_until = None
    noted(session, actor, item, "media:item:counted_by_hand", now, {"faces": (before, faces)})


def someone_says(
    session: Session,
    actor: Actor,
    place: str,
    item_id: str,
    person_id: str | None,
    subject_id: str,
    *,
    now: datetime,
) -> None:
    """ "That is me" (truth table A14): recognisable from now on, whatever was confirmed; also afterwards.

    Without a row: where it was said that nobody can be recognised.
    """
    item = opened(session, actor, place, item_id, also_purged=True)
    rows = person_rows(session, item_id)
    row = person_row(session, item_id, person_id) if person_id else _new(session, item, rows, None, now)
    row.subject_id = subject_id
    _answered(session, actor, item, row, Answer.PERSON, "", now)


def taken_at(
    session: Session, actor: Actor, place: str, item_id: str, shoot_ids: Collection[str], *, now: datetime
) -> None:
    """Which shoots it was taken at: their consents may cover it.  The caller has checked that they exist."""
    item = opened(session, actor, place, item_id, REVIEW)
    item.shoots = sorted(set(shoot_ids))
    noted(session, actor, item, "media:item:shoots_set", now)


def _heard_ids(session: Session, item_id: str) -> set[str]:
    return {row.id for row in person_rows(session, item_id) if row.is_heard}


def _new(
    session: Session, item: MediaItem, rows: Collection[MediaPerson], box: Box | None, now: datetime
) -> MediaPerson:
    if sum(row.found_by == FoundBy.PERSON for row in rows) >= _MOST_PEOPLE:
        raise RuleBroken("too_many", say("There are too many people. Choose another picture."), "people")
    row = MediaPerson(
        id=new_id(),
        item_id=item.id,
        box=None if box is None else [box.x, box.y, box.w, box.h],
        found_by=FoundBy.PERSON,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _answered(
    session: Session,
    actor: Actor,
    item: MediaItem,
    row: MediaPerson,
    answer: Answer,
    because: str,
    now: datetime,
) -> None:
    before = row.answer
    row.answer, row.because = answer, because[:300]
    row.answered_by, row.answered_at = by(actor), now
    if answer in (Answer.PERSON, Answer.UNKNOWN):
        item.is_nobody = False
    if row.is_heard:
        item.is_nobody_heard = False
    declared(session, actor, item, now)
    noted(session, actor, item, "media:item:answered", now, {"answer": (before, str(answer))})
