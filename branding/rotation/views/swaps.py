"""Swaps: asking, the list, and answering, signed in or by the link in a mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import request, url_for

from branding.accounts import queries as accounts
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.rotation import letters, queries
from branding.rotation.forms.swaps import SwapForm
from branding.rotation.service import swaps as service
from branding.rotation.values import SlotView
from branding.rotation.values.swaps import SwapStatus, SwapView
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web import filters
from branding.web.guards import actor, public, requires
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db

_SWAP = "rotation:slot:swap"


@bp.get("/swaps")
@requires("rotation:slot:swap")
def swaps_page() -> Any:
    """Open ones first; a coordinator sees those of own units."""
    everything = policy.covers(actor(), _SWAP, None)
    found = queries.swaps(db(), clock.today(), None if everything else actor().units)
    return page(
        "rotation/swaps.html",
        waiting=[swap for swap in found if swap.status is SwapStatus.PROPOSED],
        answered=[swap for swap in found if swap.status is not SwapStatus.PROPOSED],
        units=choices.units_by_id(),
    )


@bp.route("/slots/<int:slot_id>/swap", methods=["GET", "POST"])
@requires("rotation:slot:swap")
def propose_swap_page(slot_id: int) -> Any:
    """Choose whose weeks to ask for.  Another unit's slot answers as if it were not there."""
    slot = queries.slot_view(db(), slot_id)
    policy.check(actor(), _SWAP, slot.unit_id, thing="slot", key=slot_id)
    offered, units = service.swaps_offered(db(), slot, today=clock.today()), choices.units_by_id()
    form = SwapForm()
    form.offer([(one.id, _named(one, units[one.unit_id].name)) for one in offered])
    if form.validate_on_submit():
        try:
            swap_id = service.propose_swap(
                db(), actor(), form.to_values(slot_id), _letters(), today=clock.today(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _proposed(queries.swap_view(db(), swap_id, clock.today()))
    return page(
        "rotation/propose_swap.html", form=form, slot=slot, offered=offered, units=units, status=form.status
    )


def _named(slot: SlotView, unit: str) -> str:
    weeks = filters.weeks(slot.starts_on, slot.ends_on)
    return f"{weeks[:1].upper()}{weeks[1:]} · {filters.period(slot.starts_on, slot.ends_on)} · {unit}"


def _proposed(swap: SwapView) -> Any:
    """Whoever answers for both units decides at once; the others wait for the mail to be answered."""
    if policy.covers(actor(), _SWAP, swap.other.unit_id):
        notice, kind = say("You answer for both units. Carry it out, or let them wait for an answer."), "info"
        return go("rotation.swap_page", swap_id=swap.id, notice=notice, kind=kind)
    undo = url_for("rotation.withdraw_swap", swap_id=swap.id)
    people = [person.name for person in service.coordinators_of(db(), swap.other.unit_id)]
    if people:
        notice = say("%(names)s gets a mail and can answer with one tap.", names=", ".join(people))
        return go("rotation.swap_page", swap_id=swap.id, notice=notice, undo=undo)
    notice = say("The unit has no coordinator yet, so communications answers for it.")
    return go("rotation.swap_page", swap_id=swap.id, notice=notice, undo=undo, kind="info")


@bp.get("/swaps/<int:swap_id>")
@requires("rotation:slot:swap")
def swap_page(swap_id: int) -> Any:
    swap = queries.swap_view(db(), swap_id, clock.today())
    if not _concerns(actor(), swap):
        policy.check(actor(), _SWAP, swap.other.unit_id, thing="slot_swap", key=swap_id)
    return _shown(swap, actor(), "")


@bp.post("/swaps/<int:swap_id>/accept")
@requires("rotation:slot:swap")
def accept_swap(swap_id: int) -> Any:
    return _answered(swap_id, _accept)


@bp.post("/swaps/<int:swap_id>/decline")
@requires("rotation:slot:swap")
def decline_swap(swap_id: int) -> Any:
    return _answered(swap_id, _decline)


@bp.post("/swaps/<int:swap_id>/undo")
@requires("rotation:slot:swap")
def undo_swap(swap_id: int) -> Any:
    return _answered(swap_id, _undo)


@bp.post("/swaps/<int:swap_id>/withdraw")
@requires("rotation:slot:swap")
def withdraw_swap(swap_id: int) -> Any:
    try:
        service.withdraw_swap(db(), actor(), swap_id, today=clock.today(), now=clock.now())
    except RuleBroken as error:
        return go("rotation.swap_page", swap_id=swap_id, notice=error.text, kind="error")
    return go("rotation.swap_page", swap_id=swap_id, notice=say("The swap is withdrawn."))


@bp.get("/swap-answer/<token>")
@public
@limiter.limit(SECRET_TRIES)
def swap_answer_page(token: str) -> Any:
    """The same swap by the link in a mail; nothing is used up by looking."""
    swap_id, person = service.link_actor(db(), token)
    return _shown(queries.swap_view(db(), swap_id, clock.today()), person, token)


@bp.post("/swap-answer/<token>/accept")
@public
@limiter.limit(SECRET_TRIES)
def accept_swap_by_link(token: str) -> Any:
    return _answered_by_link(token, _accept)


@bp.post("/swap-answer/<token>/decline")
@public
@limiter.limit(SECRET_TRIES)
def decline_swap_by_link(token: str) -> Any:
    return _answered_by_link(token, _decline)


@bp.post("/swap-answer/<token>/undo")
@public
@limiter.limit(SECRET_TRIES)
def undo_swap_by_link(token: str) -> Any:
    return _answered_by_link(token, _undo)


Answer = Callable[[Actor, int], Text]


def _answered(swap_id: int, answer: Answer) -> Any:
    kind, notice = _tried(answer, actor(), swap_id)
    return go("rotation.swap_page", swap_id=swap_id, notice=notice, kind=kind)


def _answered_by_link(token: str, answer: Answer) -> Any:
    swap_id, person = service.link_actor(db(), token)
    kind, notice = _tried(answer, person, swap_id)
    return go("rotation.swap_answer_page", token=token, notice=notice, kind=kind)


def _tried(answer: Answer, person: Actor, swap_id: int) -> tuple[str, Text]:
    try:
        return "success", answer(person, swap_id)
    except RuleBroken as error:
        return "error", error.text


def _accept(person: Actor, swap_id: int) -> Text:
    stamp = request.form.get("stamp", "")
    service.accept_swap(db(), person, swap_id, stamp, _letters(), today=clock.today(), now=clock.now())
    return say("The two units have exchanged weeks. Hosts who know their days get a mail.")


def _decline(person: Actor, swap_id: int) -> Text:
    service.decline_swap(db(), person, swap_id, _letters(), today=clock.today(), now=clock.now())
    return say("You have said no. Both units keep their weeks.")


def _undo(person: Actor, swap_id: int) -> Text:
    service.undo_swap(db(), person, swap_id, _letters(), today=clock.today(), now=clock.now())
    return say("The answer is taken back.")


def _letters() -> service.SwapLetters:
    return service.SwapLetters(partial(letters.swap_asked, db()), partial(letters.swap_answered, db()))


def _concerns(person: Actor, swap: SwapView) -> bool:
    return any(policy.covers(person, _SWAP, slot.unit_id) for slot in (swap.slot, swap.other))


def _shown(swap: SwapView, person: Actor, token: str) -> Any:
    """``token`` is set when the page is opened by a link: its buttons then go by the link too."""
    ids = {one for one in (swap.proposed_by, swap.answered_by) if one}
    may_answer = policy.covers(person, _SWAP, swap.other.unit_id)
    return page(
        "rotation/swap.html",
        swap=swap,
        token=token,
        units=choices.units_by_id(),
        names=accounts.people_names(db(), ids),
        may_answer=may_answer,
        blocked=service.blocked_by_swap(db(), swap) if may_answer and swap.is_open else [],
        may_withdraw=not token and policy.covers(person, _SWAP, swap.slot.unit_id),
    )
