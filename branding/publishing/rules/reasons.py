"""Why a publication stands where it stands, in words: the gate's reason codes, ours, and the channels'."""

from __future__ import annotations

from collections.abc import Mapping

from branding.consent.rules.gate.wording import sentence
from branding.consent.values.reasons import Code, Reason
from branding.core.text import Text, say

_OURS: Mapping[str, Text] = {
    "remove_by": say("Its last day is near: nobody may see it after that."),
    "own_wish": say("Somebody wants it down."),
    "incident": say("Something went wrong with it."),
    "no_consent_after_all": say("Somebody can be recognised after all, and nobody has asked."),
    "partner_not_covered": say("Another account shows it as theirs, and a consent does not cover that."),
    "story_over": say("The story was over after 24 hours."),
    "purge_refused": say("Proof of a consent should have been deleted, and cannot be while the post is up."),
    "gone": say("The channel says that it is not there any more."),
    "by_person": say("A person took it out of the plan."),
    "moved": say("A person gave it another time."),
    "not_published": say("Somebody has looked at the profile: the post is not there."),
    "content_changed": say("The post has been changed since it was approved. It must be approved again."),
    "hand_cannot": say("Whoever was to put it up could not."),
    "late": say("Its time had passed by more than two hours before it could go out."),
    "paused": say("Its time came while everything was paused."),
    "worker_lost": say("The program was stopped while the post was being sent."),
    "crash": say("Something went wrong in Stafet while the post was being sent."),
    "outside_takeover": say("The time is not on one of the takeover's days."),
    "takeover_ended": say("The takeover has ended."),
    "timeout": say("The channel did not answer in time."),
    "dropped": say("The line to the channel was cut."),
    "cut_short": say("The channel's answer was cut short."),
    "refused": say("The channel could not be reached."),
    "not_json": say("The channel answered with something that makes no sense."),
}
#: The channels' own numbers (publishing-apis.md section 1.6), the finer one first.
_THEIRS: Mapping[str, Text] = {
    "9/2207042": say("The profile has reached the channel's limit of posts for today."),
    "25/2207050": say(
        "The channel has restricted the profile. Open the channel's own app and see what it asks."
    ),
    "36000/2207004": say("The picture is too large for the channel."),
    "36001/2207005": say("The channel does not take this kind of picture."),
    "36003/2207009": say("The channel does not take a picture of this shape. Cut it anew."),
    "36004/2207010": say("The text is too long for the channel."),
    "352/2207026": say("The channel does not take this kind of film."),
    "9004/2207052": say("The channel could not fetch the pictures from Stafet."),
    "4/2207051": say("The channel took it for spam. It may be out all the same."),
}
_COUNTS = ("days_", "hours_")
_AUTH = ("102", "190", "bad_token")
_RIGHTS = ("10", *(str(number) for number in range(200, 300)))
_BUSY = ("4", "17", "32", "613", "80001", "80002")


def why(code: str) -> Text | None:
    """A sentence for people; None when there is nothing to say, as of a code that only counts."""
    if not code or code.startswith(_COUNTS):
        return None
    if code in _OURS:
        return _OURS[code]
    if code in set(Code):
        return sentence(Reason(Code(code)))
    return _of_channel(code)


def _of_channel(code: str) -> Text:
    if code in _THEIRS:
        return _THEIRS[code]
    first = code.partition("/")[0].partition(":")[0]
    if first in _OURS:
        return _OURS[first]
    if first in _AUTH:
        return say("The channel no longer lets us in. The profile must be connected anew.")
    if first in _RIGHTS:
        return say("The connection lacks a permission at the channel. Connect the profile anew.")
    if first in _BUSY:
        return say("The channel wants peace for a while.")
    return say("The channel refused it (%(code)s).", code=code)
