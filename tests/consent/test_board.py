"""The consent board: found by everything together, counted, and one next step a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.consent.models import ConsentRequest, Subject
from branding.consent.queries.board_rows import board, consents_to_do
from branding.consent.queries.evidence import to_verify
from branding.consent.queries.oversight import form_in_use
from branding.consent.service import requests, withdrawing
from branding.consent.service.uses import note_use
from branding.consent.values.answers import Scope
from branding.consent.values.board import BoardFilter, Step, Tab, ToDo
from branding.consent.values.people import Hold, Kind
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel, Outcome, Target
from branding.consent.values.requests import About, NewRequest
from branding.consent.values.standing import State
from branding.consent.values.uses import NewUse
from branding.consent.values.withdrawals import Told
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.organisation import queries as organisation
from branding.organisation import service as units
from branding.organisation.values import UnitRequest
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from tests.consent.worlds import NOW, Stored
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
COMMUNICATIONS = Actor("user", 7, roles=frozenset({Role.COMMUNICATIONS}))


class Register(Stored):
    """Every status once; citizens are open, so that statuses are what differs."""

    def __init__(self, session: Session, unit: int | None = None) -> None:
        super().__init__(session, unit)
        self.policy(PolicyKind.CITIZEN, Openness.ALLOWED)
        self.people_by_name: dict[str, str] = {}
        self.signed(self.add("Alma"))
        self.signed(self.add("Bo"), until=date(2026, 10, 30))
        self.unchecked = self.signed(self.add("Carl"), verified=None)
        self.signed(self.add("Ditte"), refusal=True, until=None)
        taken = self.add("Emil")
        self.signed(taken)
        self.withdraw(taken, NOW - timedelta(days=1))
        self.signed(self.add("Freja"), until=date(2026, 10, 5))
        self.add("Gorm")
        self.said(self.add("Hanne", Kind.COLLEAGUE))

    def add(self, name: str, kind: Kind = Kind.CITIZEN) -> str:
        self.people_by_name[name] = self.person(kind, name)
        return self.people_by_name[name]

    def ask(self, name: str, **facts: object) -> str:
        self.session.flush()
        new = NewRequest(self.people_by_name[name], About(Target.TAKEOVER, "takeover:12", "Takeover"))
        return requests.ask(self.session, SYSTEM, new, now=NOW)


@pytest.fixture
def register(session: Session, at: At) -> Register:
    at("2026-10-12 10:00")
    return Register(session)


def _names(session: Session, **wanted: object) -> list[str]:
    return [row.label for row in _board(session, **wanted).rows]


def _board(session: Session, actor: Actor = COMMUNICATIONS, **wanted: object):  # type: ignore[no-untyped-def]
    session.flush()
    all_units = organisation.units(session, archived=True)
    return board(session, actor, BoardFilter(**wanted), all_units, now=NOW)  # type: ignore[arg-type]


def test_every_status_is_told_with_its_next_step(register: Register, session: Session) -> None:
    rows = {row.label: row for row in _board(session).rows}
    assert {name: (row.standing.state, row.step) for name, row in rows.items()} == {
        "Alma": (State.VALID, Step.SEE),
        "Bo": (State.EXPIRING, Step.RENEW),
        "Carl": (State.PENDING, Step.VERIFY),
        "Ditte": (State.REFUSED, Step.SEE),
        "Emil": (State.WITHDRAWN, Step.SEE),
        "Freja": (State.EXPIRED, Step.ASK),
        "Gorm": (State.MISSING, Step.ASK),
        "Hanne": (State.VALID, Step.SEE),
    }
    assert {name for name, row in rows.items() if row.standing.allowed} == {"Alma", "Bo", "Hanne"}
    assert rows["Carl"].key == register.unchecked
    assert all(bool(row.why_not) != row.standing.allowed for row in rows.values())


def test_tabs_count_and_filter(register: Register, session: Session) -> None:
    counts = _board(session).counts
    assert counts == {Tab.ALL: 8, Tab.MISSING: 2, Tab.EXPIRING: 1, Tab.TO_VERIFY: 1, Tab.WITHDRAWN: 1}
    assert _names(session, tab=Tab.MISSING) == ["Freja", "Gorm"]
    assert _names(session, tab=Tab.EXPIRING) == ["Bo"]
    assert _names(session, tab=Tab.TO_VERIFY) == ["Carl"]
    assert _names(session, tab=Tab.WITHDRAWN) == ["Emil"]


def test_search_and_filters_hold_together(register: Register, session: Session) -> None:
    """Status after a search by name: neither forgets the other."""
    assert _names(session, text=" AL ") == ["Alma"]
    assert _names(session, text="a", state=State.VALID) == ["Alma", "Hanne"]
    assert _names(session, text="a", state=State.VALID, kind=Kind.COLLEAGUE) == ["Hanne"]
    assert _names(session, text="a", state=State.VALID, kind=Kind.COLLEAGUE, unit_ids=frozenset()) == []
    assert _names(session, text="%") == []
    found = _board(session, text="o")
    assert (found.counts[Tab.ALL], found.counts[Tab.EXPIRING], found.found) == (2, 1, 2)


def test_a_takeover_week_finds_who_was_asked_said_yes_or_is_shown(
    register: Register, session: Session
) -> None:
    ida = register.add("Ida")
    other = register.said(register.add("Jens", Kind.COLLEAGUE), ref="takeover:13")
    register.people_by_name["Ida"] = ida
    requests.ask(session, SYSTEM, NewRequest(ida, About(Target.TAKEOVER, "takeover:13", "Takeover")), now=NOW)
    assert _names(session, references=frozenset({"takeover:13"})) == ["Ida", "Jens"]
    note_use(session, SYSTEM, NewUse("publication:1", Channel.INSTAGRAM, (other,), NOW), now=NOW)
    assert _names(session, references=frozenset({"publication:1"})) == ["Jens"]
    assert _names(session, references=frozenset()) == []


def test_a_person_who_was_asked_leads_to_the_question(register: Register, session: Session) -> None:
    request = register.ask("Gorm")
    row = next(row for row in _board(session).rows if row.label == "Gorm")
    assert (row.step, row.key) == (Step.REQUEST, request)


def test_who_may_not_ask_or_check_only_sees(register: Register, session: Session) -> None:
    dpo = Actor("user", 2, roles=frozenset({Role.DPO}))
    assert {row.step for row in _board(session, dpo).rows} == {Step.SEE}


def test_a_hold_is_no_matter_to_ask_about(register: Register, session: Session) -> None:
    register.update(register.people_by_name["Gorm"], hold=Hold.DISPUTE)
    row = next(row for row in _board(session).rows if row.label == "Gorm")
    assert row.step == Step.SEE and not row.standing.allowed


def test_fifty_people_a_page(register: Register, session: Session) -> None:
    for n in range(60):
        register.add(f"Åse {n:02}")
    first, second, third = (_board(session, page=n) for n in (1, 2, 3))
    assert [len(page.rows) for page in (first, second, third)] == [50, 18, 0]
    assert first.has_more and not second.has_more
    assert first.found == third.found == 68
    assert third.counts[Tab.ALL] == 68


def test_an_erased_person_is_gone(register: Register, session: Session) -> None:
    register.update(register.people_by_name["Alma"], erased_at=NOW)
    assert "Alma" not in _names(session)


def test_the_front_page_counts_what_waits(register: Register, session: Session) -> None:
    assert consents_to_do(session, None, now=NOW) == ToDo(to_verify=1, expiring=1, citizens_to_ask=2)
    assert consents_to_do(session, frozenset(), now=NOW) == ToDo()


@pytest.mark.parametrize(
    ("role", "status"), [("admin", 403), ("reader", 403), ("dpo", 200), ("communications", 200)]
)
def test_admin_and_reader_never_see_the_register(
    client: InspectingClient, sign_in: Callable[..., int], role: str, status: int
) -> None:
    sign_in(role)
    assert client.get("/consents").status_code == status
    assert client.post("/consents/remind").status_code == (303 if role == "communications" else 403)


def test_an_empty_register_says_how_to_begin(client: InspectingClient, sign_in: Callable[..., int]) -> None:
    sign_in("communications")
    assert "/consent/people/new" in client.page("/consents").source


@pytest.fixture
def shown(database: Database, area: int, at: At) -> dict[str, str]:
    """A register of its own, and one person of another unit."""
    at("2026-10-12 10:00")
    with database.transaction() as session:
        register = Register(session, area)
        other = units.add_unit(session, SYSTEM, UnitRequest("Specialområde Voksne", "SVO"), now=NOW)
        stranger = register.person(Kind.CITIZEN, "Zenia")
        session.get_one(Subject, stranger).unit_id = other
        register.ask("Gorm")
        return {**register.people_by_name, "Zenia": stranger, "unit": str(other)}


def test_a_coordinator_sees_the_own_unit_only(
    client: InspectingClient, sign_in: Callable[..., int], area: int, shown: dict[str, str]
) -> None:
    sign_in("coordinator", area)
    page = client.page("/consents").source
    assert "Alma" in page and "Zenia" not in page
    client.page(f"/consents?unit={shown['unit']}", 404)
    assert "Zenia" not in client.page("/consents?q=zenia").source
    client.send("/consents/remind", {"subject": [shown["Zenia"]]}, status=404)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?tab=missing",
        "?tab=to_verify&q=carl",
        "?status=valid&kind=citizen",
        "?week=2026-W42",
        "?week=x&tab=y&page=9&unit=z&kind=q&status=w",
        "?tab=expiring&q=nobody",
    ],
)
def test_every_filter_gives_a_page(
    client: InspectingClient, sign_in: Callable[..., int], shown: dict[str, str], query: str
) -> None:
    sign_in("communications")
    client.page(f"/consents{query}")


@pytest.mark.parametrize(
    "query",
    ["_scheme=javascript&_external=1", "_anchor=x", "endpoint=x", "self=x", "_method=POST", "week=9999-W53"],
)
def test_what_the_address_says_beside_the_filters_is_not_carried_on(
    client: InspectingClient, sign_in: Callable[..., int], shown: dict[str, str], query: str
) -> None:
    sign_in("communications")
    source = client.page(f"/consents?q=alma&{query}").source
    assert "javascript:" not in source and "#x" not in source
    assert "q=alma&amp;tab=missing" in source.replace("&amp;week=9999-W53", "")


def test_who_has_no_mail_address_is_left_to_the_coordinator_once_a_day(
    client: InspectingClient,
    sign_in: Callable[..., int],
    area: int,
    shown: dict[str, str],
    database: Database,
) -> None:
    sign_in("coordinator", area)
    for _ in range(2):
        client.send("/consents/remind", {"subject": [shown["Gorm"], shown["Alma"]]})
    with database.reader() as session:
        (mail,) = session.exec(select(OutboxMessage)).all()
    assert "Gorm" not in mail.body and f"/consents?unit={area}" in mail.body


def test_who_has_a_mail_address_gets_a_link_and_no_second_one_that_day(
    client: InspectingClient,
    sign_in: Callable[..., int],
    shown: dict[str, str],
    database: Database,
    area: int,
) -> None:
    with database.transaction() as session:
        ida = Stored(session, area).person(Kind.CITIZEN, "Ida", email="ida@example.dk")
        new = NewRequest(ida, About(Target.TAKEOVER, "takeover:12", "Takeover"))
        requests.ask(session, SYSTEM, new, now=NOW)
    sign_in("communications")
    for _ in range(2):
        client.send("/consents/remind", {"subject": [ida]})
    with database.reader() as session:
        (mail,) = session.exec(select(OutboxMessage)).all()
        request = session.exec(select(ConsentRequest).where(ConsentRequest.subject_id == ida)).one()
    assert mail.to_address == "ida@example.dk" and "/sign/" in mail.body
    assert request.reminded_at is not None and request.outcome == Outcome.WAITING


def test_nothing_ticked_and_nothing_asked_is_said(
    client: InspectingClient, sign_in: Callable[..., int], shown: dict[str, str]
) -> None:
    sign_in("communications")
    client.send("/consents/remind")
    client.send("/consents/remind", {"subject": [shown["Alma"]]})


def test_the_front_page_leads_to_the_board(
    client: InspectingClient, sign_in: Callable[..., int], shown: dict[str, str], area: int
) -> None:
    sign_in("communications")  # who has the number of the recorder
    sign_in("coordinator", area)
    source = client.page("/").source
    assert "/consents?tab=to_verify" in source and "/consents?tab=missing" in source


def test_a_message_on_the_open_page_comes_first_on_the_front_page(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int
) -> None:
    with database.transaction() as session:
        for unit_id in (area, None):
            withdrawing.leave_message(session, "Jeg vil ikke vises", unit_id, _letter, now=NOW)
    sign_in("coordinator", area)
    assert "1 besked: nogen vil måske ikke vises mere" in client.page("/").text()
    sign_in("communications")
    assert "2 beskeder" in client.page("/").text()


def _letter(told: Told) -> Mail:
    return Mail(told.email, "Samtykke", "En besked venter.")


def test_what_the_reader_asked_waits_for_somebody_else(register: Register, session: Session) -> None:
    recorder = Actor("user", 1, roles=frozenset({Role.COMMUNICATIONS}))
    carl = next(row for row in _board(session, recorder).rows if row.label == "Carl")
    assert carl.step is Step.WAIT
    assert consents_to_do(session, None, now=NOW, reader=recorder).to_verify == 0
    assert consents_to_do(session, None, now=NOW, reader=COMMUNICATIONS).to_verify == 1


def test_what_no_waiting_heals_is_told_first(register: Register, session: Session) -> None:
    scopes = (Scope(Channel.FACEBOOK),)
    register.signed(register.add("Ida"), verified=None, scopes=scopes)
    row = next(row for row in _board(session).rows if row.label == "Ida")
    assert [text.msgid for text in row.why_not] == [
        "The consent is not for Instagram",
        "The signature is not checked",
    ]


def test_after_a_no_it_is_said_when_somebody_may_ask_again(
    client: InspectingClient, sign_in: Callable[..., int], shown: dict[str, str], area: int
) -> None:
    sign_in("coordinator", area)
    assert "Vi spørger ikke før 2. okt. 2027" in client.page("/consents?q=ditte").text("main")
    page = client.page(f"/consent/people/{shown['Ditte']}")
    assert "Vi spørger ikke før 2. okt. 2027" in page.text() and "Spørg om samtykke" not in page.text()


def test_an_answer_on_a_recalled_form_is_asked_for_again(register: Register, session: Session) -> None:
    register.form("citizen_easy-1-da", recalled_at=NOW)
    rows = {row.label: row for row in _board(session).rows}
    for name in ("Alma", "Carl"):
        assert (rows[name].standing.state, rows[name].step) == (State.MISSING, Step.ASK)
        assert "The form is recalled" in [text.msgid for text in rows[name].why_not]
    assert rows["Ditte"].standing.state is State.REFUSED
    assert consents_to_do(session, None, now=NOW).to_verify == 0
    assert to_verify(session, {register.unit}, NOW) == []
    assert form_in_use(session, "citizen_easy-1-da", NOW).standing == 0
