"""Tables of the content plan, by subject; private to this room, which imports them from here."""

from branding.plan.models.activities import Activity, Format, FormatRhythm, PlanChannel
from branding.plan.models.ambassadors import Ambassador, AmbassadorLink, ShareClick, ShareKit, ShareLink

__all__ = [
    "Activity",
    "Ambassador",
    "AmbassadorLink",
    "Format",
    "FormatRhythm",
    "PlanChannel",
    "ShareClick",
    "ShareKit",
    "ShareLink",
]
