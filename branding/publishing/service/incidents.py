"""Something went wrong with a live post: it comes down now, and a case is kept (decisions.md 21)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.values.gate import Stage
from branding.core import policy, sealed
from branding.core.actor import Actor
from branding.core.db import Database
from branding.core.errors import Conflict, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.drafts.service.access import ref_of
from branding.publishing.models import Incident
from branding.publishing.queries.incidents import LASTS, about, incident_row, undecided
from branding.publishing.queries.publications import publication_row
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.judging import ask
from branding.publishing.service.taking_down import live_row, want, want_elsewhere
from branding.publishing.values.alerts import Event
from branding.publishing.values.down import INCIDENT, Duty, Need

MANAGE = "publishing:incident:manage"
DECIDE = "publishing:incident:decide"
#: It is to be down now, and not tomorrow.
_AT_ONCE = timedelta(hours=2)
#: So many hours before the end of the 72.
_REMINDERS = (6, 24)
_LONGEST = 4000


def report(session: Session, actor: Actor, publication_id: str, what: str, *, now: datetime) -> str:
    """One button: down now on every channel, the gate's inputs kept as they stand, and a case; its id."""
    row = live_row(session, actor, publication_id, MANAGE)
    decision_id = ask(session, actor, row, Stage.PUBLISH, now=now).decision_id
    case = Incident(
        id=new_id(),
        publication_id=row.id,
        unit_id=row.unit_id,
        known_at=now,
        made_by=ref_of(actor),
        decision_id=decision_id,
    )
    case.what_sealed = _sealed(session, case.id, "what", what)
    session.add(case)
    need = Need(Duty.TAKEDOWN, INCIDENT, now + _AT_ONCE)
    want_elsewhere(session, actor, row, need, now=now)
    want(session, actor, row, need, decision_id=decision_id, delete_at=now, now=now)
    record(session, actor, "publishing:incident:reported", "incident", case.id, now=now)
    reference = f"incident:{case.id}"
    raise_alert(session, Event.INCIDENT, case.id, about=row, reference=reference, now=now)
    return case.id


def write(
    session: Session, actor: Actor, incident_id: str, what: str, told: str, version: int, *, now: datetime
) -> None:
    """What happened, and who was told; sealed."""
    case = _open(session, actor, incident_id, version, MANAGE)
    case.what_sealed = _sealed(session, case.id, "what", what)
    case.told_sealed = _sealed(session, case.id, "told", told)
    _changed(session, case)
    record(session, actor, "publishing:incident:written", "incident", case.id, now=now)


def decide(
    session: Session,
    actor: Actor,
    incident_id: str,
    *,
    is_reported: bool,
    because: str,
    case_number: str,
    version: int,
    now: datetime,
) -> None:
    """Whether the authority is told, and why; the clock stops."""
    case = _open(session, actor, incident_id, version, DECIDE)
    if not because.strip():
        raise RuleBroken("no_reason", say("Write why."), "because")
    case.is_reported, case.case_number = is_reported, case_number.strip()[:60]
    case.because_sealed = _sealed(session, case.id, "because", because)
    case.decided_by, case.decided_at = ref_of(actor), now
    _changed(session, case)
    changes = {"is_reported": (None, is_reported)}
    record(session, actor, "publishing:incident:decided", "incident", case.id, changes=changes, now=now)
    end_alerts(session, Event.INCIDENT_CLOCK, reference=f"incident:{case.id}", now=now)


def close(session: Session, actor: Actor, incident_id: str, version: int, *, now: datetime) -> None:
    """Nothing is left to do."""
    case = _open(session, actor, incident_id, version, MANAGE)
    if case.decided_at is None:
        raise RuleBroken("undecided", say("Decide first whether the authority is told."))
    case.closed_at = now
    _changed(session, case)
    record(session, actor, "publishing:incident:closed", "incident", case.id, now=now)
    events = (Event.INCIDENT, Event.INCIDENT_CLOCK)
    end_alerts(session, *events, reference=f"incident:{case.id}", now=now)


def remind(database: Database, *, now: datetime) -> int:
    """24 and 6 hours before the 72 are over, while nobody has decided; returns how many were said."""
    with database.reader() as session:
        waiting = [(case.id, hours) for case in undecided(session) if (hours := _step(case, now))]
    count = 0
    for incident_id, hours in waiting:
        with database.transaction() as session:
            case = incident_row(session, incident_id)
            row = publication_row(session, case.publication_id)
            key, reference = f"{case.id}:{hours}", f"incident:{case.id}"
            if case.decided_at is None:
                count += raise_alert(
                    session,
                    Event.INCIDENT_CLOCK,
                    key,
                    about=row,
                    code=f"hours_{hours}",
                    reference=reference,
                    now=now,
                )
    return count


def _step(case: Incident, now: datetime) -> int | None:
    """The reminder that is due: the later one takes the place of the earlier."""
    left = case.known_at + LASTS - now
    return next((hours for hours in _REMINDERS if left <= timedelta(hours=hours)), None)


def _open(session: Session, actor: Actor, incident_id: str, version: int, action: str) -> Incident:
    case = incident_row(session, incident_id)
    policy.check(actor, action, case.unit_id, thing="incident", key=incident_id)
    if case.version != version:
        raise Conflict("incident_changed", say("This has changed since you opened it."))
    if case.closed_at is not None:
        raise RuleBroken("closed", say("The case is closed."))
    return case


def _changed(session: Session, case: Incident) -> None:
    case.version += 1
    session.add(case)
    session.flush()


def _sealed(session: Session, incident_id: str, field: str, text: str) -> str:
    words = text.strip()
    if len(words) > _LONGEST:
        raise RuleBroken("long", say("Write at most %(max)s characters.", max=_LONGEST), field)
    return sealed.seal(session, words, about=about(incident_id, field)) if words else ""
