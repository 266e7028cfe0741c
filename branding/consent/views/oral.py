"""A colleague's spoken answer, written down by staff; hosts do it on their own week's pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request, url_for

from branding.consent import letters
from branding.consent.forms.oral import NEW, OralForm, StaffOralForm
from branding.consent.queries.shoots import open_shoots
from branding.consent.queries.subjects import subjects_of_units
from branding.consent.service import oral as service
from branding.consent.values.oral import NewOral, OralDone
from branding.consent.values.people import Kind
from branding.consent.values.requests import About
from branding.consent.views.blueprint import bp
from branding.consent.views.requests import qr
from branding.consent.views.units import own_units, unit_choices
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db

_ASK = "consent:consent:ask"


@bp.route("/consent/oral/new", methods=["GET", "POST"])
@requires(_ASK)
def oral_page() -> Any:
    """For a shoot of the own units."""
    ids = [unit.id for unit in own_units(_ASK)]
    abouts = {shoot.id: shoot.about for shoot in open_shoots(db(), ids, clock.today())}
    return staff_form(abouts, url_for("consent.oral_page"))


def staff_form(
    abouts: dict[str, About], here: str, *, unit_id: int | None = None, place: str = "", return_to: str = ""
) -> Any:
    """The form and what comes of it; higher rooms say what it can be about, by a key of their own.

    ``return_to`` takes the colleague up afterwards.
    """
    form = StaffOralForm(data={"unit_id": unit_id, "place": place})
    form.about.choices = [(key, about.label) for key, about in abouts.items()]
    form.unit_id.choices = unit_choices(_ASK)
    people = subjects_of_units(db(), [unit.id for unit in own_units(_ASK)], Kind.COLLEAGUE)
    new = str(translate(say("A new colleague")))
    form.subject_id.choices = [(NEW, new), *((one.id, one.label) for one in people if not one.also_citizen)]
    wanted = request.args.get("subject", "")
    if request.method == "GET" and wanted in dict(form.subject_id.choices):
        form.subject_id.data = wanted
    if form.validate_on_submit():
        try:
            values = form.to_values(abouts[form.about.data], form.unit_id.data, form.subject_id.data or None)
            heard = hear(form, values)
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _answered(heard, form, values, here, return_to)
    # Without a unit in use there is nothing to ask about, and the page says so.
    said_in = unit_id or next((number for number, _ in form.unit_id.choices), None)
    return page(
        "consent/oral.html",
        form=form,
        wanted=wanted if wanted in dict(form.subject_id.choices) else "",
        text=service.script(db(), said_in, clock.now())[0] if said_in else None,
        last_day=service.last_day(db(), clock.now()),
        must_be_written=service.must_be_written(db()),
        status=form.status,
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """What was written down: a yes with its receipt, or a no."""

    done: OralDone | None
    subject_id: str


def hear(form: OralForm, values: NewOral) -> Heard:
    """Write down what the pressed button says."""
    now = clock.now()
    if form.answer.data == "no":
        return Heard(None, service.record_no(db(), actor(), values, now=now))
    done = service.record_oral(db(), actor(), values, partial(letters.receipt, db()), now=now)
    return Heard(done, done.subject_id)


def handed_over(done: OralDone, values: NewOral) -> dict[str, Any]:
    """What the page after a yes shows: the code, and the text message.  The secret is in no address."""
    return {
        "done": done,
        "sms": letters.receipt_sms(db(), done, values.about.label),
        "code": qr(letters.own_link(done.token)),
        "phone": values.phone,
        "last_day": service.last_day(db(), clock.now()),
    }


def _answered(heard: Heard, form: StaffOralForm, values: NewOral, here: str, return_to: str) -> Any:
    if heard.done is None:
        notice = say("The no is written down. Nobody asks again.")
        return go("consent.subject_page", subject_id=heard.subject_id, notice=notice, kind="info")
    shown = handed_over(heard.done, values)
    return page("consent/oral_done.html", again=here, return_to=return_to, **shown)
