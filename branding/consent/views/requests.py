"""Asking: what for, the request with its ways to answer, links, mails and paper."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup

from branding.consent import sheets
from branding.consent.forms.requests import NEW_SHOOT, AskForm
from branding.consent.queries import requests as queries
from branding.consent.queries import shoots as shoot_queries
from branding.consent.queries.subjects import representation_by_id
from branding.consent.service import requests as service
from branding.consent.service import shoots, standings
from branding.consent.values.records import SignerRole
from branding.consent.values.requests import About, Life, NewShoot, Part, RequestView
from branding.consent.views.blueprint import bp
from branding.consent.views.subjects import person_for
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.outbox.values import Mail
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.mailing import render_mail
from branding.web.pages import attachment, go, page
from branding.web.stafet import stafet
from branding.web.transaction import db

_ASK = "consent:consent:ask"
#: What each line of a form asks, in few words.
CHOICE_NAMES = {
    "photo": say("Take pictures"),
    "video": say("Film"),
    "instagram": say("Show it on Instagram"),
    "facebook": say("Show it on Facebook"),
    "linkedin": say("Show it on LinkedIn"),
    "website": say("Show it on the website"),
    "intranet": say("Show it on the intranet"),
    "print": say("Print it"),
    "paid": say("Use it in advertisements"),
    "name": say("Write the first name"),
    "voice": say("Let the voice be heard"),
}


@bp.route("/consent/people/<id:subject_id>/ask", methods=["GET", "POST"])
@requires(_ASK)
def ask_page(subject_id: str) -> Any:
    return ask_about(subject_id, None)


def ask_about(subject_id: str, about: About | None, spoken: str = "") -> Any:
    """Ask a person; a higher room says what for (``about``), otherwise one of the unit's shoots is chosen.

    ``spoken``: where a colleague's word about that is written down.
    """
    person = person_for(subject_id, _ASK)
    inside = organisation.ids_under(db(), [organisation.unit_by_id(db(), person.unit_id).area_id])
    open_shoots = shoot_queries.open_shoots(db(), inside, clock.today())
    mine = [one for one in open_shoots if policy.covers(actor(), _ASK, one.unit_id)]
    form = AskForm(data={"about": mine[0].id if mine and not about else NEW_SHOOT, "held_on": clock.today()})
    form.about.choices = [
        *((one.id, f"{one.title} · {translate(say('%(day)s', day=one.held_on))}") for one in mine),
        (NEW_SHOOT, str(translate(say("Something else: write what it is")))),
    ]
    must_write_in = False
    if form.validate_on_submit():
        try:
            chosen = about or _chosen(form, person.unit_id)
            request_id = service.ask(db(), actor(), form.to_values(subject_id, chosen), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
            must_write_in = error.code == "no_guardian"
        else:
            return go("consent.request_page", request_id=request_id)
    return page(
        "consent/ask.html",
        form=form,
        person=person,
        about=about,
        spoken=spoken or url_for("consent.oral_page", subject=subject_id),
        must_write_in=must_write_in,
        closed=standings.why_closed(db(), subject_id, now=clock.now()),
        latest=service.last_day(db(), person, None, clock.now()),
        status=form.status,
    )


def _chosen(form: AskForm, unit_id: int) -> About:
    """The shoot that was chosen, or one that is made now."""
    if form.about.data != NEW_SHOOT:
        return shoot_queries.shoot_by_id(db(), form.about.data).about
    if not form.title.data:
        raise RuleBroken("no_title", say("Write what it is called."), "title")
    new = NewShoot(unit_id, form.title.data, form.held_on.data or clock.today(), form.offered)
    return shoot_queries.shoot_by_id(db(), shoots.add_shoot(db(), actor(), new, now=clock.now())).about


def request_for(request_id: str) -> RequestView:
    """A request of the actor's units."""
    found = queries.request_by_id(db(), request_id)
    policy.check(actor(), _ASK, found.unit_id, thing="consent_request", key=request_id)
    return found


@bp.get("/consent/requests/<id:request_id>")
@requires(_ASK)
def request_page(request_id: str) -> Any:
    """One question: who has answered, and four ways to answer."""
    shown = request_for(request_id)
    return page("consent/request.html", **_context(shown))


def _context(shown: RequestView) -> dict[str, Any]:
    life = queries.life_of(db(), queries.request_row(db(), shown.id), clock.now())
    return {
        "request": request,
        "shown": shown,
        "choice_names": CHOICE_NAMES,
        "life": life,
        "is_open": life is Life.OPEN and bool(shown.parts),
        "signers": [
            (part, signer(shown, part), part.key in shown.done, service.mail_of(db(), shown, part.key))
            for part in shown.parts
        ],
        "nobody_can": life is Life.OPEN and not shown.parts,
    }


