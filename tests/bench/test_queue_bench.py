"""Five thousand posts with people in them: the queue's queries are asserted, its time and size printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from branding.core.ids import new_id
from branding.drafts.models import Draft, DraftMedia, DraftVersion
from branding.drafts.values.content import Content, Picture
from branding.media.models import MediaEdition, MediaItem, MediaPerson
from tests.drafts import factories as f
from tests.support.client import InspectingClient

pytestmark = pytest.mark.bench

POSTS, PEOPLE, ROUNDS = 5_000, 300, 9
MOST_QUERIES = 30
STATES = ("submitted", "submitted", "writing", "approved", "returned", "on_hold")
WORDS = (
    "Godmorgen fra værkstedet! I dag sliber vi, maler og drikker kaffe.\n\nDet tager sin tid, og det er en"
    " del af arbejdet, at det må det gerne. Hvad er det bedste, du har lavet med hænderne? #mitsocial"
)


@pytest.fixture
def posts(session: Session, at: Callable[[str], datetime]) -> None:
    """One picture each; every second shows a colleague from a register of three hundred."""
    now = at("2026-11-02 09:00")
    on = f.stage(session, now)
    colleagues = [f.asked_colleague(session, on, now, f"Alma {n}") for n in range(PEOPLE)]
    session.flush()
    ids = [(new_id(), new_id()) for _ in range(POSTS)]
    session.execute(insert(MediaItem), [_item(item, on, now) for _, item in ids])
    session.execute(insert(MediaEdition), [_edition(item, now) for _, item in ids])
    people = [_person(item, colleagues[n % PEOPLE], now) for n, (_, item) in enumerate(ids) if n % 2]
    session.execute(insert(MediaPerson), people)
    session.execute(insert(Draft), [_draft(n, draft, on, now) for n, (draft, _) in enumerate(ids)])
    session.execute(insert(DraftVersion), [_version(draft, item, now) for draft, item in ids])
    session.execute(insert(DraftMedia), [{"draft_id": d, "item_id": item, "position": 0} for d, item in ids])
    session.commit()


def _item(item: str, on: f.Stage, now: datetime) -> dict[str, Any]:
    return {
        "id": item, "place": on.place, "unit_id": on.world.area, "kind": "photo", "width": 1200,
        "height": 1500, "has_sound": False, "source_sha256": item * 2, "face_state": "counted",
        "made_by": "host:1", "made_at": now, "is_nobody": False, "shoots": [],
    }  # fmt: skip


def _edition(item: str, now: datetime) -> dict[str, Any]:
    return {
        "item_id": item, "number": 0, "sha256": item * 2, "size": 1, "boxes": [], "made_by": "host:1",
        "made_at": now,
    }  # fmt: skip


def _person(item: str, subject_id: str, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(), "item_id": item, "found_by": "person", "answer": "person", "subject_id": subject_id,
        "answered_by": "host:1", "answered_at": now, "made_at": now,
    }  # fmt: skip


def _draft(n: int, draft_id: str, on: f.Stage, now: datetime) -> dict[str, Any]:
    due = now + timedelta(hours=n % 700) if n % 7 else None
    return {
        "id": draft_id, "takeover_id": on.takeover, "unit_id": on.world.area, "profile_id": on.world.profile,
        "kind": "daily", "state": STATES[n % len(STATES)], "state_since": now - timedelta(hours=n % 60),
        "author": "host:1", "due_at": due, "title": WORDS[:60], "made_at": now, "changed_at": now,
        "submitted_at": now, "declared_by": "host:1",
    }  # fmt: skip


def _version(draft_id: str, item: str, now: datetime) -> dict[str, Any]:
    content = Content(pictures=(Picture(item, f.ALT),), caption=WORDS)
    return {
        "draft_id": draft_id, "number": 1, "content": content.to_json(), "made_by": "host:1",
        "made_at": now, "changed_at": now,
    }  # fmt: skip


def test_the_queue_of_five_thousand_posts(
    client: InspectingClient,
    sign_in: Callable[..., int],
    posts: None,
    queries: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    sign_in("communications")
    client.application.test_client_class = None  # the inspection is not what is timed
    plain = client.application.test_client()
    with client.session_transaction() as mine, plain.session_transaction() as theirs:
        theirs.update(mine)
    for address in ("/posts", "/posts?tab=stalled", "/posts?tab=all&page=60"):
        times, count = [], 0
        for _ in range(ROUNDS):
            queries.clear()
            started = time.process_time()  # others may be at work on this machine
            answer = plain.get(address)
            times.append((time.process_time() - started) * 1000)
            count = len([sql for sql in queries if not sql.startswith(("BEGIN", "PRAGMA"))])
        size = len(answer.data) / 1024
        with capsys.disabled():
            print(f"\n{address}: {median(times):.0f} ms, {count} queries, {size:.0f} KiB", end="")
        assert answer.status_code == 200 and answer.data.count(b"queue-row") == 50
        assert count <= MOST_QUERIES
