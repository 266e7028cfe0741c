"""The truth table of consent.md section 2e, row by row: as plain facts, and stored in the database."""

from __future__ import annotations

import re

import pytest
from sqlmodel import Session

from tests.consent.truth_rows import ROWS, Row
from tests.consent.worlds import Facts, Stored, World

#: What needs a live publication, and why; the scheduling and publishing parts of C10 are told above.
WAITING_FOR_PUBLISHING = {
    "A14": "a person recognises herself in a live post: the takedown belongs to publications",
    "C9": "a consent ends while the post is live: the daily sweep belongs to publications",
    "E2": "the colleague leaves after publication: the message and the one-click removal",
    "H3": "the purge meets a live post: tests/consent/test_retention.py, and the alarm with publications",
    "H5": "a post without a record is found on the account: the reconcile job",
    "the column Live": "every row's takedown task: consent_use says which posts, publications take them down",
}


def _ids(row: Row) -> str:
    return str(row)


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_as_plain_facts(row: Row) -> None:
    _judge(Facts(), row)


@pytest.mark.parametrize("row", ROWS, ids=_ids)
def test_in_the_database(row: Row, session: Session) -> None:
    _judge(Stored(session), row)


def test_every_row_of_the_table_is_told_or_waits_for_publishing() -> None:
    sizes = {"A": 14, "B": 13, "C": 15, "D": 13, "E": 4, "F": 6, "G": 4, "H": 5}
    table = {f"{letter}{n}" for letter, size in sizes.items() for n in range(1, size + 1)}
    told = {row.number for row in ROWS if re.match(r"[A-H]\d", row.number)}
    assert told | (WAITING_FOR_PUBLISHING.keys() - {"the column Live"}) == table


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
