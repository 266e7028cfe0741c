"""Kinds and small facts about the organisation that cross layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from branding.core.text import Text

#: How old the word may be that a profile shares nowhere by itself (consent.md R69).
SHARING_LASTS = timedelta(days=90)


class UnitKind(StrEnum):
    AREA = "area"  # specialområde
    DEPARTMENT = "department"  # afdeling


class Channel(StrEnum):
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    LINKEDIN = "linkedin"


#: Areas are told apart by one of eight hues of equal weight (``area-1`` … ``area-8`` in the CSS).
COLOURS = 8


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as pages show it.  ``area_id`` is its own id for an area; ``colour`` is 1..8."""

    id: int
    kind: UnitKind
    name: str
    short_name: str
    area_id: int
    area_short_name: str
    colour: int
    is_archived: bool = False
    version: int = 1
    #: The unit's own leader; an afdeling without one is answered for by its specialområde's.
    leader_name: str = ""
    leader_email: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The organisation as every page shows it."""

    name: str
    is_demo: bool
    contact_name: str
    contact_phone: str
    contact_email: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class ProfileView:
    """An account on a channel; ``handle`` is without the @."""

    id: int
    channel: Channel
    handle: str
    name: str
    url: str
    is_archived: bool = False
    version: int = 1
    #: Whether it shares to Facebook by itself, and when somebody last looked.
    shares_to_facebook: bool = False
    shares_checked_at: datetime | None = None

    def is_sharing_known(self, now: datetime) -> bool:
        """Somebody has looked lately enough for the word to count."""
        return self.shares_checked_at is not None and now < self.shares_checked_at + SHARING_LASTS


@dataclass(frozen=True, slots=True)
class UnitRequest:
    """A unit as it is written in the form: an area has no ``area_id``; without ``colour`` we choose.

    Without ``leader`` (name and mail) the one it has stays.
    """

    name: str
    short_name: str = ""
    area_id: int | None = None
    colour: int | None = None
    leader: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ProfileRequest:
    channel: Channel
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """The organisation's name, and whom hosts call."""

    name: str
    contact_name: str
    contact_phone: str
    contact_email: str
    version: int


@dataclass(frozen=True, slots=True)
class StartRequest:
    """What it takes to go from the example data to an organisation of one's own."""

    name: str
    handle: str
    admin_name: str
    admin_email: str
    password: str


class LineKind(StrEnum):
    """What an imported line would do."""

    NEW_AREA = "new_area"
    NEW_DEPARTMENT = "new_department"
    KNOWN = "known"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be understood: what was read, and what would be right."""

    column: Text
    read: str
    text: Text


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of a table of units; ``number`` counts from 1 with the headings."""

    number: int
    area: str
    short_name: str
    department: str
    kind: LineKind
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A table as it was understood; ``text`` is what a confirmation sends back."""

    text: str
    lines: tuple[UnitLine, ...]

    @property
    def new_areas(self) -> list[UnitLine]:
        return [line for line in self.lines if line.kind == LineKind.NEW_AREA]

    @property
    def new_department_count(self) -> int:
        """A line that makes an area may make its first department too."""
        with_area = [line for line in self.new_areas if line.department]
        return len(with_area) + sum(line.kind == LineKind.NEW_DEPARTMENT for line in self.lines)

    @property
    def faulty(self) -> list[UnitLine]:
        return [line for line in self.lines if line.kind == LineKind.FAULTY]
