"""Swaps: one unit asks, the other answers; communications can decide for both."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.accounts.values import PersonView
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor, Role
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.outbox.service import cancel, enqueue
from branding.outbox.values import Mail
from branding.rotation import queries
from branding.rotation.models import SlotSwap, SwapLink
from branding.rotation.queries import swap_token_hash
from branding.rotation.rules.swap import check_swap, offered, swap_steps
from branding.rotation.service.followers import tell_shifted
from branding.rotation.service.moves import carry_out, take_back
from branding.rotation.service.requests import blocked_told
from branding.rotation.values import MoveCause, SlotStep, SlotView
from branding.rotation.values.swaps import MESSAGE_LENGTH, SwapRequest, SwapStatus, SwapView

_SWAP = "rotation:slot:swap"


@dataclass(frozen=True, slots=True)
class SwapLetters:
    """How the mails are written: the caller knows the templates."""

    #: To a coordinator who is asked, with the secret of the link.
    asked: Callable[[PersonView, SwapView, str], Mail]
    #: To the person who asked; also when an answer is taken back.
    answered: Callable[[PersonView, SwapView], Mail]


def propose_swap(
    session: Session, actor: Actor, request: SwapRequest, letters: SwapLetters, *, today: date, now: datetime
) -> int:
    """Ask another unit for its weeks; its coordinators get a mail each.  Returns the swap's id."""
    slot, other = _slots(session, actor, request)
    check_swap(slot, other, today)
    shut = blocked_told(session, slot.unit_id, slot.plan_id, other.block)
    if shut:
        text = say("%(blocked)s Choose other weeks, or remove the blocked weeks first.", blocked=shut[0])
        raise RuleBroken("weeks_blocked", text, "other_id")
    if len(request.message) > MESSAGE_LENGTH:
        text = say("Write at most %(most)s characters.", most=MESSAGE_LENGTH)
        raise RuleBroken("too_long", text, "message")
    for open_one in queries.open_swaps_of(session, slot.id, today):
        if {open_one.slot.id, open_one.other.id} == {slot.id, other.id}:
            raise RuleBroken("asked_already", say("This swap has been asked for already."), "other_id")
    swap = SlotSwap(
        slot_id=slot.id,
        other_slot_id=other.id,
        message=request.message,
        proposed_by=actor.id if actor.kind == "user" else None,
        proposed_at=now,
    )
    session.add(swap)
    session.flush()
    swap_id = swap.id or 0
    changes = {"slots": (None, [slot.id, other.id])}
    record(session, actor, "rotation:swap:proposed", "slot_swap", swap_id, changes=changes, now=now)
    if not policy.covers(actor, _SWAP, other.unit_id):
        _ask(session, queries.swap_view(session, swap_id, today), letters, now)
    return swap_id


def swaps_offered(session: Session, slot: SlotView, *, today: date) -> list[SlotView]:
    """The slots of the plan whose weeks can be asked for, in order."""
    return offered(slot, queries.slots_of_plan(session, slot.plan_id), today)


def blocked_by_swap(session: Session, swap: SwapView) -> list[Text]:
    """What the two units have blocked of the weeks they would get: for whoever answers to weigh."""
    pairs = ((swap.slot, swap.other), (swap.other, swap.slot))
    return [
        text
        for slot, other in pairs
        for text in blocked_told(session, slot.unit_id, slot.plan_id, other.block)
    ]


def coordinators_of(session: Session, unit_id: int) -> list[PersonView]:
    """Who answers for a unit and can sign in."""
    area_id = organisation.unit_by_id(session, unit_id).area_id
    return [
        person
        for person in accounts.people(session)
        if person.deactivated_at is None and Role.COORDINATOR in person.roles and area_id in person.area_ids
    ]


def _slots(session: Session, actor: Actor, request: SwapRequest) -> tuple[SlotView, SlotView]:
    slot = queries.slot_view(session, request.slot_id)
    policy.check(actor, _SWAP, slot.unit_id, thing="slot", key=request.slot_id)
    return slot, queries.slot_view(session, request.other_id)


def _ask(session: Session, swap: SwapView, letters: SwapLetters, now: datetime) -> None:
    for person in coordinators_of(session, swap.other.unit_id):
        token = secrets.token_urlsafe(32)
        session.add(SwapLink(swap_id=swap.id, user_id=person.id, token_hash=swap_token_hash(token)))
        mail = letters.asked(person, swap, token)
        enqueue(session, mail, dedupe_key=f"{_mail_key(swap.id)}{person.id}", due_at=now, now=now)
    session.flush()


def _mail_key(swap_id: int) -> str:
    return f"slot-swap:{swap_id}:"


def _answer_key(swap_id: int) -> str:
    return f"slot-swap-answer:{swap_id}:"


