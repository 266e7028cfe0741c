"""People who share job posts and live posts, and what they are given to share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ShareWay(StrEnum):
    """Where an ambassador shares; each way has its own tracked link, so that clicks can be told apart."""

    LINKEDIN = "linkedin"
    FACEBOOK = "facebook"
    MAIL = "mail"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody writes on the list."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class AmbassadorView:
    """Somebody on the list; without a unit: of the whole organisation."""

    id: int
    unit_id: int | None
    name: str
    email: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class AmbassadorLinkView:
    """An address by which people join."""

    id: int
    unit_id: int | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class KitRequest:
    """What is shared: about an activity, or a live post whose address is then the only one possible."""

    title: str
    text: str
    address: str
    activity_id: int | None = None
    publication_id: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class LinkView:
    """A tracked link of a kit, and how often it was opened."""

    token: str
    way: ShareWay
    clicks: int = 0


@dataclass(frozen=True, slots=True)
class KitView:
    """Something to share, with its links."""

    id: int
    token: str
    title: str
    text: str
    address: str
    activity_id: int | None
    publication_id: str | None
    channel_id: int | None
    unit_id: int | None
    made_at: datetime
    sent_at: datetime | None
    sent_to: int
    links: tuple[LinkView, ...] = ()
    stopped_at: datetime | None = None
    version: int = 1
    #: Clicks a day, in order.
    days: tuple[tuple[date, int], ...] = ()

    @property
    def clicks(self) -> int:
        return sum(link.clicks for link in self.links)
