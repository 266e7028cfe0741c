"""Making a post: what a page and a save cost, beside a hundred other posts; and what the phone must load."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from datetime import datetime
from statistics import median

import pytest
from sqlmodel import Session

from branding.core.files import PACKAGE
from branding.drafts.service import words as service
from branding.drafts.values.words import Words
from tests.consent.factories import citizen
from tests.drafts import factories
from tests.support.client import InspectingClient

pytestmark = pytest.mark.bench

MOST_SAVE_MS, MOST_SCRIPT = 20, 60 * 1024
POSTS, PEOPLE, PICTURES, ROUNDS = 100, 200, 5, 9
At = Callable[[str], datetime]


@pytest.fixture
def made(session: Session, at: At) -> tuple[factories.Stage, str]:
    """A takeover with many posts, and a register that the lint reads; returns one of five pictures."""
    now = at("2026-11-02 08:00")
    stage = factories.stage(session, now)
    for n in range(PEOPLE):
        citizen(session, stage.world.area, now=now, label=f"Prøve{n} Person")
    for _ in range(POSTS):
        factories.begun(session, stage, now)
    items = tuple(factories.picture(session, stage, now) for _ in range(PICTURES))
    draft_id = factories.begun(session, stage, now, items=items)
    session.commit()
    return stage, draft_id


def timed(work: Callable[[], object]) -> float:
    """Milliseconds in the middle of several rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return median(found)


@pytest.mark.parametrize(("page", "most"), [("pictures", 12), ("text", 12), ("send", 12), ("people", 20)])
def test_a_step_asks_the_database_a_fixed_number_of_times(
    client: InspectingClient, made: tuple[factories.Stage, str], queries: list[str], page: str, most: int
) -> None:
    """However many posts there are; the step about people reads their consents too, as the gate does."""
    stage, draft_id = made
    client.get(f"/host/{stage.token}")
    queries.clear()
    assert client.get(f"/my-week/posts/{draft_id}/{page}").status_code == 200
    print(f"\n{page}: {len(queries)} queries")
    assert len(queries) <= most


def test_a_save_takes_at_most_twenty_milliseconds(
    session: Session, made: tuple[factories.Stage, str], at: At
) -> None:
    stage, draft_id = made
    now = at("2026-11-02 08:01")
    texts = iter(f"Udkast {n} " + "ord " * 300 for n in range(100))

    def save() -> None:
        before = Words.of(factories.seen(session, draft_id).content)
        written = Words(
            **{name: getattr(before, name) for name in Words.__slots__} | {"caption": next(texts)}
        )
        service.save_words(session, stage.host, draft_id, written, before.marks(), now=now)
        session.commit()

    took = timed(save)
    print(f"\nsave: {took:.1f} ms")
    assert took <= MOST_SAVE_MS


def test_the_phone_loads_less_than_sixty_kilobytes_of_script(
    client: InspectingClient, made: tuple[factories.Stage, str]
) -> None:
    stage, draft_id = made
    client.get(f"/host/{stage.token}")
    for address in ("/my-week", *(f"/my-week/posts/{draft_id}/{one}" for one in ("pictures", "text"))):
        page = client.get(address).get_data(as_text=True)
        names = re.findall(r'src="/static/(js/[\w.]+)"', page)
        size = sum(len(gzip.compress((PACKAGE / "static" / name).read_bytes())) for name in names)
        print(f"\n{address.rsplit('/', 1)[1]}: {size} bytes of {', '.join(names)}")
        assert names and size <= MOST_SCRIPT
