"""Importing a table into a plan: understand, show, and only then save; all of it or nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.organisation.values import UnitKind
from branding.rotation import queries
from branding.rotation.rules.names import fold
from branding.rotation.service.plans import create_plan
from branding.rotation.service.understanding import Understood, report, understand
from branding.rotation.service.writing import write_rows
from branding.rotation.spreadsheet import read_file
from branding.rotation.values import ImportReport, ImportRequest, PlanRequest

_EDIT = "rotation:plan:edit"


def preview_import(session: Session, actor: Actor, request: ImportRequest) -> ImportReport:
    """Every row as understood, and what it would do.  Reads only."""
    policy.check(actor, _EDIT)
    found = understand(session, request)
    return report(found, stamp=_stamp(found))


def import_table(session: Session, actor: Actor, request: ImportRequest, *, now: datetime) -> ImportReport:
    """Save a faultless table; with a problem anywhere nothing is saved, and the report says why.

    With a ``stamp`` from the preview, a plan that has changed since is a Conflict.
    Importing the same table again changes nothing.
    """
    policy.check(actor, _EDIT)
    found = understand(session, request)
    shown = report(found, stamp=_stamp(found))
    if request.stamp is not None and request.stamp != shown.stamp:
        text = say(
            "Somebody else has changed the plan since the preview. Look at it again before you import."
        )
        raise Conflict("plan_changed", text)
    if not shown.is_faultless:
        return shown
    plan_id = found.plan.id if found.plan else None
    if plan_id is None:
        if request.profile_id is None:
            raise RuleBroken("no_profile", say("Choose the profile that is lent out."), "profile_id")
        wanted = PlanRequest(request.plan_name, request.profile_id, request.under_id)
        plan_id = create_plan(session, actor, wanted, now=now)
    queries.plan_for_update(session, plan_id)
    if found.table.unknown:
        under = found.area_id
        organisation_service.ensure_units(session, actor, list(found.table.unknown), under, now=now)
        found = understand(session, request, plan_id=plan_id)
        if found.table.unknown:
            raise RuleBroken(
                "units_not_made", say("Not all units could be created. Create them first, and try again.")
            )
    _ensure_professions(session, actor, found, now=now)
    changes = write_rows(session, actor, plan_id, found, now=now)
    if changes:
        record(session, actor, "rotation:plan:imported", "plan", plan_id, changes=changes, now=now)
    return report(found, stamp="", plan_id=plan_id, is_saved=True, before=shown)


def import_rotation(
    session: Session,
    actor: Actor,
    data: bytes,
    plan_name: str,
    year: int,
    *,
    under: str | None = None,
    create_units: bool = False,
    profile: str | None = None,
    dry_run: bool = False,
    now: datetime,
) -> ImportReport:
    """The command line's import.  ``under`` names a specialområde, ``profile`` a handle (else the only one).

    With ``create_units`` the specialområde is made too when it is not there.  A dry run and a
    faulty table leave no trace.
    """
    rows = read_file(data)
    with session.begin_nested() as attempt:
        request = ImportRequest(
            rows=rows,
            year=year,
            plan_name=plan_name,
            under_id=_area_id(session, actor, under, create_units, now=now) if under else None,
            profile_id=_profile_id(session, profile),
            create_units=create_units,
        )
        if dry_run:
            report = preview_import(session, actor, request)
        else:
            report = import_table(session, actor, request, now=now)
        if not report.is_saved:
            attempt.rollback()
    return report


def _area_id(session: Session, actor: Actor, name: str, create: bool, *, now: datetime) -> int:
    for unit in organisation.units(session):
        if unit.kind == UnitKind.AREA and fold(name) in (fold(unit.name), fold(unit.short_name)):
            return unit.id
    if create:
        return organisation_service.ensure_units(session, actor, [name], None, now=now)[name]
    raise RuleBroken("no_area", say("There is no specialområde called %(name)s.", name=name), "under_id")


def _profile_id(session: Session, handle: str | None) -> int | None:
    """The profile with this handle; without one the only profile there is."""
    found = organisation.profiles(session)
    if handle is None:
        return found[0].id if len(found) == 1 else None
    for profile in found:
        if profile.handle == handle.lstrip("@").lower():
            return profile.id
    raise RuleBroken("no_profile", say("There is no profile called %(name)s.", name=handle), "profile_id")


def _ensure_professions(session: Session, actor: Actor, found: Understood, *, now: datetime) -> None:
    if found.new_professions:
        organisation_service.ensure_professions(session, actor, list(found.new_professions), now=now)


def _stamp(found: Understood) -> str:
    """A fingerprint of what the preview says: which rows do what to which slots, and which units are new."""
    facts = [
        f"{m.row.row}:{m.mark}:{m.slot_id}:{m.changes}:{m.row.block.first}:{m.row.block.weeks}"
        for m in found.matches
    ]
    facts += [f"problem:{problem.row}:{problem.text.msgid}" for problem in found.problems]
    facts += [f"plan:{found.plan.id if found.plan else found.name}", f"units:{found.table.unknown}"]
    return hashlib.sha256("|".join(facts).encode()).hexdigest()[:24]
