from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.drafts.models import Draft, DraftVersion
from branding.drafts.rules.keeping import goes
from branding.drafts.service import clearing, drafts, saving
from branding.drafts.values.drafts import DraftState, Start
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaItem
from tests.drafts import factories as f

At = Callable[[str], datetime]
LONG = timedelta(days=91)


@pytest.mark.parametrize("state", list(DraftState))
@pytest.mark.parametrize("is_idea", [True, False])
@pytest.mark.parametrize(("days", "thrown", "unsent"), [(29, 0, 0), (30, 1, 0), (89, 1, 0), (90, 1, 1)])
def test_only_what_nobody_needs_goes(
    state: DraftState, is_idea: bool, days: int, thrown: int, unsent: int
) -> None:
    now = datetime.fromisoformat("2026-11-02T08:00:00+00:00")
    expected = bool(thrown) if state == DraftState.DROPPED else False
    if state in (DraftState.WRITING, DraftState.RETURNED) and not is_idea:
        expected = bool(unsent)
    assert goes(state, now - timedelta(days=days), is_idea=is_idea, now=now) is expected


def test_the_post_goes_with_its_versions_and_its_own_pictures(session: Session, at: At) -> None:
    now = at("2026-11-02 09:00")
    on = f.stage(session, now)
    shared, own = f.picture(session, on, now), f.picture(session, on, now)
    gone = f.begun(session, on, now, items=(shared, own))
    sent = f.submitted(session, on, now, items=(shared,))
    idea = drafts.start(session, on.coordinator, Start(PostKind.DAILY, unit_id=on.world.area), now=now)
    assert not clearing.anything_to_clear(session, now=now + timedelta(days=89))
    assert clearing.clear(session, now=now + LONG) == 1
    assert set(session.exec(select(Draft.id))) == {sent, idea}
    assert gone not in set(session.exec(select(DraftVersion.draft_id)))
    assert session.get_one(MediaItem, own).dropped_at is not None
    assert session.get_one(MediaItem, shared).dropped_at is None
    assert clearing.clear(session, now=now + LONG) == 0


def test_a_picture_that_no_post_shows_goes_when_nobody_can_want_it_back(session: Session, at: At) -> None:
    now = at("2026-11-02 09:00")
    on = f.stage(session, now)
    kept, out = f.picture(session, on, now), f.picture(session, on, now)
    draft_id = f.submitted(session, on, now, items=(kept, out))
    saving.remove_picture(session, on.coordinator, draft_id, out, now=now)
    clearing.clear(session, now=now + timedelta(days=89))
    assert session.get_one(MediaItem, out).dropped_at is None
    assert clearing.anything_to_clear(session, now=now + LONG)
    clearing.clear(session, now=now + LONG)
    assert session.get_one(MediaItem, out).dropped_at is not None
    assert session.get_one(MediaItem, kept).dropped_at is None
