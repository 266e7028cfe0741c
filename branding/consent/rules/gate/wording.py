"""One sentence for each reason: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from branding.consent.values.gate import Code, Reason
from branding.consent.values.names import CHANNELS, POLICY_KINDS
from branding.consent.values.records import Channel
from branding.core.text import Text, say, say_n

_SOMEBODY = say("The person")


def sentence(reason: Reason) -> Text:
    """What people read for the reason."""
    return _SENTENCES[reason.code](reason)


def _plain(text: Text) -> Callable[[Reason], Text]:
    """The same sentence with the person's name and the channel put in where it has room for them."""

    def say_it(reason: Reason) -> Text:
        channel = CHANNELS[reason.channel or Channel.INSTAGRAM]
        blanks = {"name": reason.label or _SOMEBODY, "channel": channel, "moment": reason.day}
        return Text(text.msgid, {name: value for name, value in blanks.items() if f"%({name})" in text.msgid})

    return say_it


def _faces(reason: Reason) -> Text:
    if reason.number is None:
        return say("Nobody has counted the faces in the picture. Count them.")
    return say_n(
        "We found %(num)s face that nobody is named for. Check the picture.",
        "We found %(num)s faces that nobody is named for. Check the picture.",
        reason.number,
    )


def _policy(reason: Reason) -> Text:
    if reason.closed is None:
        return _plain(_TEXTS[Code.POLICY_BLOCKED])(reason)
    return say(
        "%(kind)s are closed in your unit, so %(name)s cannot be shown. Choose a picture without the person.",
        kind=POLICY_KINDS[reason.closed],
        name=reason.label or _SOMEBODY,
    )


def _no_consent(reason: Reason) -> Text:
    if reason.subject_id:
        return _plain(say("Consent is missing from %(name)s. Ask, or choose another picture."))(reason)
    return say("Somebody who can be recognised has not been asked. Say who it is, or blur the face.")