def signer(shown: RequestView, part: Part) -> Text | str:
    """Who a part is for, as staff read it."""
    if part.role is SignerRole.SELF:
        return shown.label
    if part.role is SignerRole.ASSENT:
        return say("%(name)s is heard", name=shown.label)
    if part.role is SignerRole.WITNESS:
        return say("A witness")
    found = representation_by_id(db(), shown.subject_id, part.representation_id or "")
    role = say("custody") if part.role is SignerRole.CUSTODY else say("guardian")
    name = say("cannot be read") if found.is_unreadable else found.name
    return say("%(name)s (%(role)s)", name=name, role=role)


@bp.post("/consent/requests/<id:request_id>/sign-here")
@requires(_ASK)
def sign_here(request_id: str) -> Any:
    """The same pages that a link opens, on the unit's own device."""
    request_for(request_id)
    token = service.make_link(db(), actor(), request_id, in_person=True, now=clock.now())
    return go("consent.sign_page", token=token)


@bp.post("/consent/requests/<id:request_id>/link")
@requires(_ASK)
def make_request_link(request_id: str) -> Any:
    """A link for the person's own phone: shown as a code and as words to send, this once."""
    shown = request_for(request_id)
    part = request.form.get("part", "")
    token = service.make_link(db(), actor(), request_id, part=part, now=clock.now())
    link = stafet().settings.base_url + url_for("consent.sign_page", token=token)
    found = next((one for one in shown.parts if one.key == part), None)
    return page(
        "consent/request_link.html",
        shown=shown,
        link=link,
        code=qr(link),
        who=signer(shown, found) if found else shown.label,
        unit=organisation.unit_by_id(db(), shown.unit_id),
    )


@bp.post("/consent/requests/<id:request_id>/mail")
@requires(_ASK)
def mail_request(request_id: str) -> Any:
    request_for(request_id)
    address = service.send_link(
        db(), actor(), request_id, write_mail, part=request.form.get("part", ""), now=clock.now()
    )
    notice = say("A mail with the link is on its way to %(address)s.", address=address)
    return go("consent.request_page", request_id=request_id, notice=notice)


def write_mail(shown: RequestView, address: str, token: str) -> Mail:
    """The link and who asks; no names, as others may read over a shoulder."""
    subject, text = render_mail(
        "consent/mail/request.txt",
        "da",
        link=stafet().settings.base_url + url_for("consent.sign_page", token=token),
        unit=organisation.unit_by_id(db(), shown.unit_id),
        organisation=organisation.find_organisation(db()),
        until=clock.local(shown.expires_at).date(),
    )
    return Mail(address, subject, text)


@bp.post("/consent/requests/<id:request_id>/cancel")
@requires(_ASK)
def cancel_request(request_id: str) -> Any:
    request_for(request_id)
    service.cancel(db(), actor(), request_id, now=clock.now())
    return go(
        "consent.request_page",
        request_id=request_id,
        notice=say("We ask no more. The links are closed."),
        undo=url_for("consent.resume_request", request_id=request_id),
    )


@bp.post("/consent/requests/<id:request_id>/resume")
@requires(_ASK)
def resume_request(request_id: str) -> Any:
    request_for(request_id)
    service.resume(db(), actor(), request_id, now=clock.now())
    return go("consent.request_page", request_id=request_id, notice=say("The question is open again."))


@bp.get("/consent/requests/<id:request_id>/paper.pdf")
@requires(_ASK)
def request_paper(request_id: str) -> Any:
    """The forms of everybody who must sign, to print."""
    shown = request_for(request_id)
    if not shown.parts:
        raise RuleBroken("not_open", say("This request is over. Ask again."))
    forms = [
        sheets.Form(queries.shown_form(db(), shown, part)[0], part.role)
        for part in shown.parts
        if part.audience is not None
    ]
    full = queries.full_form(db(), shown)
    forms += [sheets.Form(full)] if full else []
    return pdf_answer(
        sheets.paper_forms([sheets.Sheet(shown.code, shown.about.label, tuple(forms))]), shown.code
    )


def pdf_answer(content: bytes, name: str) -> Response:
    return attachment(content, "application/pdf", f"samtykke-{name.lower()}.pdf", inline=True)


def qr(address: str) -> Markup:
    """The address as a code for a phone's camera; drawn by us from our own address."""
    title = str(translate(say("QR code")))
    return Markup(sheets.qr_svg(address, title=title))  # noqa: S704
