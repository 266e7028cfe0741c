"""The truth table of consent.md section 2e, row by row: as plain facts, and stored in the database."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlmodel import Session

from branding.consent.values.gate import GateFacts
from branding.core import clock
from branding.publishing.rules.live import end_of_next_working_day, live
from branding.publishing.values.down import Duty
from branding.publishing.values.down import Live as Found
from tests.consent.truth_rows import ROWS, Live, Row
from tests.consent.worlds import Facts, Stored, World

#: Rows without a question to the gate: what happens then is told where it happens.
ELSEWHERE = {
    "A14": "tests/publishing/test_takedowns.py: somebody can be recognised after all",
    "H3": "tests/publishing/test_takedowns.py: the purge meets a live post, refuses, and somebody is told",
    "H5": "tests/publishing/test_scanning.py: a post that nobody registered is found on the profile",
}


def _ids(row: Row) -> str:
    return str(row)


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_as_plain_facts(row: Row) -> None:
    _judge(Facts(), row)


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_in_the_database(row: Row, session: Session) -> None:
    _judge(Stored(session), row)


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_what_must_be_done_about_a_live_post(row: Row) -> None:
    """The column Live; a post that was out before the reason came."""
    world = Facts()
    row.tell(world)
    decision, at = world.published(), world.published_at or world.slot
    facts = GateFacts(world.draft, world.people())
    found = live(decision, facts, world.channel, published_at=at, since={}, now=at)
    assert _named(found, at) is row.live


def _named(found: Found, at: datetime) -> Live:
    """As the table says it."""
    if found.needs:
        need = found.needs[0]
        if need.duty is Duty.TAKEDOWN:
            assert need.due_at == end_of_next_working_day(at) or need.code == "withdrawn"
            return Live.DOWN
        days = (clock.local(need.due_at).date() - clock.local(at).date()).days
        return Live(f"{need.duty.value} {days}")
    if found.beside:
        return Live.BESIDE
    return Live.TOLD if found.colleagues_left else Live.KEEP


def test_every_row_of_the_table_is_told() -> None:
    sizes = {"A": 14, "B": 13, "C": 15, "D": 13, "E": 4, "F": 6, "G": 4, "H": 5}
    table = {f"{letter}{n}" for letter, size in sizes.items() for n in range(1, size + 1)}
    told = {row.number for row in ROWS if re.match(r"[A-H]\d", row.number)}
    assert told | ELSEWHERE.keys() == table


def _judge(world: World, row: Row) -> None:
    row.tell(world)
    scheduled = world.scheduled()
    assert scheduled.codes == row.sched
    assert scheduled.allowed == (not row.sched)
    if scheduled.allowed:
        assert {one.code for one in scheduled.warnings} == row.warned
    published = world.published()
    assert published.codes == row.pub
    assert published.allowed == (not row.pub)
