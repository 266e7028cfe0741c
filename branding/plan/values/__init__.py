"""Channels, activities, recurring formats and ambassadors as values; everybody imports them from here."""

from branding.plan.values.activities import (
    LOOKS,
    ActivityKind,
    ActivityRequest,
    ActivityView,
    DoneView,
    Filters,
    Shown,
    Status,
)
from branding.plan.values.ambassadors import (
    AmbassadorLinkView,
    AmbassadorView,
    Joining,
    KitRequest,
    KitView,
    LinkView,
    ShareWay,
)
from branding.plan.values.channels import ChannelKind, ChannelRequest, ChannelView
from branding.plan.values.formats import FormatRequest, FormatSlot, FormatView, Rhythm, RhythmView
from branding.plan.values.names import (
    ACTIVITY_KINDS,
    CHANNEL_KINDS,
    RHYTHMS,
    SHARE_WAYS,
    STATUSES,
    USUAL_KINDS,
)
from branding.plan.values.tables import Fault, Mark, TableReport, TableRow

__all__ = [
    "ACTIVITY_KINDS",
    "CHANNEL_KINDS",
    "LOOKS",
    "RHYTHMS",
    "SHARE_WAYS",
    "STATUSES",
    "USUAL_KINDS",
    "ActivityKind",
    "ActivityRequest",
    "ActivityView",
    "AmbassadorLinkView",
    "AmbassadorView",
    "ChannelKind",
    "ChannelRequest",
    "ChannelView",
    "DoneView",
    "Fault",
    "Filters",
    "FormatRequest",
    "FormatSlot",
    "FormatView",
    "Joining",
    "KitRequest",
    "KitView",
    "LinkView",
    "Mark",
    "Rhythm",
    "RhythmView",
    "ShareWay",
    "Shown",
    "Status",
    "TableReport",
    "TableRow",
]
