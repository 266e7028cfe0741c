"""What kinds, rhythms and ways are called."""

from __future__ import annotations

from collections.abc import Mapping

from branding.core.text import Text, say
from branding.plan.values.activities import ActivityKind, Status
from branding.plan.values.ambassadors import ShareWay
from branding.plan.values.channels import ChannelKind
from branding.plan.values.formats import Rhythm

CHANNEL_KINDS: Mapping[ChannelKind, Text] = {
    ChannelKind.LINKEDIN: say("LinkedIn"),
    ChannelKind.FACEBOOK: say("Facebook"),
    ChannelKind.INSTAGRAM: say("Instagram"),
    ChannelKind.INTRANET: say("Intranet"),
    ChannelKind.PRESS: say("Press"),
    ChannelKind.VIDEO: say("Video"),
    ChannelKind.FAIR: say("Fairs"),
    ChannelKind.SCHOOL: say("School visits"),
    ChannelKind.JOB_POST: say("Job posts"),
    ChannelKind.DISPLAY: say("Display ads"),
    ChannelKind.AMBASSADORS: say("Ambassadors"),
    ChannelKind.OTHER: say("Something else"),
}
ACTIVITY_KINDS: Mapping[ActivityKind, Text] = {
    ActivityKind.POST: say("Post"),
    ActivityKind.VIDEO: say("Video"),
    ActivityKind.PRESS: say("Press piece"),
    ActivityKind.FAIR: say("Fair"),
    ActivityKind.VISIT: say("Visit"),
    ActivityKind.JOB_POST: say("Job post"),
    ActivityKind.CAMPAIGN: say("Campaign"),
    ActivityKind.AMBASSADOR_SHARE: say("Ambassadors share"),
    ActivityKind.OTHER: say("Something else"),
}
#: What goes out on a channel when nothing else is said.
USUAL_KINDS: Mapping[ChannelKind, ActivityKind] = {
    ChannelKind.LINKEDIN: ActivityKind.POST,
    ChannelKind.FACEBOOK: ActivityKind.POST,
    ChannelKind.INSTAGRAM: ActivityKind.POST,
    ChannelKind.INTRANET: ActivityKind.POST,
    ChannelKind.PRESS: ActivityKind.PRESS,
    ChannelKind.VIDEO: ActivityKind.VIDEO,
    ChannelKind.FAIR: ActivityKind.FAIR,
    ChannelKind.SCHOOL: ActivityKind.VISIT,
    ChannelKind.JOB_POST: ActivityKind.JOB_POST,
    ChannelKind.DISPLAY: ActivityKind.CAMPAIGN,
    ChannelKind.AMBASSADORS: ActivityKind.AMBASSADOR_SHARE,
    ChannelKind.OTHER: ActivityKind.OTHER,
}
STATUSES: Mapping[Status, Text] = {
    Status.IDEA: say("Idea"),
    Status.PLANNED: say("Planned"),
    Status.IN_PROGRESS: say("Under way"),
    Status.DONE: say("Done"),
    Status.CANCELLED: say("Called off"),
}
RHYTHMS: Mapping[Rhythm, Text] = {
    Rhythm.DAYS: say("days"),
    Rhythm.WEEKS: say("weeks"),
    Rhythm.MONTHS: say("months"),
    Rhythm.QUARTERS: say("quarters"),
}
SHARE_WAYS: Mapping[ShareWay, Text] = {
    ShareWay.LINKEDIN: say("LinkedIn"),
    ShareWay.FACEBOOK: say("Facebook"),
    ShareWay.MAIL: say("Mail and chat"),
    ShareWay.QR: say("QR code on paper"),
}
