"""The texts that people are asked with: every version, and taking one out of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, url_for

from branding.consent import texts
from branding.consent.queries import oversight as queries
from branding.consent.service import forms_in_use
from branding.consent.values.names import AUDIENCES
from branding.consent.views.blueprint import bp
from branding.core import clock
from branding.core.text import Text, say
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

_EDIT = "consent:policy:edit"
# The forms are Danish, whatever language the page around them has.
_BLANKS = {
    "unit": "[enheden]",
    "controller": "[den dataansvarlige]",
    "until": "[dato]",
    "live_days": "[antal]",
    "call_line": "[Eller ring til …]",
    "dpo_line": "[Rådgiveren om data: …]",
    "handle": "[profil]",
    "guardian_line": "[Har personen en værge: Vi spørger jer begge.]",
    "person": "[personen]",
    "right_line": "[Med hvilken ret jeg skriver under.]",
}


@bp.get("/consent/forms")
@requires("consent:policy:view")
def forms_page() -> Any:
    return page(
        "consent/form_versions.html", forms=queries.forms_in_use(db(), clock.now()), audiences=AUDIENCES
    )


@bp.get("/consent/forms/<string:form_id>")
@requires("consent:policy:view")
def form_page(form_id: str) -> Any:
    """The words of one version, blanks open, and how many answers rest on it."""
    if form_id not in texts.forms():
        abort(404)
    return page(
        "consent/form_version.html",
        form=queries.form_in_use(db(), form_id, clock.now()),
        text=texts.form(form_id).filled(_BLANKS),
        audiences=AUDIENCES,
    )


@bp.post("/consent/forms/<string:form_id>/retire")
@requires(_EDIT)
def retire_form(form_id: str) -> Any:
    return _changed(forms_in_use.retire, form_id, say("Nobody is asked with it any more."))


@bp.post("/consent/forms/<string:form_id>/recall")
@requires(_EDIT)
def recall_form(form_id: str) -> Any:
    return _changed(forms_in_use.recall, form_id, say("Answers on it no longer count."))


@bp.post("/consent/forms/<string:form_id>/restore")
@requires(_EDIT)
def restore_form(form_id: str) -> Any:
    forms_in_use.restore(db(), actor(), form_id, now=clock.now())
    return go("consent.form_page", form_id=form_id, notice=say("It is in use again."))


def _changed(change: Callable[..., None], form_id: str, notice: Text) -> Any:
    change(db(), actor(), form_id, now=clock.now())
    undo = url_for("consent.restore_form", form_id=form_id)
    return go("consent.form_page", form_id=form_id, notice=notice, undo=undo)
