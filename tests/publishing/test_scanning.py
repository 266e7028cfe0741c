"""Looking through a profile: the baseline, strangers, ours that are gone, and what people decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core import clock
from branding.core.db import Database
from branding.core.errors import NotAllowed
from branding.core.ids import new_id
from branding.core.settings import Settings
from branding.publishing.models import FoundPost, PracticePost, Publication
from branding.publishing.queries.found import found_posts
from branding.publishing.service import scanning
from branding.publishing.service.practice import PracticeClient
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import RemotePost
from branding.publishing.values.down import FoundState
from branding.publishing.values.states import State, Way
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@pytest.fixture
def post(database: Database, settings: Settings, session: Session, on: drafts.Stage, at: At) -> Publication:
    f.connect(session, on)
    return f.out(database, settings, session, on, at)[0]


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[RemotePost]:
    """What stands on the profile besides ours: somebody posts by phone."""
    found: list[RemotePost] = []
    real = PracticeClient.posts_since

    def posts(self: PracticeClient, since: datetime) -> list[RemotePost]:
        return [*real(self, since), *(one for one in found if one.posted_at >= since)]

    monkeypatch.setattr(PracticeClient, "posts_since", posts)
    return found


def by_phone(posted_at: datetime, name: str = "") -> RemotePost:
    key = name or new_id()
    return RemotePost(key, "Hej fra telefonen", posted_at, f"https://example.com/p/{key}/", "feed")


def scan(database: Database, settings: Settings) -> int:
    return scanning.scan(f.outlets(database, settings))


def found(database: Database) -> list[FoundPost]:
    with database.reader() as session:
        return list(session.exec(select(FoundPost)))


def test_the_first_look_is_the_baseline_and_alarms_nobody(
    database: Database, settings: Settings, post: Publication, listed: list[RemotePost], at: At
) -> None:
    listed += [by_phone(clock.now() - timedelta(days=days)) for days in (1, 100, 300)]
    at("2026-11-02 11:00")
    assert scan(database, settings) == 1
    assert {row.state for row in found(database)} == {FoundState.OLD} and len(found(database)) == 3
    assert Event.UNREGISTERED not in f.alerts(database)


def test_a_post_that_nobody_registered_is_told_the_same_day_and_once(
    database: Database, settings: Settings, post: Publication, listed: list[RemotePost], at: At
) -> None:
    """H5."""
    at("2026-11-02 11:00")
    scan(database, settings)
    listed.append(by_phone(at("2026-11-02 12:00")))
    at("2026-11-02 13:00")
    scan(database, settings)
    scan(database, settings)
    (row,) = found(database)
    assert row.state == FoundState.NEW and f.alerts(database).count(Event.UNREGISTERED) == 1


def test_what_may_be_ours_is_not_called_a_stranger(
    database: Database,
    settings: Settings,
    session: Session,
    post: Publication,
    listed: list[RemotePost],
    at: At,
) -> None:
    """While nobody knows which post one of ours is, it may be this one."""
    post.state, post.external_id = State.NEEDS_REVIEW, ""
    session.add(post)
    session.commit()
    listed.append(by_phone(at("2026-11-02 10:01")))
    at("2026-11-02 11:00")
    scan(database, settings)
    assert [row for row in found(database) if row.external_id == listed[0].external_id] == []


def test_what_was_held_back_is_found_when_it_is_known_that_it_is_not_ours(
    database: Database,
    settings: Settings,
    session: Session,
    post: Publication,
    listed: list[RemotePost],
    at: At,
) -> None:
    """However long it took somebody to say what became of ours."""
    scan(database, settings)
    external_id = post.external_id
    post.state, post.external_id = State.NEEDS_REVIEW, ""
    session.add(post)
    session.commit()
    listed.append(by_phone(at("2026-11-02 10:30")))
    at("2026-11-05 11:00")
    scan(database, settings)
    post.state, post.external_id = State.PUBLISHED, external_id
    session.add(post)
    session.commit()
    at("2026-11-05 12:00")
    scan(database, settings)
    assert [row.state for row in found(database) if row.external_id == listed[0].external_id] == ["new"]


def test_a_post_put_up_by_hand_is_known_by_its_address(
    database: Database,
    settings: Settings,
    session: Session,
    post: Publication,
    listed: list[RemotePost],
    at: At,
) -> None:
    post.way, post.external_id, post.permalink = Way.HAND, "", "https://example.com/p/abc?igsh=1"
    session.add(post)
    session.commit()
    listed.append(by_phone(clock.now(), "abc"))
    at("2026-11-02 11:00")
    scan(database, settings)
    assert "abc" not in {row.external_id for row in found(database)}


def test_ours_that_is_gone_is_believed_the_second_time(
    database: Database, settings: Settings, session: Session, post: Publication, at: At
) -> None:
    at("2026-11-02 11:00")
    scan(database, settings)
    with database.transaction() as writing:
        row = writing.exec(select(PracticePost)).one()
        row.removed_at = clock.now()
    scan(database, settings)
    gone = f.row(database, post.id)
    assert gone.state == State.PUBLISHED and gone.missing_at == clock.now()
    at("2026-11-02 12:00")
    scan(database, settings)
    assert f.state(database, post.id) == (State.REMOVED, "gone")


def test_ours_that_is_there_again_was_never_gone(
    database: Database, settings: Settings, session: Session, post: Publication, at: At
) -> None:
    post.missing_at = clock.now()
    session.add(post)
    session.commit()
    at("2026-11-02 12:00")
    scan(database, settings)
    assert f.row(database, post.id).missing_at is None


@pytest.fixture
def stranger(
    database: Database, settings: Settings, post: Publication, listed: list[RemotePost], at: At
) -> int:
    at("2026-11-02 11:00")
    scan(database, settings)
    listed.append(by_phone(at("2026-11-02 12:00")))
    scan(database, settings)
    (row,) = found(database)
    assert row.id is not None
    return row.id


def test_somebody_says_that_it_is_fine_and_can_take_it_back(
    database: Database, session: Session, stranger: int
) -> None:
    scanning.say_fine(session, f.KAREN, stranger, now=clock.now())
    session.commit()
    assert Event.UNREGISTERED not in f.alerts(database)
    scanning.reopen(session, f.KAREN, stranger, now=clock.now())
    assert [one.state for one in found_posts(session)] == [FoundState.NEW]


def test_only_communications_looks_through_them(session: Session, on: drafts.Stage, stranger: int) -> None:
    with pytest.raises(NotAllowed):
        scanning.say_fine(session, on.host, stranger, now=clock.now())


def test_it_is_one_of_ours_that_nobody_could_find(
    database: Database, session: Session, post: Publication, stranger: int
) -> None:
    post.state, post.external_id, post.permalink = State.NEEDS_REVIEW, "", ""
    session.add(post)
    session.commit()
    scanning.bind(session, f.KAREN, stranger, post.id, now=clock.now())
    session.commit()
    bound = f.row(database, post.id)
    assert bound.state == State.PUBLISHED and bound.external_id and bound.permalink.startswith("https://")


def test_the_pages_lead_from_the_list_to_the_answer(
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
    post: Publication,
    stranger: int,
) -> None:
    sign_in("communications")
    client.page("/publishing/found")
    client.page(f"/profiles/{post.profile_id}/found")
    client.send(f"/publishing/found/{stranger}", status=400)
    client.send(f"/publishing/found/{stranger}", {"answer": "down"})
    assert found(database)[0].state == FoundState.DOWN
    client.send(f"/publishing/found/{stranger}", {"answer": "gone"})
    assert found(database)[0].state == FoundState.GONE
    client.send(f"/publishing/found/{stranger}/undo")
    assert found(database)[0].state == FoundState.NEW
