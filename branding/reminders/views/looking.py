"""What will be sent, what was sent, and how one wants to hear of things oneself."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import request

from branding.core import clock
from branding.core.text import say, say_n
from branding.organisation import queries as organisation
from branding.reminders.forms.answering import DayForm
from branding.reminders.queries.log import choice_rows, names_of, sent_page
from branding.reminders.queries.looking import AHEAD, coming_lines
from branding.reminders.service import answering
from branding.reminders.values.choosing import Mode, Outcome
from branding.reminders.values.triggers import MEANS
from branding.reminders.values.words import CHANNELS, MODES, OUTCOMES, REASONS, TRIGGERS
from branding.reminders.views.blueprint import bp
from branding.reminders.views.shown import coming, sentence
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.safe_address import page_number
from branding.web.transaction import db


@bp.get("/reminders/coming")
@requires("reminders:rule:view")
def coming_page() -> Any:
    """Fourteen days from today, or as a dry run from any day."""
    form = DayForm(request.args)
    day = form.day.data if form.validate() and form.day.data else None
    is_faulty = bool(form.errors)
    if day is not None and not 2000 <= day.year < 2099:
        day = None
    is_now = day is None or day == clock.today()
    start = clock.now() if is_now or day is None else clock.at_local(day)
    lines = coming(db(), coming_lines(db(), actor(), start, is_now=is_now))
    first = clock.local(start).date()
    late = [one for one in lines if clock.local(one.at).date() < first]
    ahead = lines[len(late) :]
    days = [(on, list(each)) for on, each in groupby(ahead, lambda one: clock.local(one.at).date())]
    return page(
        "reminders/coming.html",
        late=late,
        days=days,
        form=form,
        first=first,
        last=first + AHEAD,
        is_now=is_now,
        is_faulty=is_faulty,
    )


@bp.get("/reminders/sent")
@requires("reminders:log:view")
def sent_log_page() -> Any:
    """The log: what was sent, and what was not and why."""
    wanted = request.args.get("outcome", "")
    outcome = wanted if wanted in set(Outcome) else ""
    number = page_number()
    found, more = sent_page(db(), number, outcome)
    return page(
        "reminders/sent.html",
        found=found,
        more=more,
        number=number,
        outcome=outcome,
        outcomes=OUTCOMES,
        reasons=REASONS,
        channels=CHANNELS,
        triggers=TRIGGERS,
        people=names_of(db(), [one.to for one in found]),
        units={one.id: one for one in organisation.units(db(), archived=True)},
    )


@bp.route("/reminders/mine", methods=["GET", "POST"])
@requires(answering.CHOOSE)
def mine_page() -> Any:
    """By mail, in Monday's letter only, or not at all; duties always come."""
    me = actor()
    mine = answering.rules_for(db(), me)
    if request.method == "POST":
        wanted = {
            one.id: Mode(value)
            for one in mine
            if (value := request.form.get(f"rule-{one.id}", "")) in set(Mode)
        }
        count = answering.choose(db(), me, wanted, now=clock.now())
        return go("reminders.mine_page", notice=say("Saved.") if count else say("Nothing has changed."))
    kept = choice_rows(db(), me.id or 0)
    return page(
        "reminders/mine.html",
        rules=[(one, Mode(kept[one.id].mode) if one.id in kept else Mode.MAIL) for one in mine],
        means=MEANS,
        modes=MODES,
        mondays=answering.has_mondays(db(), me),
        triggers=TRIGGERS,
        sentence=sentence,
    )


@bp.post("/reminders/mine/mondays")
@requires(answering.CHOOSE)
def only_mondays() -> Any:
    """Everything that can wait, in Monday's letter."""
    count = answering.only_mondays(db(), actor(), now=clock.now())
    notice = say_n(
        "%(num)s kind of reminder now waits for Monday's letter.",
        "%(num)s kinds of reminders now wait for Monday's letter.",
        count,
    )
    return go("reminders.mine_page", notice=notice)
