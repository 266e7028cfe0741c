"""Tables of takeovers, by subject; private to this room, which imports them from here."""

from branding.takeovers.models.afterwards import Evaluation, ProfileLogin
from branding.takeovers.models.feeds import CalendarFeed
from branding.takeovers.models.involvement import LeaderAsk, LeaderLink, Volunteer, VolunteerLink
from branding.takeovers.models.takeovers import (
    ChecklistItem,
    Host,
    HostLink,
    RuleAcceptance,
    Takeover,
    TakeoverEvent,
)

__all__ = [
    "CalendarFeed",
    "ChecklistItem",
    "Evaluation",
    "Host",
    "HostLink",
    "LeaderAsk",
    "LeaderLink",
    "ProfileLogin",
    "RuleAcceptance",
    "Takeover",
    "TakeoverEvent",
    "Volunteer",
    "VolunteerLink",
]
