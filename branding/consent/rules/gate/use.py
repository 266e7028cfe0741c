"""What one depiction asks of a consent."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import NamedTuple

from branding.consent.values.gate import Code
from branding.consent.values.policies import PolicyKind
from branding.consent.values.records import Channel, Format, MediaKind, Purpose, Target


class Use(NamedTuple):
    """``reach`` are the channels it can be seen on, with the code to give where one is not covered."""

    reach: tuple[tuple[Channel, Code], ...]
    format: Format
    purpose: Purpose
    #: Empty when the person is in the text only.
    media: MediaKind | None = MediaKind.PHOTO
    is_named: bool = False
    is_heard: bool = False
    is_paid: bool = False
    #: The post, its takeover and the shoots; None asks without a post, as the board does.
    targets: Set[tuple[Target, str]] | None = None
    #: Who looked at the people again; an oral consent counts as checked then (decisions.md 2).
    confirmed_by: str = ""
    #: Before the review, and on the board, the review's own part is not asked for.
    before_review: bool = False


class Finding(NamedTuple):
    """A code with what its sentence needs; ``day``: until when, or from when."""

    code: Code
    channel: Channel | None = None
    day: datetime | None = None
    #: Whom the unit is closed for, where no assessment could open.
    closed: PolicyKind | None = None
