"""Where an organisation speaks, to whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChannelKind(StrEnum):
    LINKEDIN = "linkedin"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    INTRANET = "intranet"
    PRESS = "press"
    VIDEO = "video"
    FAIR = "fair"
    SCHOOL = "school"
    JOB_POST = "job_post"
    DISPLAY = "display"
    AMBASSADORS = "ambassadors"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel of the content plan; ``colour`` is 1..8 as for areas."""

    id: int
    kind: ChannelKind
    name: str
    audience: str
    purpose: str
    colour: int
    #: The profile of the organisation that it is, when it is one.
    profile_id: int | None = None
    is_archived: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class ChannelRequest:
    """A channel as it is written in the form; without ``colour`` we choose."""

    kind: ChannelKind
    name: str
    audience: str = ""
    purpose: str = ""
    colour: int | None = None
    profile_id: int | None = None
    version: int = 0
