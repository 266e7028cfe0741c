"""What worked: posts put together by one thing, with the sentence that says what the drawing shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from branding.core.text import Text, say
from branding.publishing.queries.numbers import Numbers, kind_labels, labels_of
from branding.publishing.rules.measuring import LEAST, Group, grouped, shares
from branding.publishing.values.calls import Metric

#: Of the drawing, in its own units.
WIDTH = 300
_MOST = 12
_DAYS: Mapping[str, Text] = {
    "1": say("Monday"),
    "2": say("Tuesday"),
    "3": say("Wednesday"),
    "4": say("Thursday"),
    "5": say("Friday"),
    "6": say("Saturday"),
    "7": say("Sunday"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    label: Text | str
    group: Group
    width: int


@dataclass(frozen=True, slots=True)
class Chart:
    """``sentence`` says it in words; without enough posts there are no bars to compare."""

    bars: tuple[Bar, ...]
    sentence: Text
    best: Text | str = ""
    #: The groups that are too small to say anything about.
    small: int = 0


def what_worked(session: Session, by: str, metric: Metric, found: Sequence[Numbers]) -> Chart:
    pairs = [
        (label, value)
        for one, labels in zip(found, labels_of(session, by, found), strict=True)
        for label in labels
        if label and (value := one.values.get(metric)) is not None
    ]
    groups = grouped(pairs)[:_MOST]
    names = _names(by)
    bars = tuple(
        Bar(names.get(group.label, group.label), group, width)
        for group, width in zip(groups, shares(groups, WIDTH), strict=True)
    )
    told = [bar for bar in bars if bar.group.middle is not None]
    if not told:
        return Chart(bars, say("Too few posts have a number to say anything yet: it takes %(n)s.", n=LEAST))
    best = told[0]
    sentence = say(
        "Half of the %(count)s posts got %(value)s or more, and that is the most.",
        count=best.group.count,
        value=best.group.shown,
    )
    return Chart(bars, sentence, best.label, sum(bar.group.middle is None for bar in bars))


def _names(by: str) -> Mapping[str, Text]:
    if by == "kind":
        return {key: label for key, label in kind_labels().items() if isinstance(label, Text)}
    return _DAYS if by == "day" else {}
