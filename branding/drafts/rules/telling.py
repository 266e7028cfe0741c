"""A standing in words: what to put right, whom it waits for, and what is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branding.consent.rules.gate.wording import sentence
from branding.consent.values.reasons import TOLD_FIRST, Code, Decision, Reason, Remedy
from branding.drafts.values.answers import Group, Line, Told
from branding.drafts.values.drafts import Lack, Standing

_STEPS = {
    Code.NAME_NOT_COVERED: "text",
    Code.CHANNEL_NOT_COVERED: "text",
    Code.FORMAT_NOT_COVERED: "pictures",
    Code.NOT_YET_VALID: "send",
    Code.REFLECTION: "send",
    Code.EXPIRED: "send",
    Code.CROSSPOST_NOT_COVERED: "",
    Code.EVALUATION_ERROR: "",
    Code.NOT_APPROVED: "",
    Code.CONTENT_CHANGED: "",
    Code.DECLARATION_UNCONFIRMED: "",
    Code.PREVIEW_MISSING: "",
}


def told(standing: Standing, *, is_inside: bool = True) -> Told:
    """Everything once, whichever channel it is about, what no waiting heals first.

    Whoever is not ``is_inside`` does not see the register: of people who are only named they are told the
    word that they wrote, and not who it may be or what that person has said.
    """
    found: dict[Remedy, list[Line]] = {remedy: [] for remedy in TOLD_FIRST}
    found[Remedy.FIX_YOURSELF] += [_of_lack(lack) for lack in standing.stops]
    for reason in _reasons(standing, is_inside=is_inside):
        found[reason.remedy].append(_of_reason(reason))
    warned = [_of_lack(one) for one in standing.lacks if not one.is_stop]
    warned += [
        _of_reason(one)
        for answer in standing.answers.values()
        for one in answer.warnings
        if is_inside or one.subject_id not in standing.named
    ]
    groups = (Group(remedy, _once(lines)) for remedy, lines in found.items() if lines)
    return Told(tuple(groups), _once(warned))


def _once(lines: list[Line]) -> tuple[Line, ...]:
    """The same said of two channels is said once."""
    return tuple(one for n, one in enumerate(lines) if one not in lines[:n])


def _reasons(standing: Standing, *, is_inside: bool) -> Iterator[Reason]:
    """Without pictures there is nobody to ask about: the author is told to choose one, and no more."""
    has_none = any(lack.code == "no_picture" for lack in standing.stops)
    for answer in standing.answers.values():
        for reason in answer.reasons:
            if not (has_none and reason.code is Code.NO_DECLARATION):
                yield reason if is_inside else _veiled(reason, answer, standing.named)


def _veiled(reason: Reason, answer: Decision, named: Mapping[str, str]) -> Reason:
    """Of somebody who is only named: that the word needs a yes, or that somebody is to be shown the post."""
    if reason.subject_id not in named:
        return reason
    codes = {one.code for one in answer.reasons if one.subject_id == reason.subject_id}
    code = Code.PREVIEW_MISSING if codes == {Code.PREVIEW_MISSING} else Code.NAME_NOT_COVERED
    return Reason(code, label=named[reason.subject_id])


def _of_lack(lack: Lack) -> Line:
    return Line(lack.text, lack.code, lack.step, lack.item_id)


def _of_reason(reason: Reason) -> Line:
    step = _STEPS.get(reason.code, "people")
    return Line(sentence(reason), reason.code.value, step, reason.media, reason.subject_id)
