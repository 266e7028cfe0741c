"""What the organisation decides: who may be shown at all, and the time limits (R1, R29, R56, R59)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlmodel import Session, select

from branding.audit.service import record
from branding.consent.models import ConsentRules, PublicationPolicy
from branding.consent.rules.policies import check_limits
from branding.consent.values.names import OPENNESS
from branding.consent.values.policies import Openness
from branding.consent.values.rulebook import RulesRequest, SetPolicy
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict
from branding.core.text import Text, say
from branding.organisation import queries as organisation

_CHANGED = say("Somebody else has changed this since you opened the page.")


def set_policy(session: Session, actor: Actor, request: SetPolicy, *, now: datetime) -> Openness | None:
    """Decide for a unit, or let what stands above hold again; returns what stood there before."""
    policy.check(actor, "consent:policy:edit")
    if request.unit_id is not None:
        organisation.unit_row(session, request.unit_id)
    row = session.exec(
        select(PublicationPolicy).where(
            PublicationPolicy.kind == request.kind,
            PublicationPolicy.unit_id == request.unit_id,
        )
    ).first()
    before = None if row is None else Openness(row.openness)
    if (0 if row is None else row.version) != request.version:
        raise Conflict("policy_changed", _CHANGED, _shown(request.openness), _shown(before))
    if before == request.openness:
        return before
    _write(session, row, request, now)
    thing = str(request.unit_id or "organisation")
    changes = {request.kind.value: (before, request.openness)}
    record(session, actor, "consent:policy:changed", "unit", thing, changes=changes, now=now)
    return before


def _write(session: Session, row: PublicationPolicy | None, request: SetPolicy, now: datetime) -> None:
    if request.openness is None:
        session.delete(row)
    elif row is None:
        session.add(
            PublicationPolicy(
                unit_id=request.unit_id, kind=request.kind, openness=request.openness, changed_at=now
            )
        )
    else:
        row.openness, row.changed_at, row.version = request.openness, now, row.version + 1
    session.flush()


def _shown(openness: Openness | None) -> list[tuple[Text, object]]:
    above = say("As decided above")
    return [(say("Who may be shown"), above if openness is None else OPENNESS[openness])]


def set_rules(session: Session, actor: Actor, request: RulesRequest, *, now: datetime) -> None:
    """Change the time limits and choices; what was signed before keeps its own last day."""
    policy.check(actor, "consent:policy:edit")
    check_limits(request)
    row = session.get(ConsentRules, 1)
    if row is None:
        row = ConsentRules(id=1)
        session.add(row)
    names = [one.name for one in fields(RulesRequest) if one.name != "version"]
    before = {name: getattr(row, name) for name in names}
    after = {name: getattr(request, name) for name in names}
    if row.version != request.version:
        changed = [name for name in names if before[name] != after[name]]
        raise Conflict(
            "rules_changed",
            _CHANGED,
            [(say("Time limits"), after[name]) for name in changed],
            [(say("Time limits"), before[name]) for name in changed],
        )
    for name, value in after.items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    changes = {name: (before[name], after[name]) for name in names if before[name] != after[name]}
    record(session, actor, "consent:rules:changed", "consent_rules", 1, changes=changes, now=now)
