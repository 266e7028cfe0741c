"""Subscribed calendars: what they hold, who may fetch them, and that a client never sees double."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import event
from sqlmodel import Session, select

from branding.accounts import service as accounts
from branding.accounts.models import RoleGrant
from branding.audit.models import AuditEntry
from branding.core.actor import SYSTEM
from branding.core.clock import UTC
from branding.core.db import Database
from branding.core.isoweek import Week
from branding.rotation import queries as rotation_queries
from branding.rotation import service as rotation
from branding.rotation.values import Block, MoveRequest, NewSlot, SlotFacts, SlotStatus
from branding.takeovers.calendar_file import calendar_file
from branding.takeovers.models import CalendarFeed
from branding.takeovers.service import hosts, moves, takeovers, week
from branding.takeovers.values import CalendarEvent, EventStatus, MoveTakeover, NameHost
from tests.support.client import InspectingClient
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, World

At = Callable[[str], datetime]
SignIn = Callable[..., int]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-05 09:00")


@pytest.fixture
def world(session: Session, now: datetime) -> World:
    """A two-week turn of SOH in weeks 45-46."""
    made = factories.world(session, now)
    session.commit()
    return made


class Program:
    """A calendar program: it fetches, and of each UID it keeps what has the highest SEQUENCE."""

    def __init__(self, client: InspectingClient, address: str) -> None:
        self.client, self.address = client, address
        self.known: dict[str, Any] = {}

    def fetch(self) -> list[str]:
        """The days and words of what it shows."""
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        for found in read(answer.data).walk("VEVENT"):
            uid, mine = str(found["UID"]), self.known.get(str(found["UID"]))
            if mine is None or stamp(found) >= stamp(mine):
                self.known[uid] = found
        shown = [found for found in self.known.values() if found["STATUS"] != "CANCELLED"]
        return sorted(f"{found['DTSTART'].dt}/{found['DTEND'].dt} {found['SUMMARY']}" for found in shown)


def stamp(found: Any) -> tuple[int, datetime]:
    return int(found["SEQUENCE"]), found["DTSTAMP"].dt


def read(data: bytes) -> Any:
    return Calendar.from_ical(data)


def made_address(client: InspectingClient, unit_id: int = 0) -> str:
    """Make a feed through the page; returns the path of its address."""
    page = client.send("/calendar/feeds", {"unit_id": unit_id})
    link = next(one.get("value") for one in page.all("input") if one.get("id") == "feed-address")
    assert link and link.startswith("http://127.0.0.1:8000/feeds/")
    return link.removeprefix("http://127.0.0.1:8000")


def tags(session: Session) -> list[str]:
    rows = session.exec(select(AuditEntry.tag).order_by(AuditEntry.id))  # type: ignore[arg-type]
    return [tag for tag in rows if tag.startswith("takeovers:feed:")]


def only_feed(session: Session) -> int | None:
    """Its id; the session lets go again, so that pages may write."""
    found = session.exec(select(CalendarFeed.id)).one()
    session.rollback()
    return found


def facts(session: Session, slot_id: int, **changed: Any) -> SlotFacts:
    slot = rotation_queries.slot_view(session, slot_id)
    said = {
        "profession_id": slot.profession_id,
        "topic": slot.topic,
        "responsible": slot.responsible,
        "note": slot.note,
        "status": slot.status,
    }
    return SlotFacts(slot_id=slot_id, version=slot.version, **{**said, **changed})


def move(session: Session, slot_id: int, to: str, now: datetime) -> int:
    target = Week.parse(to)
    plan = rotation.plan_move(session, COMMUNICATIONS, slot_id, target)
    return moves.move_slot(session, COMMUNICATIONS, MoveRequest(slot_id, target, plan.stamp), now=now)


# --- what the file says ---------------------------------------------------------------------


def test_the_rotation_comes_as_whole_days_that_take_no_time(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    changed = facts(session, world.slot, topic="Hverdagen på Høskoven, æøå", status=SlotStatus.TENTATIVE)
    rotation.edit_slot(session, COMMUNICATIONS, changed, now=now)
    session.commit()
    sign_in("communications")
    answer = client.get(made_address(client))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer.headers["Cache-Control"]
    calendar = read(answer.data)
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert "METHOD" not in calendar  # RFC 5546 would ask for an ORGANIZER in each event
    assert calendar["PRODID"] and calendar["X-WR-CALNAME"] and calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    (found,) = calendar.walk("VEVENT")
    assert found["DTSTART"].dt == date(2026, 11, 2)
    assert found["DTEND"].dt == date(2026, 11, 16)  # exclusive: the Monday after
    assert (found["TRANSP"], found["STATUS"], int(found["SEQUENCE"])) == ("TRANSPARENT", "TENTATIVE", 2)
    assert found["SUMMARY"] == "SOH: takeover på @proeve"
    assert "Emne: Hverdagen på Høskoven, æøå" in found["DESCRIPTION"]
    assert f"http://127.0.0.1:8000/slots/{world.slot}" in found["DESCRIPTION"]
    assert re.fullmatch(rf"slot-{world.slot}-\d+@stafet", found["UID"])
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == now


def test_hosts_are_named_in_no_feed_of_staff(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    factories.invited(session, factories.takeover(session, world, now), now)
    session.commit()
    sign_in("communications")
    assert b"Anna" not in client.get(made_address(client)).data


def test_long_lines_are_folded_between_letters_and_come_back_whole() -> None:
    topic = "Så gør vi det på æ, ø og å – " * 12
    data = calendar_file("Takeovers", [entry(description=topic)])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert read(data).walk("VEVENT")[0]["DESCRIPTION"] == topic


@given(st.text(max_size=200))
def test_whatever_people_write_stays_inside_its_own_line(written: str) -> None:
    """No text may end the event, or begin another one."""
    data = calendar_file(
        "Takeovers", [entry(summary=f"{written}\r\nEND:VEVENT\nBEGIN:VALARM", description=written)]
    )
    calendar = read(data)
    assert [found.name for found in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    assert data.count(b"BEGIN:VEVENT\r\n") == 1 and b"\r\nBEGIN:VALARM" not in data
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not [one for line in lines for one in line.decode() if ord(one) < 32 or 127 <= ord(one) < 160]


def test_a_topic_with_line_breaks_is_one_line(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    changed = facts(session, world.slot, topic="Hej\r\nATTENDEE:mailto:x@example.dk")
    rotation.edit_slot(session, COMMUNICATIONS, changed, now=now)
    session.commit()
    sign_in("reader")
    (found,) = read(client.get(made_address(client)).data).walk("VEVENT")
    assert "ATTENDEE" not in found
    assert "Emne: Hej ATTENDEE:mailto:x@example.dk" in found["DESCRIPTION"]


def test_a_calendar_without_turns_is_a_calendar_too() -> None:
    calendar = read(calendar_file("Takeovers", []))
    assert [found.name for found in calendar.subcomponents] == ["VTIMEZONE"]
    assert not calendar.walk("VEVENT")


def entry(summary: str = "Takeover", description: str = "") -> CalendarEvent:
    moment = datetime(2026, 10, 1, 8, tzinfo=UTC)
    days = date(2026, 11, 2), date(2026, 11, 8)
    return CalendarEvent("slot-1-1@stafet", 1, moment, *days, EventStatus.CONFIRMED, summary, description)


# --- fetching again -------------------------------------------------------------------------


def test_a_moved_turn_moves_a_cancelled_one_disappears_and_nothing_is_there_twice(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    sign_in("communications")
    program = Program(client, made_address(client))
    name = "SOH: takeover på @proeve"
    assert program.fetch() == program.fetch() == [f"2026-11-02/2026-11-16 {name}"]
    move_id = move(session, world.slot, "2026-W48", now + timedelta(minutes=1))
    session.commit()
    assert program.fetch() == [f"2026-11-23/2026-12-07 {name}"]
    moves.undo_slot_move(session, COMMUNICATIONS, move_id, now=now + timedelta(minutes=2))
    session.commit()
    assert program.fetch() == [f"2026-11-02/2026-11-16 {name}"]
    rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=now + timedelta(minutes=3))
    session.commit()
    assert program.fetch() == []
    rotation.restore_slot(
        session, COMMUNICATIONS, world.slot, SlotStatus.CONFIRMED, now=now + timedelta(minutes=4)
    )
    session.commit()
    assert program.fetch() == [f"2026-11-02/2026-11-16 {name}"]
    assert len(program.known) == 1


def test_a_cancelled_turn_is_told_for_half_a_year(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime, at: At
) -> None:
    rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=now)
    session.commit()
    sign_in("communications")
    address = made_address(client)
    (found,) = read(client.get(address).data).walk("VEVENT")
    assert (found["STATUS"], found["SUMMARY"]) == ("CANCELLED", "Aflyst: SOH: takeover på @proeve")
    at("2027-04-06 09:00")
    assert not read(client.get(address).data).walk("VEVENT")


def test_a_host_sees_the_own_days_move_and_be_called_off(
    client: InspectingClient, session: Session, world: World, now: datetime
) -> None:
    takeover_id = factories.takeover(session, world, now)
    _, token = factories.invited(session, takeover_id, now)
    session.commit()
    client.get(f"/host/{token}")
    page = client.send("/my-week/calendar")
    link = next(one.get("value") or "" for one in page.all("input") if one.get("id") == "feed-address")
    program = Program(client, link.removeprefix("http://127.0.0.1:8000"))
    name = "SOH: takeover på @proeve"
    assert program.fetch() == [f"2026-11-02/2026-11-09 {name}"]
    version = takeovers.takeover_for(session, COMMUNICATIONS, takeover_id).version
    request = MoveTakeover(takeover_id, date(2026, 11, 4), date(2026, 11, 6), version)
    moves.move_takeover(session, COMMUNICATIONS, request, now=now + timedelta(minutes=1))
    session.commit()
    assert program.fetch() == [f"2026-11-04/2026-11-07 {name}"]
    move(session, world.slot, "2026-W46", now + timedelta(minutes=2))
    session.commit()
    assert program.fetch() == [f"2026-11-11/2026-11-14 {name}"]
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=now + timedelta(minutes=3))
    session.commit()
    assert program.fetch() == []
    assert len(program.known) == 1


def test_a_host_who_said_no_or_was_taken_off_has_no_days(
    client: InspectingClient, session: Session, world: World, now: datetime
) -> None:
    host_id, token = factories.invited(session, factories.takeover(session, world, now), now)
    session.commit()
    client.get(f"/host/{token}")
    page = client.send("/my-week/calendar")
    link = next(one.get("value") or "" for one in page.all("input") if one.get("id") == "feed-address")
    program = Program(client, link.removeprefix("http://127.0.0.1:8000"))
    assert len(program.fetch()) == 1
    later = now + timedelta(minutes=1)
    week.decline(session, factories.as_host(host_id, world.area), today=later.date(), now=later)
    session.commit()
    assert program.fetch() == []
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=later.date(), now=later)
    session.commit()
    assert client.get(program.address).status_code == 410


def test_a_hosts_new_address_replaces_the_one_before_and_the_file_needs_none(
    client: InspectingClient, session: Session, world: World, now: datetime
) -> None:
    _, token = factories.invited(session, factories.takeover(session, world, now), now)
    session.commit()
    client.get(f"/host/{token}")
    addresses = []
    for _ in range(2):
        page = client.send("/my-week/calendar")
        addresses += [one.get("value") or "" for one in page.all("input") if one.get("id") == "feed-address"]
    first, second = (one.removeprefix("http://127.0.0.1:8000") for one in addresses)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    answer = client.get("/my-week/calendar.ics")
    assert "attachment" in answer.headers["Content-Disposition"]
    (found,) = read(answer.data).walk("VEVENT")
    assert (found["DTSTART"].dt, found["STATUS"]) == (date(2026, 11, 2), "TENTATIVE")
    assert tags(session) == ["takeovers:feed:made", "takeovers:feed:revoked", "takeovers:feed:made"]


def host_program(client: InspectingClient, token: str) -> Program:
    client.get(f"/host/{token}")
    page = client.send("/my-week/calendar")
    link = next(one.get("value") or "" for one in page.all("input") if one.get("id") == "feed-address")
    return Program(client, link.removeprefix("http://127.0.0.1:8000"))


def test_each_answer_of_a_host_counts_also_beside_a_second_host(
    client: InspectingClient, session: Session, world: World, now: datetime
) -> None:
    """The takeover's own status follows the slowest host, and does not change here."""
    takeover_id = factories.takeover(session, world, now)
    factories.invited(session, takeover_id, now, email="bo@example.dk")
    host_id, token = factories.invited(session, takeover_id, now)
    session.commit()
    program, seen = host_program(client, token), []
    letters = factories.Letters()

    def at_minute(minute: int) -> datetime:
        return now + timedelta(minutes=minute)

    def accept() -> None:
        factories.accepted(session, host_id, at_minute(1))

    def decline() -> None:
        week.decline(session, factories.as_host(host_id), today=now.date(), now=at_minute(2))

    def ask_again() -> None:
        hosts.invite_host(
            session, COMMUNICATIONS, host_id, letters.invitation, today=now.date(), now=at_minute(3)
        )

    for act in (accept, decline, ask_again):
        act()
        session.commit()
        program.fetch()
        (found,) = program.known.values()
        seen.append((found["STATUS"], *stamp(found)))
    assert [status for status, *_ in seen] == ["CONFIRMED", "CANCELLED", "TENTATIVE"]
    for part in (1, 2):
        assert [one[part] for one in seen] == sorted({one[part] for one in seen})


