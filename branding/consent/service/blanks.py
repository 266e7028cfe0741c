"""What Stafet knows and puts into the authority's documents."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.consent.queries import oversight, rulebook
from branding.consent.queries.settings import consent_rules
from branding.consent.queries.wording import danish_day
from branding.consent.values.policies import SHIPPED, Openness, PolicyKind
from branding.core import clock
from branding.organisation import queries as organisation
from branding.organisation.values import Channel

#: The documents are Danish, whatever language the page around them has.
_OPENNESS = {
    Openness.FORBIDDEN: "vises ikke",
    Openness.NEEDS_ASSESSMENT: "vises kun efter en gældende vurdering",
    Openness.ALLOWED: "må vises med samtykke",
}
_NOBODY = "ikke udfyldt"


def of_documents(session: Session, *, now: datetime) -> dict[str, str]:
    """Every blank of ``branding.consent.documents``, as plain Danish text."""
    rules, own = consent_rules(session), organisation.find_organisation(session)
    today = clock.local(now).date()
    openness = {**SHIPPED, **rulebook.read(session, ()).openness.get(None, {})}
    people, with_yes = oversight.counts(session, now)
    contact = ", ".join(filter(None, (own.contact_name, own.contact_email, own.contact_phone))) if own else ""
    handles = [f"@{p.handle}" for p in organisation.profiles(session) if p.channel is Channel.INSTAGRAM]
    return {
        "today": danish_day(today),
        "controller": rules.controller or (own.name if own else _NOBODY),
        "dpo": rules.dpo_contact or _NOBODY,
        "contact": contact or _NOBODY,
        "profiles": ", ".join(handles) or "vores profiler",
        "assessments": ", ".join(oversight.standing_assessments(session, today)) or "ingen vurdering",
        "citizen_policy": _OPENNESS[openness[PolicyKind.CITIZEN]],
        "minor_policy": _OPENNESS[openness[PolicyKind.MINOR]],
        "colleague_policy": _OPENNESS[openness[PolicyKind.COLLEAGUE]],
        "other_policy": _OPENNESS[openness[PolicyKind.OTHER]],
        "citizen_months": str(rules.citizen_months),
        "colleague_months": str(rules.colleague_months),
        "live_days": str(rules.citizen_live_days),
        "evidence_days": str(rules.evidence_days),
        "refusal_months": str(rules.refusal_months),
        "log_months": str(rules.log_months),
        "reflection_hours": str(rules.reflection_hours),
        "people": str(people),
        "valid": str(with_yes),
    }
