"""What must be done about a live post, and how, in words for whoever does it."""

from __future__ import annotations

from collections.abc import Mapping

from branding.consent.values.records import Channel
from branding.core.text import Text, say
from branding.publishing.rules.reasons import why
from branding.publishing.values.down import BESIDE, CROSSPOST, PARTNER, Duty, Proof

#: Without names: who it is about stands beside it, for those who may see that.
_WHY: Mapping[str, Text] = {
    "withdrawn": say("Somebody in it has taken the consent back."),
    "refused": say("Somebody in it has said no to this post."),
    "expired": say("A consent that it rests on has run out."),
    "no_consent": say("Somebody in it has not said yes."),
    "unknown_person": say("Nobody knows who somebody in it is."),
    "hold": say("Somebody in it must not be shown in anything new. Decide whether this may stay."),
    "policy_blocked": say("The unit has no valid assessment of whether these people may be shown."),
    "withdrawal_unresolved": say("A message may be about somebody in it. Find out who is meant."),
    "not_told_instagram": say("Nobody has written down that a colleague knew it would be on Instagram. Ask."),
    "age_transition": say("Somebody in it has turned 15 or 18 and must answer anew. Ask."),
    "representation_ended": say("The guardian who said yes is guardian no longer. Ask the new one."),
    "form_recalled": say("The form that a consent was given on is not valid any more."),
    "invalid_evidence": say("The signed form of a consent is missing or was changed."),
    "face_count_mismatch": say("There are more faces in it than people who are named."),
    "no_declaration": say("Nobody has said who is in it."),
    "unverified_visibility": say("No second person has confirmed that nobody can be recognised."),
    "obscure_unverified": say("A face is not blurred well enough."),
    "preview_missing": say("A citizen in it has not seen it."),
    "evaluation_error": say("Stafet cannot tell whether the consents hold. Look yourself."),
    CROSSPOST: say("The profile may have shared it to Facebook, and a consent does not cover that."),
    PARTNER: say("Another account shows it as theirs, and a consent does not cover that."),
    "paid_not_covered": say("It is used as an advertisement, and a consent does not cover that."),
}
_OPEN = say("Open the app as the profile, and find the post by its link.")
_STEPS: Mapping[Channel, tuple[Text, ...]] = {
    Channel.INSTAGRAM: (
        _OPEN,
        say("Tap the three dots at the top of the post."),
        say("Choose Delete, and confirm. Archiving is not enough."),
    ),
    Channel.FACEBOOK: (
        _OPEN,
        say("Tap the three dots at the top of the post."),
        say("Choose Move to trash, and confirm."),
    ),
    Channel.LINKEDIN: (
        _OPEN,
        say("Tap the three dots at the top of the post."),
        say("Choose Delete post, and confirm."),
    ),
}
_BESIDE: Mapping[str, tuple[Text, ...]] = {
    CROSSPOST: (
        say("Open the Facebook page that belongs to the profile."),
        say("Look for the post there. Delete it if it is there. The post on Instagram may stay."),
        say("Turn automatic sharing off in the profile's settings."),
    ),
    PARTNER: (
        say("Open the post, and tap the three dots."),
        say("Choose Edit, then tags, and remove the other account. The post may stay."),
        say("Ask the other account to delete its own copy, if it has made one."),
    ),
    "paid_not_covered": (
        say("Open the advertisements of the profile."),
        say("Stop the one that uses this post. The post may stay."),
    ),
}
_TITLES = {
    Duty.TAKEDOWN: say("Take the post down"),
    Duty.REVIEW: say("May the post stay?"),
    Duty.ASK: say("Ask again"),
}
_PROOFS = {
    Proof.DELETED: say("Stafet deleted it, and the channel says that it is gone."),
    Proof.GONE: say("The channel says that it is gone."),
    Proof.SAID: say("Somebody has said that it is gone."),
    Proof.KEPT: say("It may stay."),
    Proof.OVER: say("The story was over after 24 hours."),
}


def title_of(duty: Duty, code: str) -> Text:
    if code == CROSSPOST:
        return say("Remove the copy on Facebook")
    if code == PARTNER:
        return say("Remove the other account")
    if code in BESIDE:
        return say("Stop the advertisement")
    return _TITLES[duty]


def why_down(code: str) -> Text:
    """One sentence, or two."""
    return _WHY.get(code) or why(code) or say("Something it rests on does not hold any more.")


def steps_of(channel: Channel, code: str) -> tuple[Text, ...]:
    """By hand, on a phone."""
    return _BESIDE.get(code) or _STEPS.get(channel, _STEPS[Channel.INSTAGRAM])


def proof_of(proof: Proof) -> Text:
    return _PROOFS[proof]
