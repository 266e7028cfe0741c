"""A standing in words: what to put right, whom it waits for, and what is closed."""

from __future__ import annotations

from collections.abc import Iterator

from branding.consent.rules.gate.wording import sentence
from branding.consent.values.reasons import TOLD_FIRST, Code, Reason, Remedy
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


def told(standing: Standing) -> Told:
    """Everything once, whichever channel it is about, what no waiting heals first."""
    found: dict[Remedy, list[Line]] = {remedy: [] for remedy in TOLD_FIRST}
    found[Remedy.FIX_YOURSELF] += [_of_lack(lack) for lack in standing.stops]
    for reason in _reasons(standing):
        found[reason.remedy].append(_of_reason(reason))
    warned = [_of_lack(one) for one in standing.lacks if not one.is_stop]
    warned += [_of_reason(one) for answer in standing.answers.values() for one in answer.warnings]
    groups = (Group(remedy, _once(lines)) for remedy, lines in found.items() if lines)
    return Told(tuple(groups), _once(warned))


def _once(lines: list[Line]) -> tuple[Line, ...]:
    """The same said of two channels is said once."""
    return tuple(one for n, one in enumerate(lines) if one not in lines[:n])


def _reasons(standing: Standing) -> Iterator[Reason]:
    """Without pictures there is nobody to ask about: the author is told to choose one, and no more."""
    has_none = any(lack.code == "no_picture" for lack in standing.stops)
    for answer in standing.answers.values():
        for reason in answer.reasons:
            if not (has_none and reason.code is Code.NO_DECLARATION):
                yield reason


def _of_lack(lack: Lack) -> Line:
    return Line(lack.text, lack.code, lack.step, lack.item_id)


def _of_reason(reason: Reason) -> Line:
    step = _STEPS.get(reason.code, "people")
    return Line(sentence(reason), reason.code.value, step, reason.media, reason.subject_id)
