"""Tables of publishing, by subject; private to this room, which imports them from here."""

from branding.publishing.models.alerts import Alert
from branding.publishing.models.connections import Connection, MediaLink
from branding.publishing.models.down import FoundPost, Incident, Takedown
from branding.publishing.models.live import (
    Answerer,
    FollowerCount,
    Measurement,
    PostComment,
    PracticePost,
)
from branding.publishing.models.publications import Attempt, HandPackage, Pause, Publication

__all__ = [
    "Alert",
    "Answerer",
    "Attempt",
    "Connection",
    "FollowerCount",
    "FoundPost",
    "HandPackage",
    "Incident",
    "Measurement",
    "MediaLink",
    "Pause",
    "PostComment",
    "PracticePost",
    "Publication",
    "Takedown",
]
