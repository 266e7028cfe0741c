"""Who is in a picture: when that is said, and which faces are left over (consent.md R11, R15, R16)."""

from __future__ import annotations

from collections.abc import Sequence

from branding.consent.values.gate import DepictionFacts, Visibility
from branding.media.values.items import Answer, FaceState, FoundBy, PersonView

_VISIBILITY = {
    Answer.PERSON: Visibility.RECOGNISABLE,
    Answer.BLURRED: Visibility.OBSCURED,
    Answer.NOT_RECOGNISABLE: Visibility.NOT_RECOGNISABLE,
    Answer.UNKNOWN: Visibility.UNKNOWN,
}
#: Answers that a second person agrees with (R17, truth table A9 and A11; "not a face" for the record).
TO_CONFIRM = frozenset({Answer.BLURRED, Answer.NOT_RECOGNISABLE, Answer.NOT_A_FACE})


def is_declared(is_nobody: bool, people: Sequence[PersonView]) -> bool:
    """The author said that nobody can be recognised, or something of somebody (R11).

    A picture in which the detector found nothing is not declared by that; nor is one by "not a face", which
    says nothing of those who turn their backs.
    """
    return is_nobody or any(one.answer in _VISIBILITY for one in people)


def depictions(media: str, people: Sequence[PersonView]) -> tuple[DepictionFacts, ...]:
    """The people as the gate judges them."""
    return tuple(
        DepictionFacts(
            media,
            _VISIBILITY[one.answer],
            one.subject_id,
            is_heard=one.is_heard,
            confirmed_by=one.confirmed_by,
        )
        for one in people
        if one.answer in _VISIBILITY
    )


def faces_counted(state: FaceState, by_hand: int | None, people: Sequence[PersonView]) -> int | None:
    """Faces found or counted; None when nobody has counted."""
    if state == FaceState.BY_HAND:
        return by_hand
    if state != FaceState.COUNTED:
        return None
    return sum(one.is_counted for one in people)


def faces_to_account(state: FaceState, by_hand: int | None, people: Sequence[PersonView]) -> int | None:
    """The faces that the gate compares with the people and with :func:`not_faces`.

    It adds up everybody; but who has no counted face must not stand for one that nobody has answered for,
    so they count here too, and so does a face that somebody drew and nobody has answered for.
    """
    found = faces_counted(state, by_hand, people)
    if found is None:
        return None
    boxed = {one.subject_id for one in people if one.box is not None and one.answer == Answer.PERSON}
    said_twice = sum(
        one.box is None and one.answer == Answer.PERSON and one.subject_id in boxed for one in people
    )
    if state == FaceState.BY_HAND:
        return found + said_twice
    return found + said_twice + sum(_is_beside(one) for one in people)


def _is_beside(one: PersonView) -> bool:
    """Beside the faces that the detector counted.  A name without a box may be that of a counted face;
    "seen from behind" without a box is not."""
    if one.box is None:
        return one.answer in (Answer.NOT_RECOGNISABLE, Answer.BLURRED)
    if one.is_counted:
        return False
    return one.answer in _VISIBILITY or (one.answer is None and one.found_by == FoundBy.PERSON)


def not_faces(state: FaceState, people: Sequence[PersonView]) -> int:
    """Counted boxes that are no faces; a reviewer who counts does not count them in the first place."""
    if state == FaceState.BY_HAND:
        return 0
    return sum(one.is_counted and one.answer == Answer.NOT_A_FACE for one in people)


def unexplained_faces(state: FaceState, by_hand: int | None, people: Sequence[PersonView]) -> int:
    """How many faces are left over (truth table A2)."""
    faces = faces_to_account(state, by_hand, people) or 0
    known = sum(one.answer in _VISIBILITY for one in people)
    return max(0, faces - known - not_faces(state, people))