@pytest.mark.parametrize("how", ["link", "address", "anew"])
def test_a_link_that_is_taken_back_takes_its_calendar_with_it(
    client: InspectingClient, session: Session, world: World, now: datetime, how: str
) -> None:
    takeover_id = factories.takeover(session, world, now)
    host_id, token = factories.invited(session, takeover_id, now)
    session.commit()
    program, when = host_program(client, token), {"today": now.date(), "now": now}
    assert len(program.fetch()) == 1
    if how == "link":
        hosts.revoke_link(session, COMMUNICATIONS, host_id, now=now)
    elif how == "address":
        request = NameHost("Anna Prøve", "en.anden@example.dk", version=1)
        hosts.change_host(session, COMMUNICATIONS, host_id, request, **when)  # type: ignore[arg-type]
    else:
        hosts.remove_host(session, COMMUNICATIONS, host_id, **when)  # type: ignore[arg-type]
        request = NameHost("Anna Prøve", "anna@example.dk")
        hosts.name_host(session, COMMUNICATIONS, takeover_id, request, **when)  # type: ignore[arg-type]
    session.commit()
    assert client.get(program.address).status_code == 410
    assert "takeovers:feed:revoked" in tags(session)


def test_when_the_days_are_over_the_link_makes_no_calendar_any_more(
    client: InspectingClient, session: Session, world: World, now: datetime, at: At
) -> None:
    takeover_id = factories.takeover(session, world, now)
    host_id, token = factories.invited(session, takeover_id, now)
    factories.accepted(session, host_id, now)
    session.commit()
    client.get(f"/host/{token}")
    for day in ("2026-11-02 09:00", "2026-11-09 09:00"):
        takeovers.advance(session, today=at(day).date(), now=at(day))
    session.commit()
    for answer in (
        client.get("/my-week/calendar"),
        client.post("/my-week/calendar"),
        client.get("/my-week/calendar.ics"),
    ):
        assert (answer.status_code, answer.location) == (303, "/my-week/evaluation")
    assert session.exec(select(CalendarFeed)).first() is None


