"""Shifting the queue: who has to give way when a slot moves or a holiday comes in.

Only slots that are in the way are pushed, only as far as needed, and always
later: the order of the turns stays, blocks stay whole, closed weeks are
jumped, and nobody loses a turn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.rotation.values import Block, SlotStep

#: A queue that would have to be pushed this far is closed for good.
_FARTHEST = 530


@dataclass(frozen=True, slots=True)
class Turn:
    """A slot as the queue sees it: whose it is does not matter here."""

    slot_id: int
    block: Block


def plan_move(
    turns: Sequence[Turn], slot_id: int, to: Week, closed: Collection[Week] = ()
) -> tuple[SlotStep, ...]:
    """The steps that put one slot at ``to``; the moved slot's own step comes first.

    Refuses a target in a closed week: people choose weeks, so they are told which one
    is free instead of being sent elsewhere.
    """
    moved = next(turn for turn in turns if turn.slot_id == slot_id)
    target = moved.block.at(to)
    if target == moved.block:
        raise RuleBroken("same_week", say("The slot is already in that week."), "to")
    shut = [week for week in target if week in closed]
    if shut:
        free = _earliest(target, closed, ())
        text = say(
            "Week %(week)s is a holiday. The first possible week is %(free)s.",
            week=shut[0].number,
            free=free.label,
        )
        raise RuleBroken("target_is_holiday", text, "to")
    others = [turn for turn in turns if turn.slot_id != slot_id]
    return (SlotStep(slot_id, moved.block, target), *_push(others, closed, set(), target))


def plan_closing(
    turns: Sequence[Turn], new: Collection[Week], closed: Collection[Week] = ()
) -> tuple[SlotStep, ...]:
    """The steps that empty newly closed weeks; ``closed`` are the weeks that were closed already."""
    return tuple(_push(turns, {*new, *closed}, set(new), None))


def consequences(steps: Sequence[SlotStep], names: Mapping[int, str]) -> tuple[Text, ...]:
    """The steps in words; ``names`` are the units by slot."""
    if not steps:
        return ()
    told = [_says(step, names[step.slot_id]) for step in steps]
    return (*told, say("Nobody loses a turn."))


def _push(
    turns: Sequence[Turn], closed: Collection[Week], emptied: set[Week], target: Block | None
) -> list[SlotStep]:
    """Walk through the queue in order; whoever is in the way gets the earliest free weeks after that."""
    steps: list[SlotStep] = []
    pushed: Block | None = None
    for turn in sorted(turns, key=lambda turn: (turn.block, turn.slot_id)):
        block = turn.block
        after_pushed = pushed is not None and block.first <= pushed.last
        hit = target is not None and block.overlaps(target)
        if not (after_pushed or hit or any(week in emptied for week in block)):
            continue
        start = max(block.first, pushed.last + 1) if pushed else block.first
        place = _earliest(block.at(start), closed, (target,) if target else ())
        if place != block:
            steps.append(SlotStep(turn.slot_id, block, place))
        pushed = place
    return steps


def _earliest(block: Block, closed: Collection[Week], taken: Sequence[Block]) -> Block:
    """The first place from ``block`` on that lies in open weeks and outside what is taken."""
    for _ in range(_FARTHEST):
        clash = next((other for other in taken if block.overlaps(other)), None)
        shut = [week for week in block if week in closed]
        if clash is None and not shut:
            return block
        block = block.at(shut[-1] + 1 if shut else clash.last + 1)  # type: ignore[union-attr]
    raise RuleBroken("no_free_weeks", say("There are no open weeks left to move to."), "to")


def _says(step: SlotStep, name: str) -> Text:
    before, after = step.before, step.after
    if before.first.year == after.first.year:
        return say(
            "%(unit)s moves from week %(before)s to week %(after)s.",
            unit=name,
            before=before.label,
            after=after.label,
        )
    return say(
        "%(unit)s moves from week %(before)s to week %(after)s in %(year)s.",
        unit=name,
        before=before.label,
        after=after.label,
        year=after.first.year,
    )
