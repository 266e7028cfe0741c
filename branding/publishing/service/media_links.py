"""Addresses at which a channel may fetch a post's pictures for a short while (publishing-apis.md 1.8).

Only the SHA-256 of an address's random part is kept, so that nobody who reads the database can open one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from branding.media.queries import item_views
from branding.media.service import files
from branding.media.values.items import MediaKind
from branding.media.values.pictures import Focus, Ratio
from branding.publishing.models import MediaLink

#: Closed ones are kept this long, to tell whose picture an address was.
KEPT = timedelta(days=7)
#: How long the picture of a connection's test can be fetched.
_PROBE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """What an open address gives."""

    item_id: str
    edition: int
    ratio: Ratio | None
    focus: Focus
    is_film: bool


def open_link(
    session: Session,
    publication_id: str,
    item_id: str,
    edition: int,
    cut: tuple[Ratio, Focus] | None,
    *,
    until: datetime,
    now: datetime,
) -> str:
    """A new address below our own; ``cut`` is None for a film."""
    token = secrets.token_hex(16)
    ratio, focus = cut if cut is not None else (None, Focus())
    kept = [] if ratio is None else [ratio.value, focus.x, focus.y, focus.zoom]
    session.add(
        MediaLink(
            token_hash=_hash(token),
            publication_id=publication_id,
            item_id=item_id,
            edition=edition,
            cut=kept,
            made_at=now,
            open_until=until,
        )
    )
    session.flush()
    kind = item_views(session, [item_id])[item_id].kind
    return f"/m/{token}.{'mp4' if kind is MediaKind.VIDEO else 'jpg'}"


def close_links(session: Session, publication_id: str, *, now: datetime) -> None:
    """Nothing of this post can be fetched any more."""
    session.execute(
        update(MediaLink)
        .where(col(MediaLink.publication_id) == publication_id, col(MediaLink.closed_at).is_(None))
        .values(closed_at=now)
    )


def find_open(session: Session, token: str, *, now: datetime) -> Opened | None:
    """What the address gives; None for one that is unknown, closed or late."""
    query = select(MediaLink).where(MediaLink.token_hash == _hash(token))
    row = session.exec(query).first()
    if row is None or row.closed_at is not None or row.open_until <= now:
        return None
    item = item_views(session, [row.item_id]).get(row.item_id)
    if item is None or item.is_dropped:
        return None
    ratio = Ratio(row.cut[0]) if row.cut else None
    focus = Focus(*row.cut[1:]) if row.cut else Focus()
    return Opened(row.item_id, row.edition, ratio, focus, item.kind is MediaKind.VIDEO)


def picture(session: Session, opened: Opened) -> bytes:
    """The JPEG as it goes out, made when it is asked for."""
    return files.published(session, opened.item_id, opened.edition, opened.ratio, opened.focus)


def purge_links(session: Session, *, now: datetime) -> int:
    """Forget those that nobody could open for a week; returns how many."""
    gone = session.execute(delete(MediaLink).where(col(MediaLink.open_until) < now - KEPT))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def probe_path(session: Session, *, now: datetime) -> str:
    """The address of the picture that a connection's test lets the channel fetch; it needs no row."""
    return f"/m/{_probe(session, now)}.jpg"


def is_probe(session: Session, token: str, *, now: datetime) -> bool:
    """Whether it is the test's, of this hour or the one before."""
    valid = (_probe(session, now), _probe(session, now - _PROBE))
    return any(hmac.compare_digest(token.encode(), one.encode()) for one in valid)


def _probe(session: Session, now: datetime) -> str:
    key = str(session.info["data_key"]).encode()
    hour = int(now.timestamp() // _PROBE.total_seconds())
    return hmac.new(key, f"media-probe:{hour}".encode(), hashlib.sha256).hexdigest()[:32]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
