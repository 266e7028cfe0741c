"""What people read for triggers, audiences and the rest."""

from __future__ import annotations

from collections.abc import Mapping

from branding.core.text import Text, say
from branding.outbox.values import Via
from branding.reminders.values.choosing import Mode, Outcome, Reason
from branding.reminders.values.triggers import Audience, Counted, Section, Trigger

SECTIONS: Mapping[Section, Text] = {
    Section.BEFORE: say("Before the week"),
    Section.DURING: say("While it lasts"),
    Section.AFTER: say("Afterwards"),
    Section.CONSENT: say("Consent and what is out"),
    Section.PLAN: say("Plan and goals"),
}
TRIGGERS: Mapping[Trigger, Text] = {
    Trigger.LEADER_EARLY: say("The leader hears of the unit's weeks"),
    Trigger.NO_HOST: say("Nobody is named as host"),
    Trigger.INVITED: say("The invitation is unanswered"),
    Trigger.GUIDE: say("Guide and rules before the first day"),
    Trigger.CITIZENS_READY: say("Citizens' consents must be ready"),
    Trigger.LOGIN_CHECK: say("Try a lent login before the week"),
    Trigger.FIRST_POST: say("The first post"),
    Trigger.NO_POST: say("No post yet today"),
    Trigger.COMMENTS: say("Comments to answer"),
    Trigger.DRAFT_WAITS: say("A post waits for approval"),
    Trigger.LAST_POST: say("The last post, and thanks"),
    Trigger.EVALUATION: say("Thanks, and how did it go?"),
    Trigger.PASSWORD: say("Change the password after a handover"),
    Trigger.CONSENT_MISSING: say("A consent is missing for a post"),
    Trigger.CONSENT_ENDS: say("Consents end soon"),
    Trigger.UNVERIFIED: say("Signatures to look at"),
    Trigger.TAKEDOWN: say("A live post must come down"),
    Trigger.ASSESSMENT: say("An assessment must be looked at again"),
    Trigger.ATTESTATION: say("Nobody has looked whether a profile shares by itself"),
    Trigger.PLAN_GAP: say("An open place in the content plan"),
    Trigger.INDICATOR: say("An indicator is behind"),
    Trigger.WEEK: say("Monday's letter: this week and the next"),
}
#: What a rule's number counts from.
ANCHORS: Mapping[Trigger, Text] = {
    Trigger.LEADER_EARLY: say("the unit's first day"),
    Trigger.NO_HOST: say("the first day"),
    Trigger.INVITED: say("the invitation"),
    Trigger.GUIDE: say("the first day"),
    Trigger.CITIZENS_READY: say("the first day"),
    Trigger.LOGIN_CHECK: say("the first day"),
    Trigger.FIRST_POST: say("the first day"),
    Trigger.NO_POST: say("each of the days"),
    Trigger.COMMENTS: say("each of the days"),
    Trigger.DRAFT_WAITS: say("it was sent for approval"),
    Trigger.LAST_POST: say("the last day"),
    Trigger.EVALUATION: say("the last day"),
    Trigger.PASSWORD: say("the handover"),
    Trigger.CONSENT_MISSING: say("the post goes out"),
    Trigger.CONSENT_ENDS: say("it ends"),
    Trigger.UNVERIFIED: say("it was signed"),
    Trigger.TAKEDOWN: say("the deadline"),
    Trigger.ASSESSMENT: say("it must be looked at"),
    Trigger.ATTESTATION: say("the word grew too old"),
    Trigger.PLAN_GAP: say("the open place"),
    Trigger.INDICATOR: say("the first of the month"),
    Trigger.WEEK: say("Monday"),
}
AUDIENCES: Mapping[Audience, Text] = {
    Audience.HOST: say("the host"),
    Audience.COORDINATOR: say("the coordinator"),
    Audience.LEADER: say("the leader"),
    Audience.COMMUNICATIONS: say("communications"),
    Audience.ADMIN: say("administrators"),
    Audience.DPO: say("the data protection officer"),
    Audience.RESPONSIBLE: say("whoever is responsible"),
    Audience.AUTHOR: say("who made the post"),
    Audience.REVIEWER: say("those who may approve"),
    Audience.ANSWERER: say("who answers comments"),
}
CHANNELS: Mapping[Via, Text] = {
    Via.MAIL: say("mail"),
    Via.TEAMS: say("Teams"),
    Via.SMS: say("text message"),
}
COUNTED: Mapping[Counted, Text] = {
    Counted.DAYS: say("days"),
    Counted.HOURS: say("hours"),
    Counted.FRIDAY: say("the Friday before"),
}
MODES: Mapping[Mode, Text] = {
    Mode.MAIL: say("mail when it is time"),
    Mode.DIGEST: say("in Monday's letter only"),
    Mode.OFF: say("not at all"),
}
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.SENT: say("sent"),
    Outcome.FOR_DIGEST: say("kept for Monday's letter"),
    Outcome.DROPPED: say("dropped"),
    Outcome.LEFT_OUT: say("left out"),
}
REASONS: Mapping[Reason, Text] = {
    Reason.TOO_LATE: say("It would have come too late to help."),
    Reason.OWN_CHOICE: say("The person has chosen so."),
    Reason.PUT_OFF: say("It was put off."),
    Reason.GONE: say("There was nothing to tell any more."),
    Reason.TAKEN_BACK: say("It had not left yet when the plan moved or the reason was gone."),
}
#: What the names in braces stand for.
PLACEHOLDERS: Mapping[str, Text] = {
    "name": say("the reader's first name"),
    "link": say("the address where something is done about it"),
    "organisation": say("the organisation's name"),
    "unit": say("the unit"),
    "week": say("the week, as in: uge 42"),
    "period": say("the days, as in: 17.-23. okt."),
    "day": say("the day, as in: man. 17. okt."),
    "time": say("the time of day, as in: kl. 14.00"),
    "days": say("how many days there are to it, or since"),
    "hours": say("how many hours there are to it, or since"),
    "count": say("how many"),
    "handle": say("the profile's name"),
    "title": say("its name"),
    "channel": say("the channel"),
}
#: What Stafet tells at once, without a rule: it is not a matter of time.
AT_ONCE: tuple[Text, ...] = (
    say("Each Friday at 9 Stafet tries the connection of the profiles that are taken over next week."),
    say("A channel's permission that ends is told 14, 7 and 1 days ahead."),
    say("What goes wrong with a post, and what must come down, is told in the same minute."),
)


def reach(first: int, last: int, *, is_hours: bool = False) -> Text:
    """How far from its day a reminder may be, in words; below 0 is before."""
    if first == last == 0:
        return say("This is told on the day itself, so it is 0.")
    if last <= 0:
        days = {"first": -last, "last": -first}
        if is_hours:
            return say("From %(first)s to %(last)s hours before.", **days)
        return say("From %(first)s to %(last)s days before.", **days)
    if first >= 0:
        if is_hours:
            return say("From %(first)s to %(last)s hours after.", first=first, last=last)
        return say("From %(first)s to %(last)s days after.", first=first, last=last)
    if is_hours:
        return say("At most %(before)s hours before or %(after)s hours after.", before=-first, after=last)
    return say("At most %(before)s days before or %(after)s days after.", before=-first, after=last)
