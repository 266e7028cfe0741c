"""Reads of comments that somebody must look at, and of who answers them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.consent.queries.subjects import subjects_of_units
from branding.consent.values.people import Kind
from branding.core import clock, sealed
from branding.core.errors import Missing
from branding.drafts.values.findings import Person
from branding.organisation import queries as organisation
from branding.publishing.models import Answerer, PostComment, Publication
from branding.publishing.values.states import State, Way
from branding.takeovers import queries as takeovers

#: Comments are read for so long after a post went out: its week, and a little more.
_READ_FOR = timedelta(days=9)


#: Once a day where nobody can read them but people.
_MORNING = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post of a takeover that somebody should look at, and who."""

    publication_id: str
    unit_id: int
    answerer: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as its page shows it, opened."""

    id: int
    publication_id: str
    text: str
    made_at: datetime
    names_citizen: bool
    is_hidden: bool


def comment_row(session: Session, comment_id: int) -> PostComment:
    row = session.get(PostComment, comment_id)
    if row is None:
        raise Missing("post_comment", comment_id)
    return row


def read_rows(session: Session, now: datetime) -> Sequence[Publication]:
    """Posts of takeovers whose comments are looked after now."""
    query = select(Publication).where(
        Publication.state == State.PUBLISHED,
        col(Publication.takeover_id).is_not(None),
        col(Publication.published_at) > now - _READ_FOR,
    )
    return session.exec(query.order_by(col(Publication.id))).all()


def known_comments(session: Session, publication_id: str) -> set[str]:
    query = select(PostComment.external_id).where(PostComment.publication_id == publication_id)
    return set(session.exec(query))


def open_rows(session: Session) -> Sequence[tuple[PostComment, Publication]]:
    """What nobody has dealt with yet."""
    query = (
        select(PostComment, Publication)
        .join(Publication, col(Publication.id) == col(PostComment.publication_id))
        .where(col(PostComment.done_at).is_(None))
    )
    return session.exec(query.order_by(col(PostComment.made_at))).all()


def open_comments(session: Session, takeover_id: int) -> list[CommentView]:
    """Of one takeover's posts; those that may name a citizen first."""
    found = [
        CommentView(
            row.id or 0,
            row.publication_id,
            sealed.unseal(session, row.text_sealed, about=about(row)) if row.text_sealed else "",
            row.made_at,
            row.names_citizen,
            row.hidden_at is not None,
        )
        for row, publication in open_rows(session)
        if publication.takeover_id == takeover_id
    ]
    return sorted(found, key=lambda one: (not one.names_citizen or one.is_hidden, one.made_at))


def answerer_of(session: Session, takeover_id: int) -> str:
    """Who answers: as it was set, or else the host; empty when there is nobody."""
    row = session.get(Answerer, takeover_id)
    if row is not None:
        return row.ref
    hosts = takeovers.hosts_of(session, [takeover_id]).get(takeover_id, [])
    return f"host:{hosts[0].id}" if hosts else ""


def answerers_of(session: Session, takeover_ids: Collection[int]) -> dict[int, str]:
    """The same of several, in two queries; those where there is nobody are left out."""
    rows = session.exec(select(Answerer).where(col(Answerer.takeover_id).in_(takeover_ids)))
    found = {row.takeover_id: row.ref for row in rows if row.ref}
    for key, hosts in takeovers.hosts_of(session, takeover_ids).items():
        found.setdefault(key, f"host:{hosts[0].id}")
    return found


def waiting(session: Session, now: datetime) -> dict[int, Waiting]:
    """Running takeovers whose answerer should look now, by takeover: for new comments, or in the morning
    because nobody but people can read them."""
    looked_after = read_rows(session, now)
    lasting = {row.id for row in looked_after}
    found = {row.takeover_id: row for _, row in open_rows(session) if row.id in lasting}
    if clock.local(now).hour < _MORNING + 2:
        found = {row.takeover_id: row for row in looked_after if row.way == Way.HAND} | found
    answerers = answerers_of(session, [key for key in found if key is not None])
    return {
        key: Waiting(row.id, row.unit_id, answerers[key])
        for key, row in found.items()
        if key is not None and key in answerers
    }


def citizens_of(session: Session, unit_id: int) -> list[Person]:
    """Everybody on the register of the unit's area who is no colleague, or a citizen as well."""
    area = organisation.unit_by_id(session, unit_id).area_id
    units = organisation.ids_under(session, [area])
    return [
        Person(one.id, one.label)
        for one in subjects_of_units(session, units)
        if one.kind is not Kind.COLLEAGUE or one.also_citizen
    ]


def about(row: PostComment) -> str:
    """What a comment's sealed text is bound to."""
    return f"comment:{row.publication_id}:{row.external_id}"
