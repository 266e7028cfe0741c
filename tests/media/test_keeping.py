"""How long pictures are kept, what goes when, and that nothing brings it back."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import pytest
from PIL import Image
from sqlmodel import Session, select

from branding.consent.service import erasing
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.errors import Missing, RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.core.text import say
from branding.media import jobs, vault
from branding.media.models import MediaEdition, MediaItem, MediaPerson
from branding.media.queries import depicted, item_views, items_at
from branding.media.service import blurring, files, intake, keeping, people
from branding.media.values import Box, Ratio, Size
from tests.consent.factories import colleague
from tests.media import factories
from tests.media.factories import PLACE, host, staff, taken_in

At = Callable[[str], datetime]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


@pytest.fixture
def run(
    database: Database, settings: Settings, session: Session
) -> Callable[[Callable[[Job], None], datetime], None]:
    """Runs a job as the worker does, and lets the session see what it did."""

    def run_it(job: Callable[[Job], None], at: datetime) -> None:
        session.commit()
        job(Job("media", database, settings, at))
        session.expire_all()

    return run_it


def stored(session: Session, item_id: str) -> set[str]:
    folder = vault.folder_of(session, item_id)
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def blurred(session: Session, area: int, now: datetime) -> str:
    item_id = taken_in(session, area, now=now)
    box = people.add_box(session, host(area), PLACE, item_id, Box(0.0, 0.0, 0.25, 0.25), now=now)
    blurring.blur(session, host(area), PLACE, item_id, [box], now=now)
    return item_id


def test_the_original_goes_after_its_day_and_the_current_view_stays(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = blurred(session, area, now)
    view = files.rendition(session, item_id)
    keeping.keep_until(session, host(area), [item_id], date(2026, 11, 20), now=now)
    run(jobs.purge, at("2026-11-20 04:55"))
    assert "0.full" in stored(session, item_id)
    run(jobs.purge, at("2026-11-21 04:55"))
    assert stored(session, item_id) == {"kept.view", "kept.thumb"}
    assert files.rendition(session, item_id) == view
    assert Image.open(io.BytesIO(files.rendition(session, item_id, ratio=Ratio.SQUARE))).size == (240, 240)
    assert files.rendition(session, item_id, size=Size.THUMB)
    assert item_views(session, [item_id])[item_id].is_purged
    with pytest.raises(Missing):
        files.published(session, item_id, 1)
    assert vault.original_keys(session).is_destroyed(item_id), "no backup of the files can be read"


def test_an_item_without_a_day_is_kept(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = taken_in(session, area, now=now)
    keeping.keep_until(session, host(area), [item_id], date(2026, 10, 13), now=now)
    keeping.keep_until(session, host(area), [item_id], None, now=now)
    run(jobs.purge, at("2028-11-21 04:55"))
    assert files.published(session, item_id, 0, Ratio.SQUARE)


def test_a_film_goes_after_its_day_and_its_poster_stays(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = taken_in(session, area, now=now, content=factories.film(seconds=1))
    keeping.keep_until(session, host(area), [item_id], date(2026, 10, 13), now=now)
    run(jobs.purge, at("2026-10-14 04:55"))
    assert stored(session, item_id) == {"kept.view", "kept.thumb"}
    assert files.strip(session, item_id) == []
    with pytest.raises(Missing):
        files.film(session, item_id)


def test_what_is_dropped_is_gone_within_a_minute(
    session: Session, area: int, now: datetime, run: Callable[..., None]
) -> None:
    item_id = blurred(session, area, now)
    keeping.drop(session, host(area), [item_id], now=now)
    with pytest.raises(Missing):
        files.rendition(session, item_id)
    assert items_at(session, PLACE) == [] and depicted(session, [item_id]) == {}
    run(jobs.drop_erased, now)
    assert stored(session, item_id) == set()
    assert not list(vault.original_keys(session).names())
    assert not session.exec(select(MediaPerson)).all()
    assert [row.boxes for row in session.exec(select(MediaEdition))] == [[], []]
    assert taken_in(session, area, now=now) != item_id, "the same picture may come again"
    keeping.drop(session, host(area), [item_id], now=now)
    with pytest.raises(Missing):
        keeping.drop(session, host(area + 1), [item_id], now=now)


def test_a_picture_of_somebody_who_was_erased_goes_with_everybody_in_it(
    session: Session, area: int, now: datetime, run: Callable[..., None]
) -> None:
    alma, mikkel = (colleague(session, area, now=now, label=label) for label in ("Alma", "Mikkel"))
    both, other = (
        taken_in(session, area, now=now, content=factories.encoded(size=(80, side))) for side in (40, 50)
    )
    for subject_id in (alma, mikkel):
        people.name_person(session, host(area), PLACE, both, subject_id, now=now)
    people.name_person(session, host(area), PLACE, other, mikkel, now=now)
    people.name_person(session, host(area), PLACE, other, "f" * 32, now=now)  # nobody on the register
    run(jobs.drop_erased, now)
    assert {item.id for item in items_at(session, PLACE)} == {both, other}
    erasing.finish(session, erasing.erase(session, SYSTEM, alma, now=now))
    run(jobs.drop_erased, now)
    assert [item.id for item in items_at(session, PLACE)] == [other]
    assert stored(session, both) == set() and stored(session, other)


def test_a_backup_brings_nothing_back(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    dropped, purged = (
        taken_in(session, area, now=now, content=factories.encoded(size=(80, side))) for side in (40, 50)
    )
    keeping.drop(session, staff(), [dropped], now=now)
    keeping.keep_until(session, staff(), [purged], date(2026, 10, 12), now=now)
    run(jobs.purge, at("2026-10-13 04:55"))
    run(jobs.drop_erased, now)
    for item_id in (dropped, purged):  # the database as it was before
        row = session.get(MediaItem, item_id)
        assert row is not None
        row.dropped_at = row.purged_at = None
    run(jobs.drop_erased, now)
    found = item_views(session, [dropped, purged])
    assert found[dropped].is_dropped
    assert found[purged].is_purged and files.rendition(session, purged)


def test_a_page_that_fails_after_it_took_a_picture_in_leaves_nothing_of_it(
    session: Session, area: int, now: datetime
) -> None:
    kept = taken_in(session, area, now=now)
    with session.begin_nested():
        pass  # a part that went well is not the end
    session.commit()
    failed = taken_in(session, area, now=now, content=factories.encoded("PNG"))
    with suppress(RuleBroken), session.begin_nested():
        raise RuleBroken("any", say("Somewhere else."))
    assert stored(session, failed), "a part that failed is not the end"
    session.rollback()
    assert stored(session, kept) and not stored(session, failed)
    assert list(vault.original_keys(session).names()) == [kept]


def test_what_a_crash_left_goes_a_month_after_it_was_first_met(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = crashed(session, area, now)
    run(jobs.purge, at("2027-03-01 04:55"))  # however old it is by then
    run(jobs.purge, at("2027-03-20 04:55"))
    assert stored(session, item_id)
    run(jobs.purge, at("2027-04-02 04:55"))
    assert not stored(session, item_id) and not list(vault.original_keys(session).names())


def test_a_database_that_is_the_wrong_one_for_a_while_costs_no_picture(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = crashed(session, area, now)
    run(jobs.purge, at("2027-03-01 04:55"))
    row = _row(item_id, area, now)  # the right database is back, and goes again
    session.add(row)
    run(jobs.purge, at("2027-03-02 04:55"))
    session.delete(row)
    run(jobs.purge, at("2027-04-02 04:55"))
    assert stored(session, item_id), "the month begins anew"


def crashed(session: Session, area: int, now: datetime) -> str:
    """Files and a key that no row knows, as a machine that went down leaves them."""
    return intake.prepare(session, factories.phone_jpeg()).item_id


def _row(item_id: str, area: int, now: datetime) -> MediaItem:
    return MediaItem(
        id=item_id,
        place=PLACE,
        unit_id=area,
        kind="photo",
        width=1,
        height=1,
        source_sha256="c" * 64,
        made_by="host:5",
        made_at=now,
    )


def test_a_picture_of_which_nobody_says_how_long_is_not_kept_for_ever(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = taken_in(session, area, now=now)
    assert item_views(session, [item_id])[item_id].keep_until == date(2027, 1, 10)


def test_one_picture_that_cannot_be_kept_does_not_keep_the_others_from_going(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    odd, other = (
        taken_in(session, area, now=now, content=factories.encoded(size=(80, side))) for side in (40, 50)
    )
    vault.shown_keys(session).destroy(odd)  # dropped once, and back from a backup
    keeping.keep_until(session, host(area), [odd, other], date(2026, 10, 13), now=now)
    run(jobs.purge, at("2026-10-14 04:55"))
    assert stored(session, odd) == set() and stored(session, other) == {"kept.view", "kept.thumb"}
    run(jobs.drop_erased, at("2026-10-14 04:56"))
    assert item_views(session, [odd])[odd].is_dropped


def test_files_of_a_dropped_picture_that_a_crash_left_go_with_the_next_sweep(
    session: Session, area: int, now: datetime, at: At, run: Callable[..., None]
) -> None:
    item_id = taken_in(session, area, now=now)
    keeping.drop(session, host(area), [item_id], now=now)
    vault.original_keys(session).destroy(item_id)  # and there the machine went down
    run(jobs.drop_erased, now)
    assert stored(session, item_id)
    run(jobs.purge, at("2026-10-13 04:55"))
    assert not stored(session, item_id)
