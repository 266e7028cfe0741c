"""The host asks colleagues: who may be in the pictures of these days.  Under a minute, on a phone."""

from __future__ import annotations

import re
from typing import Any

from flask import request, url_for

from branding.consent.forms.oral import OralForm
from branding.consent.letters import withdrawn
from branding.consent.service import hosts_own, oral
from branding.consent.values.oral import OralDone
from branding.consent.views.oral import handed_over, hear, staff_form
from branding.consent.views.requests import qr, write_mail
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.takeovers import queries
from branding.takeovers.service import colleagues as service
from branding.takeovers.values import TakeoverView
from branding.takeovers.views.blueprint import bp
from branding.takeovers.views.shown import takeover_for, units
from branding.takeovers.views.week import while_open
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db

_HOST = "takeovers:host:week"
_PICTURE_OF_A_POST = re.compile(r"(/my-week)?/posts/[0-9a-f]{32}/people/[0-9a-f]{32}")


@bp.get("/my-week/colleagues")
@requires(_HOST)
@while_open
def colleagues_page() -> Any:
    """Who has been asked, and the citizens whom the coordinator has made ready: labels and words only."""
    takeover = _mine()
    return page(
        "takeovers/colleagues.html",
        people=service.people_of(db(), takeover, actor().id or 0, clock.now()),
        takeover=takeover,
        contact=organisation.find_organisation(db()),
        must_be_written=oral.must_be_written(db()),
    )


@bp.route("/my-week/colleagues/new", methods=["GET", "POST"])
@requires(_HOST)
@while_open
def new_colleague_page() -> Any:
    """From a post, ``return_to`` is where the colleague is put into its picture afterwards."""
    return_to = _post_to_return_to()
    here = url_for("takeovers.new_colleague_page", return_to=return_to or None)
    return _ask(_mine(), None, here, return_to)


@bp.route("/my-week/colleagues/<id:subject_id>", methods=["GET", "POST"])
@requires(_HOST)
@while_open
def colleague_page(subject_id: str) -> Any:
    """Somebody who was asked before in this takeover: again, for the name or the voice."""
    here = url_for("takeovers.colleague_page", subject_id=subject_id)
    return _ask(_mine(), subject_id, here)


@bp.post("/my-week/colleagues/<id:subject_id>/regrets")
@requires(_HOST)
@while_open
def colleague_regrets(subject_id: str) -> Any:
    """A yes that was given by mistake is asked for again."""
    service.colleague_regrets(db(), actor(), _mine(), subject_id, withdrawn, now=clock.now())
    notice = say("The yes is taken back. Use no pictures of the colleague; the coordinator has been told.")
    return go("takeovers.colleagues_page", notice=notice, kind="info")


@bp.post("/my-week/my-own-yes")
@requires(_HOST)
def show_own_yes() -> Any:
    """The host's own consent, with the button that takes it back."""
    ref = service.about_takeover(db(), _mine()).ref
    token = hosts_own.own_link_of_host(db(), actor().id or 0, ref, now=clock.now())
    return go("consent.my_consent_page", token=token) if token else go("takeovers.rules_page")


@bp.route("/takeovers/<int:takeover_id>/colleagues/new", methods=["GET", "POST"])
@requires("consent:consent:ask")
def takeover_colleague_page(takeover_id: int) -> Any:
    """The same by staff, for a takeover of the own units."""
    shown = takeover_for(takeover_id)
    policy.check(actor(), "consent:consent:ask", shown.takeover.unit_id, thing="takeover", key=takeover_id)
    about = service.about_takeover(db(), shown.takeover)
    return_to, unit = _post_to_return_to(), shown.unit
    here = url_for("takeovers.takeover_colleague_page", takeover_id=takeover_id, return_to=return_to or None)
    return staff_form({about.ref: about}, here, unit_id=unit.id, place=unit.name, return_to=return_to)


def _ask(takeover: TakeoverView, subject_id: str | None, here: str, return_to: str = "") -> Any:
    about, unit = service.about_takeover(db(), takeover), units()[takeover.unit_id]
    person = oral.colleague_for(db(), subject_id, about.ref) if subject_id else None
    form = OralForm(data={"place": unit.name})
    if oral.must_be_written(db()):
        form.answer.data = "no"  # the boxes come with the signature
    if form.validate_on_submit():
        try:
            values = form.to_values(about, takeover.unit_id, subject_id)
            if oral.must_be_written(db()):
                done = oral.ask_in_writing(db(), actor(), values, write_mail, now=clock.now())
                return _to_sign(done, return_to)
            heard = hear(form, values)
        except RuleBroken as error:
            form.refuse(error)
        else:
            if heard.done is None:
                notice = say("The no is written down. Nobody asks again.")
                return go("takeovers.colleagues_page", notice=notice, kind="info")
            return page(
                "takeovers/colleague_done.html", return_to=return_to, **handed_over(heard.done, values)
            )
    return page(
        "takeovers/colleague.html",
        form=form,
        person=person,
        here=here,
        return_to=return_to,
        text=oral.script(db(), takeover.unit_id, clock.now())[0],
        last_day=oral.last_day(db(), clock.now()),
        unit=unit,
        takeover=takeover,
        must_be_written=oral.must_be_written(db()),
        contact=organisation.find_organisation(db()),
        status=form.status,
    )


def _to_sign(done: OralDone, return_to: str) -> Any:
    """The colleague signs on a phone of the own: a code to point at, and a mail when there is an address."""
    link = f"{stafet().settings.base_url}{url_for('consent.sign_page', token=done.token)}"
    contact = organisation.find_organisation(db())
    return page(
        "takeovers/colleague_signs.html", done=done, code=qr(link), contact=contact, return_to=return_to
    )


def _post_to_return_to() -> str:
    """The picture of a post that somebody came from; any other address is left out."""
    wanted = request.args.get("return_to", "")
    return wanted if _PICTURE_OF_A_POST.fullmatch(wanted) else ""


def _mine() -> TakeoverView:
    host = queries.host_view(db(), actor().id or 0)
    return queries.takeover_view(db(), host.takeover_id)
