"""Later, and "not me": pages behind the signed links of a reminder, without signing in."""

from __future__ import annotations

from typing import Any

from wtforms.fields.choices import SelectChoice

from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.reminders import letters
from branding.reminders.forms.answering import LaterForm, NotMeForm
from branding.reminders.queries.answering import Answerable, answerable, candidates
from branding.reminders.service import answering
from branding.reminders.signed_links import read
from branding.reminders.values.choosing import Later
from branding.reminders.values.triggers import MEANS, Trigger
from branding.reminders.values.words import TRIGGERS
from branding.reminders.views.blueprint import bp
from branding.web.guards import public
from branding.web.i18n import translate
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.stafet import stafet
from branding.web.transaction import db


@bp.get("/reminders/answer/<token>")
@public
@limiter.limit(SECRET_TRIES)
def answer_page(token: str) -> Any:
    """Two ways out; a GET does nothing, so that a mail program that opens links does nothing either."""
    return _shown(token, LaterForm(), _not_me_form(_answerable(token)))


@bp.post("/reminders/answer/<token>/later")
@public
@limiter.limit(SECRET_TRIES)
def put_off(token: str) -> Any:
    one, form = _answerable(token), LaterForm()
    if not form.validate_on_submit():
        return _shown(token, form, _not_me_form(one), status=400)
    until = answering.put_off(db(), one.sent.id, Later(form.later.data), now=clock.now())
    notice = say("We say it again on %(day)s.", day=clock.local(until).date())
    return go("reminders.answer_page", token=token, notice=notice)


@bp.post("/reminders/answer/<token>/not-me")
@public
@limiter.limit(SECRET_TRIES)
def not_me(token: str) -> Any:
    one = _answerable(token)
    form = _not_me_form(one)
    if form.validate_on_submit():
        try:
            instead = form.instead.data or ""
            answering.not_me(db(), one.sent.id, instead, letters.passed, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("You hear no more of this one, and communications knows.")
            return go("reminders.answer_page", token=token, notice=notice)
    return _shown(token, LaterForm(), form, status=400)


def _answerable(token: str) -> Answerable:
    found = read(stafet().settings.secret_key, token)
    if found is None:
        raise Missing("reminder_sent")
    sent_id, ref = found
    one = answerable(db(), sent_id)
    if one.sent.to != ref:
        raise Missing("reminder_sent", sent_id)
    return one


def _not_me_form(one: Answerable) -> NotMeForm:
    form = NotMeForm()
    nobody = SelectChoice("", str(translate(say("communications decides"))))
    form.instead.choices = [nobody, *(SelectChoice(each.ref, each.name) for each in candidates(db(), one))]
    return form


def _shown(token: str, later: LaterForm, not_mine: NotMeForm, *, status: int = 200) -> Any:
    one = _answerable(token)
    trigger = Trigger(one.sent.trigger)
    return page(
        "reminders/answer.html",
        status=status,
        token=token,
        later=later,
        not_mine=not_mine,
        one=one,
        about=TRIGGERS[trigger],
        is_duty=MEANS[trigger].is_duty,
    )
