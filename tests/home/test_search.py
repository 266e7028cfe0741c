"""The search: everything that the reader may see, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.home.rules.searching import cleaned, units_named, week_of
from branding.plan.service.channels import add_channel
from branding.plan.values import ChannelKind, ChannelRequest
from tests.drafts import factories as drafts
from tests.home import factories, rows
from tests.plan import factories as plan
from tests.support.client import InspectingClient

SignIn = Callable[..., int]


@pytest.fixture
def stage(session: Session, at: Callable[[str], datetime]) -> drafts.Stage:
    """A takeover with posts, and an activity; all of it in the first area."""
    now = at("2026-11-02 08:00")
    found = drafts.stage(session, now)
    channel = add_channel(session, SYSTEM, ChannelRequest(ChannelKind.LINKEDIN, "LinkedIn"), now=now)
    on = plan.World(found.world.area, found.world.other_area, channel, channel)
    drafts.begun(session, found, now, caption="Æblekage i dagtilbuddet")
    plan.activity(session, on, "2026-11-20", title="Ærlig snak om nattevagter")
    profile = rows.add_profile(session, "anden")
    slot = rows.add_slot(session, rows.add_plan(session, profile, "Anden"), found.world.area, 2026, 50)
    rows.add_takeover(session, slot, date(2026, 12, 7), date(2026, 12, 13), host="Øjvind Prøve")
    session.commit()
    return found


@pytest.mark.parametrize(
    ("words", "week"),
    [
        ("uge 44", Week(2026, 44)),
        ("Uge 2", Week(2027, 2)),
        ("week 44 2022", Week(2022, 44)),
        ("2022-W44", Week(2022, 44)),
        ("uge 99", None),
        ("44", None),
        ("ugens", None),
    ],
)
def test_a_week_is_found_by_its_name_and_the_nearest_is_meant(words: str, week: Week | None) -> None:
    assert week_of(words, date(2026, 11, 2)) == week


def test_units_are_found_by_either_name_and_the_short_one_comes_first() -> None:
    found = units_named(
        [factories.unit(1, "SVOLD"), factories.unit(2, "SVO"), factories.unit(3, "DOK")], "svo"
    )
    assert [one.name for one in found] == ["SVO", "SVOLD"]
    assert cleaned("  to   ord ") == "to ord"


def test_a_host_and_an_activity_are_found_in_either_case_with_their_status(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage
) -> None:
    sign_in("communications")
    hosts = client.page("/search?q=øjvind").text("main")
    assert "Takeovers og værter" in hosts and "Øjvind Prøve" in hosts and "1 resultat" in hosts
    activity = client.page("/search?q=ÆRLIG").text("main")
    assert "Ærlig snak om nattevagter" in activity and "planlagt" in activity


def test_what_comes_back_by_itself_is_found_by_those_who_look_after_it(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage, session: Session
) -> None:
    on = plan.World(stage.world.area, stage.world.other_area, 1, 1)
    plan.weekly(session, on, "2026-11-02", title="Ærlig tirsdag")
    session.commit()
    sign_in("reader")
    assert "Ærlig tirsdag" not in client.page("/search?q=ærlig").text("main")
    sign_in("communications")
    page = client.page("/search?q=ærlig")
    assert "Ærlig tirsdag" in page.text("main") and "kommer igen" in page.text("main")
    (there,) = [one for one in page.links().values() if "/formats/" in one]
    assert client.get(there).status_code == 200


def test_a_week_gives_its_takeovers_and_the_calendar(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage
) -> None:
    sign_in("reader")
    page = client.page("/search?q=uge+50")
    assert "Øjvind" in page.text("main") and "/calendar/week/2026/50" in page.links().values()


def test_a_post_is_found_by_its_words_by_those_who_may_see_it_being_made(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage
) -> None:
    sign_in("communications")
    text = client.page("/search?q=æblekage").text("main")
    assert "Æblekage i dagtilbuddet" in text and "kladde" in text
    for role, unit in (("coordinator", stage.world.other_area), ("reader", None)):
        sign_in(role, unit)
        assert "Intet fundet" in client.page("/search?q=æblekage").text("main")


def test_a_report_is_found_by_its_name_in_the_readers_language(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage
) -> None:
    sign_in("reader")
    assert "/reports/strategy" in client.page("/search?q=strategi").links().values()


def test_a_coordinator_finds_no_host_and_nobody_of_another_area(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage
) -> None:
    sign_in("coordinator", stage.world.other_area)
    assert "Intet fundet" in client.page("/search?q=øjvind").text("main")
    sign_in("communications")
    assert "Øjvind" in client.page("/search?q=øjvind").text("main")


def test_only_those_who_may_open_the_register_search_in_it_and_the_log_says_so(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage, session: Session
) -> None:
    def noted() -> list[AuditEntry]:
        found = list(session.exec(select(AuditEntry).where(AuditEntry.tag == "consent:people:searched")))
        session.rollback()
        return found

    sign_in("reader")
    client.page("/search?q=øjvind")
    assert not noted()
    sign_in("dpo")
    client.page("/search?q=øjvind")
    (entry,) = noted()
    assert "jvind" not in entry.subject_id and "jvind" not in str(entry.marks)
    client.page("/search")
    client.page("/search?q=ø")
    assert len(noted()) == 1


def test_empty_short_and_strange_words_are_answered_kindly(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage
) -> None:
    sign_in("communications")
    assert "Søg i hele Stafet" in client.page("/search").text("main")
    assert "Skriv et bogstav mere" in client.page("/search?q=a").text("main")
    for words in ("%25%25%25", "__", "%3Cscript%3E", "x" * 300, "😀😀"):
        assert "Intet fundet" in client.page(f"/search?q={words}").text("main")


def test_the_queries_are_as_many_whatever_is_found(
    client: InspectingClient, sign_in: SignIn, stage: drafts.Stage, session: Session, database: Database
) -> None:
    sign_in("communications")

    def asked(words: str) -> int:
        said: list[str] = []
        event.listen(database.engine, "before_cursor_execute", listener := lambda *a: said.append(a[2]))
        client.get(f"/search?q={words}")
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(said)

    before = asked("Prøve")
    slot = rows.add_slot(session, 1, stage.world.area, 2026, 52)
    for number in range(5):
        rows.add_takeover(session, slot, date(2026, 12, 21), date(2026, 12, 27), host=f"Prøve {number}")
    session.commit()
    assert asked("Prøve") == before


def test_nobody_searches_without_signing_in(client: InspectingClient) -> None:
    assert client.get("/search?q=svo").status_code == 303
