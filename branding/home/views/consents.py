"""The consent board: who may be shown on Instagram today, and what is missing."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.consent.queries.board_rows import board
from branding.consent.service.reminders import remind
from branding.consent.values.board import BoardFilter, Tab
from branding.consent.values.names import KINDS, STATES
from branding.consent.values.people import Kind
from branding.consent.values.reminders import Chase, Reminded
from branding.consent.values.standing import State
from branding.consent.views.requests import write_mail
from branding.core import clock, policy
from branding.core.errors import Missing
from branding.core.isoweek import Week
from branding.core.text import Text, say, say_n
from branding.home import queries
from branding.home.views.blueprint import bp
from branding.home.views.search import note_search
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.outbox.values import Mail
from branding.web.guards import actor, requires
from branding.web.mailing import render_mail
from branding.web.pages import go, page
from branding.web.safe_address import page_number
from branding.web.stafet import stafet
from branding.web.transaction import db

_VIEW = "consent:subject:view"
#: The weeks that can be chosen, from today's.
_WEEKS = range(-8, 27)
#: What the filters are called in the address; nothing else of it is carried on.
_FILTERS = ("q", "unit", "kind", "status", "week", "tab")
#: The words of a person; the others are of single answers.
_WORDS = {state: text for state, text in STATES.items() if state not in (State.SUPERSEDED, State.INVALID)}


@bp.get("/consents")
@requires(_VIEW)
def consents_page() -> Any:
    units = organisation.units(db(), archived=True)
    wanted = _wanted(units)
    own = [unit for unit in units if not unit.is_archived and policy.covers(actor(), _VIEW, unit.id)]
    this = Week.of(clock.today())
    note_search(wanted.text)
    return page(
        "home/consent_board.html",
        board=board(db(), actor(), wanted, units, now=clock.now()),
        chosen=request.args,
        wanted=wanted,
        units=own,
        weeks=[this + n for n in _WEEKS],
        kinds=KINDS,
        words=_WORDS,
        tabs=[(tab, _address(tab=tab if tab is not Tab.ALL else None)) for tab in Tab],
        newer=_address(page=wanted.page - 1) if wanted.page > 1 else None,
        older=_address(page=wanted.page + 1),
    )


def _wanted(units: list[UnitView]) -> BoardFilter:
    """What the address asks for, never wider than the reader's own units."""
    told = request.args
    return BoardFilter(
        unit_ids=_unit_ids(units),
        kind=Kind(told["kind"]) if told.get("kind") in set(Kind) else None,
        state=State(told["status"]) if told.get("status") in set(_WORDS) else None,
        tab=Tab(told["tab"]) if told.get("tab") in set(Tab) else Tab.ALL,
        text=told.get("q", "")[:80],
        references=_references(told.get("week", "")),
        page=page_number(),
    )


def _unit_ids(units: list[UnitView]) -> frozenset[int] | None:
    """None where the reader sees everybody and has chosen no unit."""
    own = frozenset(unit.id for unit in units if policy.covers(actor(), _VIEW, unit.id))
    chosen = request.args.get("unit", type=int)
    if chosen is not None:
        under = {unit.id for unit in units if chosen in (unit.id, unit.area_id)}
        if not under & own:
            raise Missing("unit", chosen)
        return own & under
    return None if len(own) == len(units) else own


def _references(week: str) -> frozenset[str] | None:
    try:
        chosen = Week.parse(week)
    except ValueError:
        return None
    return queries.takeover_references(db(), chosen)


def _address(**changed: Any) -> str:
    """This page with something changed; another tab or filter begins on the first page."""
    told: dict[str, Any] = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    return url_for("home.consents_page", **{**told, **changed})


@bp.post("/consents/remind")
@requires("consent:consent:ask")
def remind_people() -> Any:
    """Mail those who were ticked, or their coordinator."""
    ids = request.form.getlist("subject")[:100]
    if not ids:
        return go("home.consents_page", notice=say("Tick those whom you want to remind."), kind="info")
    done = remind(db(), actor(), ids, write_mail, _chase_mail, now=clock.now())
    return go("home.consents_page", notice=_told(done), kind="success" if done.people else "info")


def _told(done: Reminded) -> Text:
    """One sentence that says what was sent, and what was not."""
    if done.people and done.by_coordinator:
        return say(
            "Mails sent: %(people)s to those who were asked, and word to the coordinator about %(others)s.",
            people=done.people,
            others=done.by_coordinator,
        )
    if done.people:
        return say_n(
            "%(num)s person is reminded by mail.", "%(num)s people are reminded by mail.", done.people
        )
    if done.by_coordinator:
        return say_n(
            "%(num)s person has no mail address: the coordinator is reminded.",
            "%(num)s people have no mail address: the coordinator is reminded.",
            done.by_coordinator,
        )
    if done.lately:
        return say("Nothing was sent: they were reminded within the last day.")
    return say("Nothing was sent: none of them has a question to answer. Ask first.")


def _chase_mail(chase: Chase) -> Mail:
    unit = organisation.unit_by_id(db(), chase.unit_id)
    link = stafet().settings.base_url + url_for("home.consents_page", unit=unit.id)
    subject, text = render_mail(
        "consent/mail/chase.txt", chase.language, name=chase.name, unit=unit, number=chase.number, link=link
    )
    return Mail(chase.email, subject, text, language=chase.language)
