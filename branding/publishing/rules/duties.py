"""How an open duty follows what is found: it is begun, made stricter, or needed no longer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from branding.publishing.rules.live import opens_on
from branding.publishing.values.days import beginning
from branding.publishing.values.down import BY_PEOPLE, FINAL, FIRM, OWN_WISH, REMOVE_BY, Duty, Need

#: A story is gone from the channel by itself.
STORY_LASTS = timedelta(hours=24)
#: Somebody can still do it that morning.
_MORNING = 8
_STRICT = {Duty.TAKEDOWN: 0, Duty.ASK: 1, Duty.REVIEW: 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty that is open; ``grounds`` with when each was first seen."""

    duty: Duty
    code: str
    due_at: datetime
    grounds: Mapping[str, datetime]


class Kind(StrEnum):
    BEGIN = "begin"
    #: Another duty, reason or deadline: people are told.
    CHANGE = "change"
    #: More or fewer grounds for the same.
    NOTE = "note"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """``need`` is what holds from now on; None when nothing does."""

    kind: Kind
    need: Need | None = None


def step(standing: Standing | None, needs: Sequence[Need], kept: Collection[str]) -> Step | None:
    """What to do about a duty; None: nothing.  ``kept``: grounds of which a person said that it may stay."""
    needs = [one for one in needs if not one.ground or one.ground not in kept]
    if standing is None:
        return Step(Kind.BEGIN, needs[0]) if needs else None
    if standing.code in FINAL | BY_PEOPLE:
        return _firm(standing, needs)
    if not needs:
        return Step(Kind.END)
    wanted = needs[0]
    if (wanted.duty, wanted.code, wanted.due_at) == (standing.duty, standing.code, standing.due_at):
        grounds = {one.ground for one in needs}
        return None if grounds == set(standing.grounds) else Step(Kind.NOTE, wanted)
    same = next((one for one in needs if one.code == standing.code and one.duty is standing.duty), None)
    if same is not None and _rank(wanted) >= (_STRICT[standing.duty], standing.due_at):
        return None
    return Step(Kind.CHANGE, wanted)


def gives_way(code: str, wanted: str) -> bool:
    """Whether a duty's reason may be replaced: never by one that could end by itself, once people decided."""
    return code not in FINAL | BY_PEOPLE or (code == OWN_WISH and wanted in FIRM)


def _firm(standing: Standing, needs: Sequence[Need]) -> Step | None:
    """Nothing makes it milder; an earlier deadline counts."""
    strict = [one for one in needs if one.duty is Duty.TAKEDOWN and one.due_at < standing.due_at]
    return Step(Kind.CHANGE, strict[0]) if strict else None


def _rank(need: Need) -> tuple[int, datetime]:
    return _STRICT[need.duty], need.due_at


def day_is_near(remove_by: date | None, now: datetime) -> Need | None:
    """The duty to take down what may not be there when its last day begins (R56)."""
    if remove_by is None or now < beginning(opens_on(remove_by), _MORNING):
        return None
    return Need(Duty.TAKEDOWN, REMOVE_BY, beginning(remove_by), f"{REMOVE_BY}::")


def sorted_needs(needs: Sequence[Need]) -> list[Need]:
    """The strictest first, then what hurries most."""
    return sorted(needs, key=_rank)
