"""Reads of pictures and films, as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from branding.consent.values.records import Format
from branding.core.errors import Missing
from branding.core.text import Text
from branding.media.models import MediaEdition, MediaItem, MediaPerson
from branding.media.rules import declaring, limits
from branding.media.rules.positions import reading_order, where
from branding.media.values.items import Answer, FaceState, FoundBy, ItemView, MediaKind, PersonView
from branding.media.values.limits import FilmFacts
from branding.media.values.pictures import Box


class Rows(NamedTuple):
    """An item with its current edition and its people in the order in which they are numbered."""

    item: MediaItem
    edition: MediaEdition
    people: tuple[PersonView, ...]


def item_row(session: Session, place: str, item_id: str) -> MediaItem:
    """The row, when it belongs there and was not dropped."""
    found = session.get(MediaItem, item_id)
    if found is None or found.place != place or found.dropped_at is not None:
        raise Missing("media_item", item_id)
    return found


def edition_row(session: Session, item_id: str, number: int) -> MediaEdition:
    found = session.get(MediaEdition, (item_id, number))
    if found is None:
        raise Missing("media_edition", f"{item_id}:{number}")
    return found


def person_rows(session: Session, item_id: str) -> Sequence[MediaPerson]:
    return session.exec(
        select(MediaPerson)
        .where(MediaPerson.item_id == item_id)
        .order_by(col(MediaPerson.made_at), col(MediaPerson.id))
    ).all()


def person_row(session: Session, item_id: str, person_id: str) -> MediaPerson:
    found = session.get(MediaPerson, person_id)
    if found is None or found.item_id != item_id:
        raise Missing("media_person", person_id)
    return found


def rows_of(session: Session, ids: Collection[str]) -> dict[str, Rows]:
    """One query, however many items."""
    found: dict[str, tuple[MediaItem, MediaEdition]] = {}
    people: dict[str, list[PersonView]] = defaultdict(list)
    current = (col(MediaEdition.item_id) == col(MediaItem.id)) & (
        col(MediaEdition.number) == col(MediaItem.edition)
    )
    rows: Iterable[tuple[MediaItem, MediaEdition, MediaPerson | None]] = session.exec(
        select(MediaItem, MediaEdition, MediaPerson)
        .join(MediaEdition, current)
        .join(MediaPerson, col(MediaPerson.item_id) == col(MediaItem.id), isouter=True)
        .where(col(MediaItem.id).in_(ids))
        .order_by(col(MediaPerson.made_at), col(MediaPerson.id))
    )
    for item, edition, person in rows:
        found[item.id] = item, edition
        if person is not None:
            people[item.id].append(person_view(person))
    return {
        item_id: Rows(item, edition, tuple(sorted(people[item_id], key=_number)))
        for item_id, (item, edition) in found.items()
    }


def item_views(session: Session, ids: Collection[str]) -> dict[str, ItemView]:
    """Items by id, dropped ones too; unknown ids are left out."""
    return {item_id: item_view(rows) for item_id, rows in rows_of(session, ids).items()}


def item_by_id(session: Session, place: str, item_id: str) -> ItemView:
    """One item of this place."""
    return item_view(rows_of(session, [item_row(session, place, item_id).id])[item_id])


def items_at(session: Session, place: str) -> list[ItemView]:
    """Everything there that was not dropped, newest first."""
    ids = session.exec(
        select(MediaItem.id)
        .where(MediaItem.place == place, col(MediaItem.dropped_at).is_(None))
        .order_by(col(MediaItem.made_at).desc(), col(MediaItem.id))
    ).all()
    views = item_views(session, ids)
    return [views[item_id] for item_id in ids]


def ids_made_before(session: Session, moment: datetime) -> Sequence[str]:
    """Items that were taken in before and have not been dropped: for rooms above, who know what is in use."""
    query = select(MediaItem.id).where(col(MediaItem.made_at) < moment, col(MediaItem.dropped_at).is_(None))
    return session.exec(query.order_by(col(MediaItem.id))).all()


def refusals(session: Session, ids: Collection[str], form: Format) -> Mapping[str, tuple[Text, ...]]:
    """What a channel would refuse of each item in this form; empty when nothing."""
    return {item_id: _refusals(rows, form) for item_id, rows in rows_of(session, ids).items()}


def person_view(row: MediaPerson) -> PersonView:
    box = None if row.box is None else Box(*row.box)
    return PersonView(
        id=row.id,
        item_id=row.item_id,
        found_by=FoundBy(row.found_by),
        box=box,
        where=None if box is None else where(box),
        certainty=row.certainty,
        answer=Answer(row.answer) if row.answer else None,
        subject_id=row.subject_id,
        because=row.because,
        is_heard=row.is_heard,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
    )


def is_verified(edition: MediaEdition) -> bool:
    """It is a blurred edition, and a second person has looked at it."""
    return edition.number > 0 and edition.confirmed_by not in ("", edition.made_by)


def _number(person: PersonView) -> tuple[bool, int, float]:
    """Boxes in reading order, then people without one as they were named."""
    if person.box is None:
        return True, 0, 0.0
    return False, *reading_order(person.box)


def _refusals(rows: Rows, form: Format) -> tuple[Text, ...]:
    return limits.refusals(MediaKind(rows.item.kind), rows.item.width, _film(rows), form)


def _film(rows: Rows) -> FilmFacts | None:
    item = rows.item
    if item.kind == MediaKind.PHOTO:
        return None
    return FilmFacts(item.seconds or 0.0, rows.edition.size, item.codec, item.frame_rate or 0.0)


def item_view(rows: Rows) -> ItemView:
    """One item as pages show it."""
    item, edition, people = rows
    kind, state = MediaKind(item.kind), FaceState(item.face_state)
    usual = Format.FEED if kind == MediaKind.PHOTO else Format.REEL
    return ItemView(
        id=item.id,
        place=item.place,
        unit_id=item.unit_id,
        kind=kind,
        width=item.width,
        height=item.height,
        seconds=item.seconds,
        has_sound=item.has_sound,
        had_location=item.had_location,
        edition=item.edition,
        face_state=state,
        faces=declaring.faces_counted(state, item.faces_by_hand, people),
        is_nobody=item.is_nobody,
        is_declared=declaring.is_declared(item.is_nobody, people),
        declared_by=item.declared_by,
        declared_at=item.declared_at,
        mismatch_because=item.mismatch_because,
        is_nobody_heard=item.is_nobody_heard,
        people=people,
        sha256=edition.sha256,
        size=edition.size,
        made_by=item.made_by,
        made_at=item.made_at,
        blurred_edition_confirmed=is_verified(edition),
        unexplained_faces=declaring.unexplained_faces(state, item.faces_by_hand, people),
        limits_broken=limits.refusals(kind, item.width, _film(rows), usual),
        keep_until=item.keep_until,
        is_purged=item.purged_at is not None,
        is_dropped=item.dropped_at is not None,
        version=item.version,
    )
