"""Reads of duties about live posts: one, those of a post, and the list by deadline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from branding.consent.values.records import Channel
from branding.core.errors import Missing
from branding.publishing.models import Alert, Publication, Takedown
from branding.publishing.queries.standing import Around
from branding.publishing.rules.duties import Standing
from branding.publishing.rules.why_down import proof_of, steps_of, title_of, why_down
from branding.publishing.values.alerts import Event
from branding.publishing.values.down import BESIDE, Duty, Proof, TakedownView
from branding.publishing.values.plan import PublicationView

_MOST = 200
_SYSTEM = "system:"
_IS_OPEN = col(Takedown.done_at).is_(None)
#: A duty with its post.
Line = tuple[TakedownView, PublicationView]


def takedown_row(session: Session, takedown_id: str) -> Takedown:
    found = session.get(Takedown, takedown_id)
    if found is None:
        raise Missing("takedown", takedown_id)
    return found


def open_of(session: Session, publication_ids: Collection[str] | None = None) -> dict[str, list[Takedown]]:
    """Open duties by publication; None: of every publication."""
    query = select(Takedown).where(col(Takedown.done_at).is_(None))
    if publication_ids is not None:
        query = query.where(col(Takedown.publication_id).in_(publication_ids))
    found: dict[str, list[Takedown]] = {}
    for row in session.exec(query.order_by(col(Takedown.due_at), col(Takedown.id))):
        found.setdefault(row.publication_id, []).append(row)
    return found


def kept_grounds(session: Session, publication_ids: Collection[str]) -> dict[str, set[str]]:
    """What a person has looked at and said may stay, by publication."""
    query = select(Takedown.publication_id, Takedown.grounds).where(
        col(Takedown.publication_id).in_(publication_ids),
        Takedown.proof != "",
        Takedown.done_by != _SYSTEM,
        (col(Takedown.proof) == Proof.KEPT) | col(Takedown.code).in_(sorted(BESIDE)),
    )
    found: dict[str, set[str]] = {}
    for publication_id, grounds in session.exec(query):
        found.setdefault(publication_id, set()).update(ground for ground, _ in grounds)
    return found


def standing_of(row: Takedown | None) -> Standing | None:
    """The duty as the rules read it."""
    if row is None:
        return None
    grounds = {ground: datetime.fromisoformat(since) for ground, since in row.grounds}
    return Standing(Duty(row.duty), row.code, row.due_at, grounds)


def about_post(rows: Sequence[Takedown]) -> Takedown | None:
    """The one duty about the post itself."""
    return next((row for row in rows if row.code not in BESIDE), None)


def about_copy(rows: Sequence[Takedown]) -> Takedown | None:
    """The one duty about a copy, a co-author or an advertisement."""
    return next((row for row in rows if row.code in BESIDE), None)


def history(session: Session, row: Publication) -> list[TakedownView]:
    """Every duty about a post, the newest first."""
    query = select(Takedown).where(Takedown.publication_id == row.id)
    return [view(one, row) for one in session.exec(query.order_by(col(Takedown.made_at).desc()))]


def open_views(session: Session, units: Collection[int] | None, now: datetime) -> list[Line]:
    """What must be done, the first deadline first; ``units``: those the reader sees, None: all."""
    return _lines(session, units, now, _IS_OPEN, col(Takedown.due_at))


def open_by_unit(session: Session) -> dict[int, int]:
    """How many posts must come down or have a copy that must, by unit."""
    query = (
        select(Publication.unit_id, func.count(func.distinct(col(Takedown.publication_id))))
        .join(Takedown, col(Publication.id) == col(Takedown.publication_id))
        .where(_IS_OPEN)
        .group_by(col(Publication.unit_id))
    )
    return dict(session.exec(query).all())


def done_views(session: Session, units: Collection[int] | None, since: datetime, now: datetime) -> list[Line]:
    """What was done since then, the newest first."""
    done_at = col(Takedown.done_at)
    return _lines(session, units, now, done_at >= since, done_at.desc())


def _lines(
    session: Session,
    units: Collection[int] | None,
    now: datetime,
    which: ColumnElement[bool],
    order: Any,
) -> list[Line]:
    query = (
        select(Takedown, Publication)
        .join(Publication, col(Publication.id) == col(Takedown.publication_id))
        .where(which)
    )
    if units is not None:
        query = query.where(col(Publication.unit_id).in_(units))
    around = Around(session, now)
    found = session.exec(query.order_by(order, col(Takedown.id)).limit(_MOST))
    return [(view(row, one), around.view(one)) for row, one in found]


def live_parts(session: Session, row: Publication) -> dict[str, Any]:
    """What ``publishing/live_actions.html`` needs: open duties, and whether a colleague in it has left."""
    left = select(Alert.id).where(
        Alert.event == Event.COLLEAGUE_LEFT,
        Alert.publication_id == row.id,
        col(Alert.ended_at).is_(None),
    )
    return {
        "duties": [view(one, row) for one in open_of(session, [row.id]).get(row.id, [])],
        "colleague_left": session.exec(left.limit(1)).first() is not None,
    }


def late_ids(session: Session, now: datetime) -> list[str]:
    """Open past the deadline, and not said yet."""
    query = select(Takedown.id).where(
        col(Takedown.done_at).is_(None), col(Takedown.late_at).is_(None), col(Takedown.due_at) < now
    )
    return list(session.exec(query.order_by(col(Takedown.due_at)).limit(_MOST)))


def view(row: Takedown, post: Publication) -> TakedownView:
    """With its words; names are not among them."""
    duty, proof = Duty(row.duty), Proof(row.proof) if row.proof else None
    return TakedownView(
        id=row.id,
        publication_id=row.publication_id,
        duty=duty,
        code=row.code,
        made_at=row.made_at,
        made_by=row.made_by,
        due_at=row.due_at,
        is_late=row.late_at is not None,
        done_at=row.done_at,
        done_by=row.done_by,
        proof=proof,
        is_by_itself=row.next_attempt_at is not None and not row.said_by and bool(post.external_id),
        deletes_at=row.next_attempt_at,
        is_said=bool(row.said_by) and row.done_at is None,
        title=title_of(duty, row.code),
        why=why_down(row.code),
        steps=steps_of(Channel(post.channel), row.code),
        outcome=proof_of(proof) if proof else None,
    )
