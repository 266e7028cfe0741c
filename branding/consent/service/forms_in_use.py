"""Taking a version of a form out of use: no longer signed, or recalled because it was defective (G3, G4)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent import texts
from branding.consent.models import FormVersion
from branding.consent.service.form_versions import ensure_form
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing


def retire(session: Session, actor: Actor, form_id: str, *, now: datetime) -> None:
    """Nobody is asked with it any more; answers given until now still count."""
    _change(session, actor, form_id, "retired", "accepted_until", now, now=now)


def recall(session: Session, actor: Actor, form_id: str, *, now: datetime) -> None:
    """It was defective: answers on it no longer count, from now on and whenever they were given."""
    _change(session, actor, form_id, "recalled", "recalled_at", now, now=now)


def restore(session: Session, actor: Actor, form_id: str, *, now: datetime) -> None:
    """The undo of both."""
    _change(session, actor, form_id, "restored", "accepted_until", None, now=now)
    _change(session, actor, form_id, "restored", "recalled_at", None, now=now)


def _change(
    session: Session,
    actor: Actor,
    form_id: str,
    verb: str,
    field: str,
    value: datetime | None,
    *,
    now: datetime,
) -> None:
    policy.check(actor, "consent:policy:edit")
    if form_id not in texts.forms():
        raise Missing("form_version", form_id)
    row: FormVersion = ensure_form(session, form_id, now=now)
    before = getattr(row, field)
    if before == value or (before is not None and value is not None):
        return
    setattr(row, field, value)
    session.flush()
    record(
        session,
        actor,
        f"consent:form:{verb}",
        "form_version",
        form_id,
        changes={field: (before, value)},
        now=now,
    )
