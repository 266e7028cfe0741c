"""What a mail about alerts is given: whom it is for, and one item for each thing that happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from branding.core.text import Text
from branding.publishing.values.alerts import Event


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened.  No name and no words of a post: whoever reads it opens the link."""

    #: A path of ours.
    path: str
    unit: str = ""
    handle: str = ""
    due_at: datetime | None = None
    why: Text | None = None
    #: Days or hours, where the event counts them.
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person about one kind of event, however many there were."""

    event: Event
    name: str
    email: str
    language: str
    items: tuple[Item, ...]
    is_host: bool = False
