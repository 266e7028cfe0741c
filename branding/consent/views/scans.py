"""A paper form that came back: found by its code, photographed, and written down as it was ticked."""

from __future__ import annotations

from typing import Any

from flask import request

from branding.consent.forms.requests import CodeForm, ScanForm
from branding.consent.queries import requests as queries
from branding.consent.service import paper as service
from branding.consent.service import shoots
from branding.consent.values.records import EvidenceKind, SignerRole
from branding.consent.values.requests import Given, PaperAnswer, Part, RequestView
from branding.consent.views.blueprint import bp
from branding.consent.views.requests import request_for, signer
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.web.guards import actor, requires
from branding.web.limits import takes_files
from branding.web.pages import go, page
from branding.web.transaction import db

_ASK = "consent:consent:ask"
_ONLY_NAMED = (SignerRole.WITNESS, SignerRole.ASSENT)


@bp.route("/consent/paper", methods=["GET", "POST"])
@requires(_ASK)
def paper_page() -> Any:
    """The code on the paper says which question it answers."""
    form, asks_name = CodeForm(), False
    if form.validate_on_submit():
        code = form.code.data or ""
        found = queries.find_request_by_code(db(), code)
        if found is not None and policy.covers(actor(), _ASK, queries.request_by_id(db(), found).unit_id):
            return go("consent.scan_page", request_id=found)
        blank = queries.find_blank_form(db(), code)
        asks_name = blank is not None and blank.request_id is None
        try:
            if asks_name and not form.label.data:
                raise RuleBroken(
                    "no_name", say("Nobody knows yet whose paper it is: write the name."), "label"
                )
            found = shoots.take_blank(db(), actor(), code, form.label.data or "", now=clock.now())
            return go("consent.scan_page", request_id=found)
        except RuleBroken as error:
            form.refuse(error)
    return page("consent/paper_code.html", form=form, asks_name=asks_name, status=form.status)


@bp.route("/consent/requests/<id:request_id>/scan", methods=["GET", "POST"])
@requires(_ASK)
@takes_files
def scan_page(request_id: str) -> Any:
    shown, form = request_for(request_id), ScanForm(data={"signed_on": clock.today()})
    wrong: set[str] = set()
    if form.validate_on_submit():
        try:
            answer = _answer(shown, form, wrong)
            ended = service.record_paper(db(), actor(), request_id, answer, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = (
                say("The no is written down. We do not ask again about this.")
                if ended.is_refusal
                else say("Saved. Now somebody else has to look at the paper before it counts.")
            )
            return go("consent.request_page", request_id=request_id, notice=notice)
    return page(
        "consent/paper_scan.html",
        form=form,
        shown=shown,
        signers=[
            (part, signer(shown, part), _text(shown, part), part.role in _ONLY_NAMED) for part in shown.parts
        ],
        ticked=request.form,
        wrong=wrong,
        most=service.MOST_PAGES,
        status=form.status,
    )


def _text(shown: RequestView, part: Part) -> Any:
    return None if part.audience is None else queries.shown_form(db(), shown, part)[0]


def _answer(shown: RequestView, form: ScanForm, wrong: set[str]) -> PaperAnswer:
    """What was ticked by whom; the names of lines that lack an answer come back in ``wrong``."""
    is_no = form.answer.data == "no"
    parts = shown.parts[:1] if is_no else shown.parts
    given = tuple(_given(shown, part, wrong, is_no=is_no) for part in parts)
    if wrong:
        raise RuleBroken("no_choice", say("Choose yes or no in every line, as it is on the paper."))
    if not is_no and request.form.get("by_mark") == "y":
        witness = " ".join(request.form.get("witness", "").split())
        if not witness:
            raise RuleBroken("no_witness", say("Write the name of the witness."))
        given = (*given, Given("witness", {}, EvidenceKind.PAPER, witness[:120]))
    files = [file.read() for file in form.pages.data or () if file and file.filename]
    return PaperAnswer(form.signed_on.data, is_no, given, tuple(files))


def _given(shown: RequestView, part: Part, wrong: set[str], *, is_no: bool) -> Given:
    choices: dict[str, bool] = {}
    for key in () if is_no or part.role in _ONLY_NAMED else shown.offered.choices:
        said = request.form.get(f"{part.key}:{key}", "")
        if said not in ("yes", "no"):
            wrong.add(f"{part.key}:{key}")
        choices[key] = said == "yes"
    name = " ".join(request.form.get(f"{part.key}:name_written", "").split())[:120]
    by_mark = part.role is SignerRole.SELF and request.form.get("by_mark") == "y"
    return Given(part.key, choices, EvidenceKind.PAPER, name, by_mark=by_mark)
