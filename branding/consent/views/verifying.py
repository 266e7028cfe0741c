"""The queue of proofs that a second person looks at, one after the other."""

from __future__ import annotations

from typing import Any

from branding.consent.forms.verifying import PlainForm, WrongForm
from branding.consent.queries import evidence as queries
from branding.consent.queries import people_pages
from branding.consent.queries.subjects import representations_of
from branding.consent.service import verifying as service
from branding.consent.values.names import CHANNELS
from branding.consent.views import papers
from branding.consent.views.blueprint import bp
from branding.consent.views.units import own_units
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db

_VERIFY = "consent:evidence:verify"


@bp.get("/consent/verify")
@requires(_VERIFY)
def verify_queue_page() -> Any:
    found = queries.to_verify(db(), _here(), clock.now())
    return page(
        "consent/verify_queue.html",
        waiting=found,
        units={unit.id: unit for unit in organisation.units(db(), archived=True)},
        is_alone=service.without_second_person(db()),
        names=_names(found),
    )


@bp.get("/consent/verify/<id:consent_id>")
@requires(_VERIFY)
def verify_page(consent_id: str) -> Any:
    return _page(consent_id, WrongForm())


@bp.post("/consent/verify/<id:consent_id>/confirm")
@requires(_VERIFY)
def confirm_evidence(consent_id: str) -> Any:
    waiting = _waiting(consent_id)
    if PlainForm().validate_on_submit():
        try:
            service.verify(db(), actor(), consent_id, now=clock.now())
        except RuleBroken as error:
            return go("consent.verify_page", consent_id=consent_id, notice=error.text, kind="error")
        return _next(say("Confirmed: %(name)s.", name=waiting.label))
    return go("consent.verify_page", consent_id=consent_id)


@bp.post("/consent/verify/<id:consent_id>/wrong")
@requires(_VERIFY)
def invalidate_consent(consent_id: str) -> Any:
    """It never counted; whoever asked has to ask anew."""
    waiting = _waiting(consent_id)
    form = WrongForm()
    form.why.choices = _reasons()
    if form.validate_on_submit():
        try:
            service.invalidate(db(), actor(), consent_id, form.why.data or "", now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("The answer of %(name)s does not count. Ask anew.", name=waiting.label)
            return _next(notice, kind="info")
    return _page(consent_id, form)


def _page(consent_id: str, form: WrongForm) -> Any:
    waiting = _waiting(consent_id)
    form.why.choices = _reasons()
    me = actor()
    unit = organisation.unit_by_id(db(), waiting.unit_id)
    found = people_pages.consent_page(db(), consent_id)
    return page(
        "consent/verify.html",
        waiting=waiting,
        consent=found,
        form_name=papers.form_name(found.form_id),
        files=queries.evidence_of(db(), consent_id),
        signatures=queries.signatures_of(db(), consent_id, waiting.subject_id),
        rights={one.id: one for one in representations_of(db(), waiting.subject_id)},
        refused=queries.said_no_to(db(), consent_id),
        channels=CHANNELS,
        unit=unit,
        is_own=waiting.is_of(me.kind, me.id),
        others=service.other_verifiers(db(), me, unit.id, unit.area_id),
        names=_names([waiting]),
        form=form,
        status=form.status,
    )


def _waiting(consent_id: str) -> queries.ToVerify:
    found = queries.waiting_consent(db(), consent_id)
    policy.check(actor(), _VERIFY, found.unit_id, thing="consent", key=consent_id)
    return found


def _next(notice: Any, *, kind: str = "success") -> Any:
    """On to the next of the queue; to the list when it is empty."""
    following = service.next_to_verify(db(), actor(), _here(), clock.now())
    if following is None:
        return go("consent.verify_queue_page", notice=notice, kind=kind)
    return go("consent.verify_page", consent_id=following, notice=notice, kind=kind)


def _here() -> set[int]:
    return {unit.id for unit in own_units(_VERIFY)}


def _reasons() -> list[tuple[str, str]]:
    return [(key, str(translate(text))) for key, text in service.WHY.items()]


def _names(found: list[queries.ToVerify]) -> Any:
    return stafet().people_names(
        {one.recorded_by_id for one in found if one.recorded_by_kind == "user" and one.recorded_by_id}
    )
