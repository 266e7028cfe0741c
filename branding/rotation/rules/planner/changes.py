"""From an answer to what would be written: turns added, moved and cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from branding.rotation.rules.planner.calendar import block_at
from branding.rotation.values.planning import Addition, Changes, Switch
from branding.rotation.values.problems import NOBODY, Answer, Problem, Tile
from branding.rotation.values.requests import SlotStep
from branding.rotation.values.weeks import Block


def filled(problem: Problem, answer: Answer, unit_ids: Sequence[int]) -> Changes:
    """Every tile that somebody gets becomes a turn."""
    given = zip(problem.tiles, answer, strict=True)
    return Changes(tuple(Addition(unit_ids[unit], _block(tile)) for tile, unit in given if unit != NOBODY))


def replanned(problem: Problem, answer: Answer, unit_ids: Sequence[int], slot_ids: Sequence[int]) -> Changes:
    """A unit that only gets other weeks keeps its turn, which moves; else turns go and come."""
    added: list[Addition] = []
    steps: list[SlotStep] = []
    removed: list[int] = []
    switches: list[Switch] = []
    changed = [n for n, owner in enumerate(problem.owners) if owner != answer[n]]
    for unit in sorted({problem.owners[n] for n in changed} | {answer[n] for n in changed} - {NOBODY}):
        lost = [n for n in changed if problem.owners[n] == unit]
        for number in [n for n in changed if answer[n] == unit]:
            tile = problem.tiles[number]
            same = next((n for n in lost if problem.tiles[n].weeks == tile.weeks), None)
            if same is None:
                added.append(Addition(unit_ids[unit], _block(tile)))
            else:
                lost.remove(same)
                steps.append(SlotStep(slot_ids[same], _block(problem.tiles[same]), _block(tile)))
        removed += [slot_ids[n] for n in lost]
    for number in changed:
        after = None if answer[number] == NOBODY else unit_ids[answer[number]]
        switches.append(Switch(_block(problem.tiles[number]), unit_ids[problem.owners[number]], after))
    return Changes(tuple(added), tuple(steps), tuple(removed), tuple(switches))


def _block(tile: Tile) -> Block:
    return block_at(tile.start, tile.weeks)