_TEXTS: Mapping[Code, Text] = {
    Code.EVALUATION_ERROR: say(
        "Stafet could not check the consents, so nothing goes out. Try again, or write to support."
    ),
    Code.NOT_APPROVED: say("Somebody else must approve the post first."),
    Code.CONTENT_CHANGED: say("The post was changed after it was approved. It must be approved again."),
    Code.NO_DECLARATION: say("Say for each picture who is in it, or that nobody can be recognised."),
    Code.DECLARATION_STALE: say("Pictures or people were changed. Say again who is in it."),
    Code.DECLARATION_UNCONFIRMED: say("Somebody other than you must confirm who is in it."),
    Code.UNKNOWN_PERSON: say(
        "You do not know who somebody is. Find out, blur the face, or choose another picture."
    ),
    Code.UNVERIFIED_VISIBILITY: say(
        "Somebody other than you must confirm that the person cannot be recognised."
    ),
    Code.OBSCURE_UNVERIFIED: say(
        "Choose the blurred picture, and let somebody else confirm that the person cannot be recognised."
    ),
    Code.HOLD: say("%(name)s must not be shown at present. Choose another picture."),
    Code.POLICY_BLOCKED: say(
        "Your unit has no valid assessment of whether %(name)s may be shown on %(channel)s."
        " Choose a picture without the person, or ask the coordinator."
    ),
    Code.NO_VALID_SIGNATORY: say("Nobody can give consent for %(name)s. Choose another picture."),
    Code.WITHDRAWAL_UNRESOLVED: say(
        "Somebody has taken a consent back, and it may be %(name)s. The coordinator must find out first."
    ),
    Code.REFUSED: say("%(name)s has said no thank you. Choose another picture."),
    Code.WITHDRAWN: say("%(name)s has taken the consent back. Choose another picture."),
    Code.PREVIEW_MISSING: say("%(name)s must see the post before others do. Show it."),
    Code.OUTSIDE_SCOPE: say("The consent from %(name)s is for something else. Ask again."),
    Code.NOT_YET_VALID: say("The consent from %(name)s does not hold yet. Choose a later time."),
    Code.EXPIRED: say("The consent from %(name)s ends before the post is to be shown. Ask again."),
    Code.REFLECTION: say("%(name)s still has time to think it over. Choose a later time."),
    Code.WRONG_EVIDENCE: say("The consent from %(name)s must be in writing. Ask for a signature."),
    Code.NOT_TOLD_INSTAGRAM: say(
        "It is not noted that %(name)s knows that the picture goes on Instagram. Ask again."
    ),
    Code.UNVERIFIED_EVIDENCE: say("Somebody else must check the signature from %(name)s first."),
    Code.INVALID_EVIDENCE: say(
        "The signed form from %(name)s is missing or damaged. The coordinator must look at it."
    ),
    Code.FORM_RECALLED: say("%(name)s answered a form that no longer counts. Ask again with the new one."),
    Code.WRONG_SIGNATORY: say(
        "Those who must sign for %(name)s have not all done so. Ask for the missing signature."
    ),
    Code.AGE_TRANSITION: say("%(name)s has grown older and must sign too. Ask again."),
    Code.REPRESENTATION_ENDED: say("Who may sign for %(name)s has changed. Ask again."),
    Code.EMPLOYEE_LEFT: say("%(name)s no longer works here. Ask again in writing before it is used."),
    Code.CHANNEL_NOT_COVERED: say(
        "The consent from %(name)s is not for %(channel)s. Choose another channel, or ask again."
    ),
    Code.CROSSPOST_NOT_COVERED: say(
        "The profile can share to %(channel)s by itself. Turn that off, or get consent for it."
    ),
    Code.FORMAT_NOT_COVERED: say(
        "The consent from %(name)s is not for this kind of post. Choose another kind, or ask again."
    ),
    Code.PURPOSE_NOT_COVERED: say("The consent from %(name)s is for another purpose. Ask again."),
    Code.MEDIA_NOT_COVERED: say(
        "The consent from %(name)s is not for this kind of picture or film. Ask again."
    ),
    Code.NAME_NOT_COVERED: say("%(name)s has not agreed to be named. Take the name out, or ask."),
    Code.VOICE_NOT_COVERED: say("%(name)s has not agreed to be heard. Turn off the sound, or ask."),
    Code.PAID_NOT_COVERED: say("%(name)s has not agreed to be in an advertisement. Leave the person out."),
    Code.ASKER_POWER: say("%(name)s was asked by somebody who decides on the person's help or job."),
    Code.EXPIRES_SOON: say("The consent from %(name)s ends soon after. The post must be down by then."),
}
#: The same on the board, after "no, because": what is so, and nothing about a post.
_BECAUSE: Mapping[Code, Text] = {
    Code.HOLD: say("Must not be shown at present"),
    Code.POLICY_BLOCKED: say("The unit lacks an assessment"),
    Code.NO_VALID_SIGNATORY: say("Nobody can give consent"),
    Code.WITHDRAWAL_UNRESOLVED: say("A message waits that may be a withdrawal"),
    Code.REFUSED: say("Has said no thank you"),
    Code.WITHDRAWN: say("The consent is taken back"),
    Code.NO_CONSENT: say("Has not said yes"),
    Code.NOT_YET_VALID: say("The consent does not hold yet"),
    Code.EXPIRED: say("The consent has ended"),
    Code.REFLECTION: say("Still has time to think it over"),
    Code.WRONG_EVIDENCE: say("The consent is not in writing"),
    Code.NOT_TOLD_INSTAGRAM: say("Was not told of Instagram"),
    Code.UNVERIFIED_EVIDENCE: say("The signature is not checked"),
    Code.INVALID_EVIDENCE: say("The signed form is missing or damaged"),
    Code.FORM_RECALLED: say("The form is recalled"),
    Code.WRONG_SIGNATORY: say("A signature is missing"),
    Code.AGE_TRANSITION: say("Has grown older and must sign too"),
    Code.REPRESENTATION_ENDED: say("Who may sign has changed"),
    Code.EMPLOYEE_LEFT: say("No longer works here"),
    Code.CHANNEL_NOT_COVERED: say("The consent is not for Instagram"),
    Code.FORMAT_NOT_COVERED: say("The consent is not for ordinary posts"),
    Code.PURPOSE_NOT_COVERED: say("The consent is for another purpose"),
    Code.MEDIA_NOT_COVERED: say("The consent is not for pictures"),
}


def because(reason: Reason) -> Text:
    """A few words for a row of the board."""
    if reason.closed is not None:
        return say("%(kind)s are closed in the unit", kind=POLICY_KINDS[reason.closed])
    return _BECAUSE.get(reason.code) or sentence(reason)


_SENTENCES: Mapping[Code, Callable[[Reason], Text]] = {
    **{code: _plain(text) for code, text in _TEXTS.items()},
    Code.FACE_COUNT_MISMATCH: _faces,
    Code.NO_CONSENT: _no_consent,
    Code.POLICY_BLOCKED: _policy,
}
