"""People's accounts with their areas: accounts does the work, this room knows what an area is."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.accounts import service as accounts
from branding.accounts.values import PersonRequest
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries
from branding.organisation.values import UnitKind


def invite_person(
    session: Session, actor: Actor, request: PersonRequest, write: accounts.Write, *, now: datetime
) -> int:
    """Invite somebody by mail; returns the person's id."""
    policy.check(actor, "accounts:user:manage")
    _check_areas(session, request)
    return accounts.invite(session, actor, request, write, now=now)


def change_person(
    session: Session, actor: Actor, user_id: int, request: PersonRequest, version: int, *, now: datetime
) -> None:
    """Name, address, roles and areas."""
    policy.check(actor, "accounts:user:manage")
    _check_areas(session, request)
    accounts.change_person(session, actor, user_id, request, version, now=now)


def _check_areas(session: Session, request: PersonRequest) -> None:
    areas = {unit.id for unit in queries.units(session, archived=True) if unit.kind == UnitKind.AREA}
    if any(grant.unit_id is not None and grant.unit_id not in areas for grant in request.grants):
        raise RuleBroken("not_an_area", say("Choose one of the areas shown."), "areas")
