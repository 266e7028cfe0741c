"""Making, changing and archiving plans."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.organisation.values import UnitKind
from branding.rotation import queries
from branding.rotation.models import Plan
from branding.rotation.service.followers import tell_profile
from branding.rotation.values import LENGTHS, PlanRequest, PlanStatus

_EDIT = "rotation:plan:edit"
_NAME_TAKEN = ("name", say("There is already a plan with this name."))


def create_plan(session: Session, actor: Actor, request: PlanRequest, *, now: datetime) -> int:
    """A new, empty plan; returns its id."""
    policy.check(actor, _EDIT)
    name = _checked(session, request)
    plan = Plan(
        name=name,
        area_id=request.area_id,
        profile_id=request.profile_id,
        sort_key=sort_key(name),
        created_at=now,
    )
    with taken(session, {"uq_plan_name": _NAME_TAKEN}):
        session.add(plan)
    changes = {"name": (None, name), "profile_id": (None, plan.profile_id), "area_id": (None, plan.area_id)}
    record(session, actor, "rotation:plan:created", "plan", plan.id, changes=changes, now=now)
    return plan.id or 0


def edit_plan(session: Session, actor: Actor, plan_id: int, request: PlanRequest, *, now: datetime) -> None:
    policy.check(actor, _EDIT)
    plan = queries.plan_by_id(session, plan_id)
    name = _checked(session, request)
    if request.version != plan.version:
        raise _changed(session, plan, request)
    before = plan.name, plan.profile_id, plan.area_id
    if before == (name, request.profile_id, request.area_id):
        return
    if plan.area_id != request.area_id and queries.slots_of_plan(session, plan_id):
        text = say("The plan has slots, so it stays where it is. Make a new plan instead.")
        raise RuleBroken("plan_has_slots", text, "area_id")
    if plan.profile_id != request.profile_id:
        slot_ids = [slot.id for slot in queries.slots_of_plan(session, plan_id, cancelled=True)]
        tell_profile(session, actor, slot_ids, request.profile_id, now=now)
    with taken(session, {"uq_plan_name": _NAME_TAKEN}):
        plan.name, plan.sort_key = name, sort_key(name)
        plan.profile_id, plan.area_id = request.profile_id, request.area_id
        plan.version += 1
    after = plan.name, plan.profile_id, plan.area_id
    changes = dict(zip(("name", "profile_id", "area_id"), zip(before, after, strict=True), strict=True))
    record(session, actor, "rotation:plan:changed", "plan", plan_id, changes=changes, now=now)


def archive_plan(session: Session, actor: Actor, plan_id: int, *, now: datetime) -> None:
    """Out of calendars and lists; nothing is lost."""
    _set_status(session, actor, plan_id, PlanStatus.ARCHIVED, "rotation:plan:archived", now=now)


def restore_plan(session: Session, actor: Actor, plan_id: int, *, now: datetime) -> None:
    _set_status(session, actor, plan_id, PlanStatus.ACTIVE, "rotation:plan:restored", now=now)


def _set_status(
    session: Session, actor: Actor, plan_id: int, status: PlanStatus, tag: str, *, now: datetime
) -> None:
    policy.check(actor, _EDIT)
    plan = queries.plan_by_id(session, plan_id)
    if plan.status == status:
        return
    before, plan.status = plan.status, status
    plan.version += 1
    session.flush()
    record(session, actor, tag, "plan", plan_id, changes={"status": (before, str(status))}, now=now)


def _checked(session: Session, request: PlanRequest) -> str:
    """The plan's name, made tidy; the profile and the area must exist."""
    name = " ".join(request.name.split())
    if not name:
        raise RuleBroken("name_missing", say("Give the plan a name, for example Takeover 2022."), "name")
    if len(name) > LENGTHS["name"]:
        raise RuleBroken(
            "name_too_long", say("Write at most %(most)s characters.", most=LENGTHS["name"]), "name"
        )
    organisation.profile_by_id(session, request.profile_id)
    if (
        request.area_id is not None
        and organisation.unit_by_id(session, request.area_id).kind != UnitKind.AREA
    ):
        raise RuleBroken("not_an_area", say("Choose a specialområde, or the whole organisation."), "area_id")
    return name


def _changed(session: Session, plan: Plan, request: PlanRequest) -> Conflict:
    text = say("Somebody else has changed the plan since you opened it.")
    mine = _labelled(session, request.name, request.profile_id, request.area_id)
    return Conflict("plan_changed", text, mine, _labelled(session, plan.name, plan.profile_id, plan.area_id))


def _labelled(session: Session, name: str, profile_id: int, area_id: int | None) -> list[tuple[Text, object]]:
    area = organisation.unit_by_id(session, area_id).name if area_id else say("The whole organisation")
    handle = organisation.profile_by_id(session, profile_id).handle
    return [(say("Name"), name), (say("Profile"), f"@{handle}"), (say("Who takes turns"), area)]
