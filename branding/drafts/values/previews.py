"""Showing a post to those who are in it before others see it (decisions.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from branding.drafts.values.content import Content


class PreviewLife(StrEnum):
    """What a preview link opens."""

    OPEN = "open"
    ANSWERED = "answered"
    #: The post was changed since: this version will not go out.
    CHANGED = "changed"
    #: Its time is up, or it was taken back.
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OpenedPreview:
    """What a person sees by the link: exactly the version that would go out."""

    id: str
    life: PreviewLife
    draft_id: str
    subject_id: str
    unit_id: int
    profile_id: int | None
    content: Content
    is_refused: bool
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PreviewView:
    """One person's preview as staff see it."""

    id: str
    subject_id: str
    is_in_person: bool
    made_at: datetime
    answered_at: datetime | None
    is_refused: bool
    #: It is of the version that would go out now.
    is_current: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told something about a post by mail."""

    name: str
    email: str
    language: str
    draft_id: str
    #: Has no account: the own week is where to go on.
    is_host: bool = False
