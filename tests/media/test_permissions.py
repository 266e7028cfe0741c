"""Who may do what with a picture: each service by itself, with the wrong role, unit and place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from branding.core.actor import Actor, Role
from branding.core.errors import Missing, NotAllowed
from branding.media.queries import item_by_id
from branding.media.service import blurring, confirming, keeping, people, uploads
from branding.media.values import Answer, Box, NewUpload
from tests.media.factories import PLACE, host, staff, taken_in

At = Callable[[str], datetime]
ALMA, SHOOT = "a" * 32, "c" * 32
BOX = Box(0.1, 0.1, 0.2, 0.2)

EDITS: dict[str, Callable[..., Any]] = {
    "declare_nobody": lambda s, a, p, i, r, now: people.declare_nobody(s, a, p, i, now=now),
    "name_person": lambda s, a, p, i, r, now: people.name_person(s, a, p, i, ALMA, now=now),
    "answer_box": lambda s, a, p, i, r, now: people.answer_box(s, a, p, i, r, Answer.UNKNOWN, now=now),
    "add_unrecognisable": lambda s, a, p, i, r, now: people.add_unrecognisable(s, a, p, i, "x", now=now),
    "add_box": lambda s, a, p, i, r, now: people.add_box(s, a, p, i, BOX, now=now),
    "remove_person": lambda s, a, p, i, r, now: people.remove_person(s, a, p, i, r, now=now),
    "reset": lambda s, a, p, i, r, now: people.reset(s, a, p, i, r, now=now),
    "explain_mismatch": lambda s, a, p, i, r, now: people.explain_mismatch(s, a, p, i, "x", now=now),
    "set_heard": lambda s, a, p, i, r, now: people.set_heard(s, a, p, i, [], now=now),
    "someone_says": lambda s, a, p, i, r, now: people.someone_says(s, a, p, i, r, ALMA, now=now),
    "blur": lambda s, a, p, i, r, now: blurring.blur(s, a, p, i, [r], now=now),
    "unblur": lambda s, a, p, i, r, now: blurring.unblur(s, a, p, i, now=now),
}
REVIEWS: dict[str, Callable[..., Any]] = {
    "count_by_hand": lambda s, a, p, i, r, now: people.count_by_hand(s, a, p, i, 1, now=now),
    "taken_at": lambda s, a, p, i, r, now: people.taken_at(s, a, p, i, [SHOOT], now=now),
    "confirm": lambda s, a, p, i, r, now: confirming.confirm(s, a, p, i, now=now),
}


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def item(session: Session, area: int, now: datetime) -> str:
    return taken_in(session, area, now=now)


def by_link(unit_id: int) -> Actor:
    """A named reviewer without an account."""
    return Actor("reviewer", 8, "Vega", roles=frozenset({Role.REVIEWER}), units=frozenset({unit_id}))


@pytest.mark.parametrize("name", [*EDITS, *REVIEWS])
def test_nobody_changes_a_picture_without_the_right(
    session: Session, area: int, now: datetime, item: str, name: str
) -> None:
    row = people.add_box(session, host(area), PLACE, item, BOX, now=now)
    before = item_by_id(session, PLACE, item)
    act = (EDITS | REVIEWS)[name]
    own, other = (by_link, host) if name in EDITS else (host, by_link)
    refused = [staff(7, role) for role in (Role.READER, Role.DPO, Role.ADMIN)] + [own(area)]
    for actor in refused:
        with pytest.raises(NotAllowed):
            act(session, actor, PLACE, item, row, now)
    for actor in (other(area + 1), staff(7, Role.COORDINATOR, area + 1)):
        with pytest.raises(Missing):
            act(session, actor, PLACE, item, row, now)
    with pytest.raises(Missing):
        act(session, staff(7), "takeover:13", item, row, now)
    assert item_by_id(session, PLACE, item) == before


def test_whoever_has_a_link_to_review_takes_nothing_in_and_keeps_nothing(
    session: Session, area: int, now: datetime, item: str
) -> None:
    for actor, error in ((by_link(area), NotAllowed), (host(area + 1), Missing)):
        with pytest.raises(error):
            uploads.begin(session, actor, NewUpload(PLACE, area, 10), now=now)
        with pytest.raises(error):
            keeping.keep_until(session, actor, [item], date(2027, 1, 1), now=now)
        with pytest.raises(error):
            keeping.drop(session, actor, [item], now=now)