def test_what_has_not_changed_is_not_sent_again(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    sign_in("reader")
    address = made_address(client)
    first = client.get(address)
    assert first.headers["Last-Modified"] == "Mon, 05 Oct 2026 07:00:00 GMT"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    move(session, world.slot, "2026-W48", now)
    session.commit()
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


# --- whose it is ----------------------------------------------------------------------------


def test_a_unit_s_calendar_holds_its_departments_and_nobody_else(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    for unit, number in ((world.department, 48), (world.other_area, 49)):
        request = NewSlot(world.plan, unit, Block(Week(2026, number)))
        rotation.add_slot(session, SYSTEM, request, now=now)
    session.commit()
    sign_in("reader")
    names = [
        str(one["SUMMARY"]) for one in read(client.get(made_address(client, world.area)).data).walk("VEVENT")
    ]
    assert names == ["SOH: takeover på @proeve", "SOH · Høskoven AC: takeover på @proeve"]


def test_a_coordinator_reads_of_other_units_what_the_calendar_shows(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    request = NewSlot(
        world.plan, world.other_area, Block(Week(2026, 48)), topic="Nattevagten", responsible="Stab og Plan"
    )
    rotation.add_slot(session, SYSTEM, request, now=now)
    session.commit()
    sign_in("coordinator", world.area)
    own, other = read(client.get(made_address(client)).data).walk("VEVENT")
    assert "/slots/" in own["DESCRIPTION"]
    assert other["DESCRIPTION"] == "Emne: Nattevagten"
    assert "URL" not in other


def test_an_unknown_address_is_404_and_a_stopped_one_is_410_for_good(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World
) -> None:
    sign_in("communications")
    address = made_address(client)
    assert client.get("/feeds/nothing.ics").status_code == 404
    feed_id = only_feed(session)
    page = client.send(f"/calendar/feeds/{feed_id}/stop")
    assert "Adressen virker ikke længere" in page.text()
    assert client.get(address).status_code == 410
    client.send(f"/calendar/feeds/{feed_id}/stop")
    assert tags(session) == ["takeovers:feed:made", "takeovers:feed:revoked"]


def test_only_a_hash_of_the_secret_is_kept(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World
) -> None:
    sign_in("dpo")
    secret = made_address(client).removeprefix("/feeds/").removesuffix(".ics")
    assert len(secret) >= 43
    row = session.exec(select(CalendarFeed)).one()
    assert secret not in repr(row.model_dump())
    assert secret not in client.get("/calendar/feeds").get_data(as_text=True)


def test_a_coordinator_who_gets_another_area_reads_no_details_of_the_old_one(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    user_id = sign_in("coordinator", world.area)
    address = made_address(client)
    assert b"/slots/" in client.get(address).data
    grant = session.exec(select(RoleGrant).where(RoleGrant.user_id == user_id)).one()
    grant.unit_id = world.other_area
    session.commit()
    assert b"/slots/" not in client.get(address).data
    session.delete(grant)  # the last role
    session.commit()
    assert client.get(address).status_code == 410


def test_a_person_who_left_reads_nothing(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, now: datetime
) -> None:
    user_id = sign_in("reader")
    address = made_address(client)
    accounts.deactivate(session, SYSTEM, user_id, now=now)
    session.commit()
    assert client.get(address).status_code == 410


def test_another_person_s_calendar_is_not_there_to_be_stopped(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World, at: At
) -> None:
    sign_in("communications")
    address = made_address(client)
    feed_id = only_feed(session)
    at("2026-10-05 09:01")
    sign_in("admin")
    assert client.post(f"/calendar/feeds/{feed_id}/stop").status_code == 404
    assert client.get(address).status_code == 200


def test_a_host_s_link_makes_no_staff_calendar_and_staff_make_no_host_s(
    client: InspectingClient, sign_in: SignIn, world: World
) -> None:
    assert client.post("/calendar/feeds", data={"unit_id": 0}).status_code == 303
    sign_in("communications")
    assert client.post("/my-week/calendar").status_code == 303
    assert client.get("/my-week/calendar.ics").status_code == 303


def test_a_unit_that_does_not_exist_is_refused_in_words(
    client: InspectingClient, sign_in: SignIn, session: Session, world: World
) -> None:
    sign_in("reader")
    client.send("/calendar/feeds", {"unit_id": 999}, status=400)
    assert session.exec(select(CalendarFeed)).first() is None


def test_twenty_calendars_are_enough(client: InspectingClient, sign_in: SignIn, world: World) -> None:
    sign_in("reader")
    for _ in range(20):
        made_address(client)
    assert "20 kalendere" in client.send("/calendar/feeds", {"unit_id": 0}, status=400).text()


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_a_fetch_writes_nothing_and_asks_the_same_number_of_questions_however_much_there_is(
    client: InspectingClient,
    sign_in: SignIn,
    session: Session,
    world: World,
    now: datetime,
    statements: list[str],
) -> None:
    sign_in("communications")
    address, counts = made_address(client), []
    for number in (48, 49, 50):
        statements.clear()
        client.get(address)
        asked = [one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]
        assert not [one for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]
        counts.append(len(asked))
        rotation.add_slot(
            session, SYSTEM, NewSlot(world.plan, world.other_area, Block(Week(2026, number))), now=now
        )
        session.commit()
    assert len(set(counts)) == 1 and counts[0] <= 12
