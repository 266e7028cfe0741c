"""What a proposal is computed from, read once, and a fingerprint that tells whether it still holds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlmodel import Session

from branding.core.isoweek import Week, span
from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind, UnitView
from branding.rotation import queries
from branding.rotation.rules.planner.calendar import count
from branding.rotation.values import PlanView, SlotView
from branding.rotation.values.planning import RequestKind, WeekRequestView
from branding.rotation.values.problems import Held, Wish

#: How far around the period turns are read: they keep their distance, and shares are counted.
_AROUND = 52
#: What a new plan's turns are like when there are none to learn from.
_USUAL_LENGTH, _USUAL_GAP = 2, 4


@dataclass(frozen=True, slots=True)
class Ground:
    """A period of a plan with everything that a proposal has to respect."""

    plan: PlanView
    first: Week
    last: Week
    #: The units that may take turns, in order, and what a sentence calls every unit.
    unit_ids: tuple[int, ...]
    names: Mapping[int, str]
    areas: Mapping[int, int]
    slots: tuple[SlotView, ...]
    #: Turns of other plans that lend out the same profile.
    others: tuple[SlotView, ...]
    holidays: Mapping[Week, str]
    requests: tuple[WeekRequestView, ...]

    @property
    def weeks(self) -> tuple[Week, ...]:
        return tuple(span(self.first, self.last - self.first + 1))

    @property
    def inside(self) -> tuple[SlotView, ...]:
        """The plan's turns with a week in the period."""
        return tuple(
            slot for slot in self.slots if slot.block.last >= self.first and slot.block.first <= self.last
        )

    @property
    def taken(self) -> frozenset[Week]:
        """Weeks that other plans have on the profile."""
        return frozenset(week for slot in self.others for week in slot.block)

    @property
    def wishes(self) -> tuple[WeekRequestView, ...]:
        inside = [
            one for one in self.requests if one.block.last >= self.first and one.block.first <= self.last
        ]
        return tuple(one for one in inside if one.kind is RequestKind.WISH)

    def blocked(self, unit_id: int) -> frozenset[Week]:
        """What the unit, or its area for it, has blocked."""
        own = (unit_id, self.areas.get(unit_id))
        found = [one for one in self.requests if one.kind is RequestKind.BLOCKED and one.unit_id in own]
        return frozenset(week for one in found for week in one.block)

    def counted(self, weeks: Iterable[Week]) -> frozenset[int]:
        return frozenset(count(week) for week in weeks)

    def held(self, slots: Iterable[SlotView], unit_ids: tuple[int, ...], *, since: Week) -> list[Held]:
        """Turns that stay, as the planner reads them; those from ``since`` on count in the shares."""
        return [
            Held(
                unit_ids.index(slot.unit_id),
                count(slot.block.first),
                slot.block.weeks,
                counts=since <= slot.block.first <= self.last,
            )
            for slot in slots
            if slot.unit_id in unit_ids
        ]

    def elsewhere(self, unit_ids: tuple[int, ...]) -> list[Held]:
        """The units' turns in other plans on the profile: they keep their distance and count in no share."""
        return [replace(one, counts=False) for one in self.held(self.others, unit_ids, since=self.first)]

    def wished(self, unit_ids: tuple[int, ...]) -> list[Wish]:
        return [
            Wish(unit_ids.index(one.unit_id), count(one.block.first), one.block.weeks)
            for one in self.wishes
            if one.unit_id in unit_ids
        ]


def ground(session: Session, plan_id: int, first: Week, last: Week) -> Ground:
    """Read everything about a plan from ``first`` to ``last``; four queries and the organisation."""
    plan = queries.plan_view(session, plan_id)
    around = ((first + -_AROUND).monday, (last + _AROUND).sunday)
    on_profile = [
        one.id for one in queries.plans(session) if one.profile_id == plan.profile_id and one.id != plan_id
    ]
    slots = queries.slots_between(session, *around, [plan_id])
    units = organisation.units(session, archived=True)
    return Ground(
        plan=plan,
        first=first,
        last=last,
        unit_ids=tuple(takers(units, plan, slots)),
        names={unit.id: unit.short_name or unit.name for unit in units},
        areas={unit.id: unit.area_id for unit in units},
        slots=tuple(slots),
        others=tuple(queries.slots_between(session, *around, on_profile)) if on_profile else (),
        holidays={
            one.week: one.name
            for one in queries.holiday_weeks_between(session, first.monday, around[1], [plan_id])
        },
        requests=tuple(queries.week_requests(session, first.monday, around[1], plan_id=plan_id)),
    )


def new_ground(session: Session, like_id: int, first: Week, last: Week) -> Ground:
    """The ground of a plan that is not there yet, on the same profile: the old plan's turns are taken."""
    old = ground(session, like_id, first, last)
    everybodys = queries.holiday_weeks_between(session, first.monday, (last + _AROUND).sunday, ())
    return replace(
        old,
        slots=(),
        others=(*old.others, *old.slots),
        holidays={one.week: one.name for one in everybodys},
        requests=tuple(one for one in old.requests if one.plan_id is None),
    )


def takers(units: Iterable[UnitView], plan: PlanView, slots: Iterable[SlotView]) -> list[int]:
    """Who takes turns in a plan: its afdelinger or every specialområde, and whoever has had one."""
    had = {slot.unit_id for slot in slots}
    in_use = [unit for unit in units if not unit.is_archived]
    if plan.area_id is None:
        wanted = {unit.id for unit in in_use if unit.kind == UnitKind.AREA}
    else:
        wanted = {unit.id for unit in in_use if unit.area_id == plan.area_id and unit.kind != UnitKind.AREA}
        wanted = wanted or {plan.area_id}
    return [unit.id for unit in in_use if unit.id in wanted | had]


def stamp(found: Ground, *more: object) -> str:
    """A fingerprint of the ground: when it changes, a proposal no longer says what is true."""
    facts = [
        [found.plan.id, found.plan.version, str(found.plan.status), str(found.first), str(found.last)],
        list(found.unit_ids),
        [[slot.id, slot.version] for slot in (*found.slots, *found.others)],
        sorted(str(week) for week in found.holidays),
        [[one.id, one.version] for one in found.requests],
        [str(one) for one in more],
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24]


def usual_length(slots: Iterable[SlotView]) -> int:
    """How long the plan's turns mostly are."""
    lengths = Counter(slot.block.weeks for slot in slots)
    return lengths.most_common(1)[0][0] if lengths else _USUAL_LENGTH


def usual_gap(slots: Iterable[SlotView], most: int = _USUAL_GAP) -> int:
    """The least distance that units have had between their turns, so that no turn there is breaks it."""
    gaps = []
    of_unit: dict[int, list[SlotView]] = {}
    for slot in slots:
        of_unit.setdefault(slot.unit_id, []).append(slot)
    for found in of_unit.values():
        gaps += [later.block.first - sooner.block.last - 1 for sooner, later in pairwise(found)]
    return max(0, min([most, *gaps]))