def accept_swap(
    session: Session,
    actor: Actor,
    swap_id: int,
    stamp: str,
    letters: SwapLetters,
    *,
    today: date,
    now: datetime,
) -> None:
    """The two slots exchange their weeks, with everything that lies in them.

    When a slot has changed since the reader looked, nothing happens and both versions are shown.
    """
    swap = _answerable(session, actor, swap_id, today)
    if stamp != swap.stamp:
        seen, here = say("What you saw"), say("How it is now")
        text = say("One of the two slots has changed since you looked. Look again before you answer.")
        raise Conflict("swap_changed", text, [(seen, "")], [(here, _told(swap))])
    check_swap(swap.slot, swap.other, today)
    steps = swap_steps(swap.slot, swap.other)
    move_id = carry_out(session, actor, steps, MoveCause.SWAP, now=now)
    tell_shifted(session, actor, steps, now=now)
    _answer(session, actor, swap_id, SwapStatus.ACCEPTED, now, move_id=move_id)
    _tell(session, actor, queries.swap_view(session, swap_id, today), letters, now)


def decline_swap(
    session: Session, actor: Actor, swap_id: int, letters: SwapLetters, *, today: date, now: datetime
) -> None:
    """The other unit keeps its weeks; no reason is asked for."""
    _answerable(session, actor, swap_id, today)
    _answer(session, actor, swap_id, SwapStatus.DECLINED, now)
    _tell(session, actor, queries.swap_view(session, swap_id, today), letters, now)


def withdraw_swap(session: Session, actor: Actor, swap_id: int, *, today: date, now: datetime) -> None:
    """Whoever asked no longer wants it; a mail that has not left stays here."""
    swap = queries.swap_view(session, swap_id, today)
    policy.check(actor, _SWAP, swap.slot.unit_id, thing="slot_swap", key=swap_id)
    _check_unanswered(swap)
    cancel(session, _mail_key(swap_id))
    _answer(session, actor, swap_id, SwapStatus.WITHDRAWN, now)


def undo_swap(
    session: Session, actor: Actor, swap_id: int, letters: SwapLetters, *, today: date, now: datetime
) -> None:
    """Take the answer back: the weeks are as before, and the question is open again.

    Whoever has been told the answer is told of that too.
    """
    swap = queries.swap_view(session, swap_id, today)
    policy.check(actor, _SWAP, swap.other.unit_id, thing="slot_swap", key=swap_id)
    if swap.status is SwapStatus.PROPOSED:
        return
    if swap.status is SwapStatus.WITHDRAWN:
        raise RuleBroken("swap_withdrawn", say("The swap has been withdrawn by the unit that asked."))
    if swap.move_id is not None:
        check_swap(swap.slot, swap.other, today)
        move = queries.slot_move_by_id(session, swap.move_id)
        take_back(session, actor, move, now=now)
        back = [SlotStep(one.slot_id, one.before, one.after) for one in swap_steps(swap.slot, swap.other)]
        tell_shifted(session, actor, back, now=now)
    row = queries.swap_by_id(session, swap_id)
    row.status, row.answered_by, row.answered_at, row.move_id = SwapStatus.PROPOSED, None, None, None
    session.flush()
    record(session, actor, "rotation:swap:undone", "slot_swap", swap_id, now=now)
    if not cancel(session, _answer_key(swap_id)):
        _tell(session, actor, queries.swap_view(session, swap_id, today), letters, now)


def link_actor(session: Session, token: str) -> tuple[int, Actor]:
    """The swap of a mailed link, and who answers by it, with the roles that person has now."""
    found = queries.find_swap_link(session, token)
    if found is None:
        raise Missing("swap_link")
    swap_id, user_id = found
    person = accounts.person(session, user_id)
    if person.deactivated_at is not None:
        raise Missing("swap_link")
    units = organisation.ids_under(session, person.area_ids) if person.area_ids else frozenset()
    return swap_id, Actor("user", person.id, person.name, person.email, person.roles, units)


def _answerable(session: Session, actor: Actor, swap_id: int, today: date) -> SwapView:
    swap = queries.swap_view(session, swap_id, today)
    policy.check(actor, _SWAP, swap.other.unit_id, thing="slot_swap", key=swap_id)
    _check_unanswered(swap)
    return swap


def _check_unanswered(swap: SwapView) -> None:
    if swap.status is not SwapStatus.PROPOSED:
        raise RuleBroken("swap_answered", say("This swap has been answered already."))


def _answer(
    session: Session,
    actor: Actor,
    swap_id: int,
    status: SwapStatus,
    now: datetime,
    *,
    move_id: int | None = None,
) -> None:
    row = queries.swap_by_id(session, swap_id)
    row.status, row.answered_by, row.answered_at, row.move_id = status, actor.id, now, move_id
    session.flush()
    changes = {"status": (str(SwapStatus.PROPOSED), str(status))}
    record(session, actor, f"rotation:swap:{status}", "slot_swap", swap_id, changes=changes, now=now)


def _tell(session: Session, actor: Actor, swap: SwapView, letters: SwapLetters, now: datetime) -> None:
    """The person who asked hears the answer, or that it was taken back, unless it was their own."""
    if swap.proposed_by is None or swap.proposed_by == actor.id:
        return
    person = accounts.person(session, swap.proposed_by)
    if person.deactivated_at is None:
        key = f"{_answer_key(swap.id)}{now.isoformat()}"
        enqueue(session, letters.answered(person, swap), dedupe_key=key, due_at=now, now=now)


def _told(swap: SwapView) -> str:
    return f"{swap.slot.block.label} / {swap.other.block.label}"
