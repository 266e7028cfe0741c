"""The facts of pictures and films for the gate."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from branding.consent.values.gate import MediaFacts
from branding.media.queries.items import Rows, is_verified, item_view, rows_of
from branding.media.rules import declaring
from branding.media.values.items import Answer, Depicted, FaceState, ItemView, MediaKind
from branding.media.values.pictures import Box


def depicted(session: Session, ids: Collection[str]) -> dict[str, Depicted]:
    """Who is in these items, by item; one query.  Dropped and unknown items are left out."""
    return {
        item_id: _depicted(rows)
        for item_id, rows in rows_of(session, ids).items()
        if rows.item.dropped_at is None
    }


def shown_and_depicted(session: Session, ids: Collection[str]) -> dict[str, tuple[ItemView, Depicted]]:
    """What a page shows of these items, and what the gate asks; one query for both."""
    return {
        item_id: (item_view(rows), _depicted(rows))
        for item_id, rows in rows_of(session, ids).items()
        if rows.item.dropped_at is None
    }


def _depicted(rows: Rows) -> Depicted:
    item, edition, people = rows
    state = FaceState(item.face_state)
    faces = declaring.faces_to_account(state, item.faces_by_hand, people)
    facts = MediaFacts(
        ref=item.id,
        kind=MediaKind(item.kind),
        sha256=edition.sha256,
        is_declared=declaring.is_declared(item.is_nobody, people),
        faces=faces,
        not_faces=declaring.not_faces(state, people),
        # Where nobody has counted there is nothing to explain: the reviewer counts (decisions.md 18).
        is_mismatch_explained=bool(item.mismatch_because) and faces is not None,
        is_verified_derivative=is_verified(edition) and _holds_every_blur(rows),
        has_voice=item.has_sound and not item.is_nobody_heard,
        shoots=frozenset(item.shoots),
    )
    return Depicted(facts, declaring.depictions(item.id, people))


def _holds_every_blur(rows: Rows) -> bool:
    """Whoever is said to be blurred is so in the very file that would go out."""
    blurred = [Box(*box) for box in rows.edition.boxes]
    return all(one.box in blurred for one in rows.people if one.answer == Answer.BLURRED)
