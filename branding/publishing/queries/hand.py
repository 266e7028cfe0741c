"""What a package for posting by hand shows, by the link's secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from branding.consent.rules.gate import may_publish
from branding.consent.values.gate import GateFacts, Stage
from branding.consent.values.records import Channel, Format, MediaKind
from branding.drafts.queries.going_out import approved_hashes, content_by_id, judged_by_id
from branding.drafts.rules.formats import format_of
from branding.drafts.values.content import Content
from branding.media.queries import item_views
from branding.media.values.items import ItemView
from branding.media.values.pictures import Focus, Ratio
from branding.organisation import queries as organisation
from branding.organisation.values import ProfileView, UnitView
from branding.publishing.models import HandPackage, Publication
from branding.publishing.queries.down import about_post, open_of
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.live import comes_down
from branding.publishing.values.down import Duty
from branding.publishing.values.states import LIVE, State

#: Live posts are looked at each minute.
_BEFORE_SWEEP = timedelta(minutes=5)


class Life(StrEnum):
    """How far a package has come."""

    SHUT = "shut"
    OPEN = "open"
    #: The half hour is over: it can be opened again.
    OVER = "over"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """One picture or film in its order, and how it is cut."""

    number: int
    item_id: str
    edition: int
    is_film: bool
    alt: str
    ratio: Ratio
    focus: Focus

    @property
    def file_name(self) -> str:
        return f"{self.number}.{'mp4' if self.is_film else 'jpg'}"


@dataclass(frozen=True, slots=True)
class HandView:
    """What the phone is shown; the content only while the package is open."""

    life: Life
    publication_id: str
    channel: str
    due_at: datetime
    profile: ProfileView
    unit: UnitView
    form: Format
    pictures: int
    code: str = ""
    open_until: datetime | None = None
    content: Content | None = None
    text: str = ""
    parts: tuple[Part, ...] = ()
    #: It is up, and what it rests on does not hold any more.
    comes_down: bool = False


def hand_view(session: Session, package: HandPackage, now: datetime) -> HandView:
    row = publication_row(session, package.publication_id)
    content = content_by_id(session, row.draft_id)
    items = item_views(session, content.item_ids)
    form = format_of(content, {key: item.kind for key, item in items.items()})
    life = _life(session, row, package, now)
    is_open = life is Life.OPEN
    return HandView(
        life=life,
        publication_id=row.id,
        channel=row.channel,
        due_at=row.due_at,
        profile=organisation.profile_by_id(session, row.profile_id),
        unit=organisation.unit_by_id(session, row.unit_id),
        form=form,
        pictures=len(content.pictures),
        code=row.code,
        open_until=package.open_until,
        content=content if is_open else None,
        text=_text(content, row.channel, form) if is_open else "",
        parts=parts_of(content, items) if is_open else (),
        comes_down=life is Life.DONE and _comes_down(session, row, package, now),
    )


def waiting_packages(session: Session) -> list[tuple[HandPackage, Publication]]:
    """Packages that nobody has answered for."""
    query = (
        select(HandPackage, Publication)
        .join(Publication, col(Publication.id) == HandPackage.publication_id)
        .where(
            Publication.state == State.HANDED,
            col(HandPackage.done_at).is_(None),
            col(HandPackage.revoked_at).is_(None),
        )
    )
    return list(session.exec(query.order_by(col(HandPackage.id))))


def _life(session: Session, row: Publication, package: HandPackage, now: datetime) -> Life:
    if package.done_at is not None:
        return Life.DONE
    if package.revoked_at is not None or row.state != State.HANDED:
        return Life.STOPPED
    if approved_hashes(session, [row.draft_id]).get(row.draft_id) != row.version_hash:
        return Life.STOPPED  # changed since, and no sweep has seen it yet
    if package.open_until is None:
        return Life.SHUT
    return Life.OPEN if package.open_until > now else Life.OVER


def _comes_down(session: Session, row: Publication, package: HandPackage, now: datetime) -> bool:
    """The page may be loaded again, and must not say thanks while the post has to come down.

    The task says so from the next sweep on; until then the gate is asked for the instant of the answer.
    """
    if row.state not in LIVE or package.done_at is None:
        return False
    duty = about_post(open_of(session, [row.id]).get(row.id, []))
    if duty is not None:
        return bool(duty.duty == Duty.TAKEDOWN)
    one = judged_by_id(session, [row.draft_id], now=now).get(row.draft_id)
    if one is None or now - package.done_at > _BEFORE_SWEEP:
        return False
    facts = GateFacts(one.facts.draft, one.facts.people)
    return comes_down(may_publish(facts, Channel(row.channel), stage=Stage.PUBLISH, at=package.done_at))


def _text(content: Content, channel: str, form: Format) -> str:
    return "" if form is Format.STORY else content.text_for(Channel(channel))


def parts_of(content: Content, items: Mapping[str, ItemView]) -> tuple[Part, ...]:
    """The pictures and films of a post in their order, as they are cut for where it goes."""
    form = format_of(content, {key: item.kind for key, item in items.items()})
    ratio = Ratio.STORY if form is Format.STORY else content.ratio
    return tuple(
        Part(
            n,
            one.item_id,
            items[one.item_id].edition,
            items[one.item_id].kind is MediaKind.VIDEO,
            one.alt,
            ratio,
            one.focus.get(ratio, Focus()),
        )
        for n, one in enumerate(content.pictures, 1)
        if one.item_id in items and not items[one.item_id].is_dropped
    )
