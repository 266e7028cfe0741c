"""Taking a consent back: by link and card, through an employee, and in somebody's own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from branding.accounts import service as accounts
from branding.audit.models import AuditEntry
from branding.consent.models import Consent, OpenMessage, SubjectLink, Withdrawal
from branding.consent.queries import oversight
from branding.consent.queries import withdrawals as queries
from branding.consent.queries.evidence import to_verify
from branding.consent.queries.links import find_card, own_consent
from branding.consent.queries.reminding import ending_between
from branding.consent.rules import withdrawing as rules
from branding.consent.service import withdrawing as service
from branding.consent.service.links import card_by_staff, card_for, link_for
from branding.consent.values.answers import Asked, Scope, Signed
from branding.consent.values.records import Channel, EvidenceKind, SignerRole, Via
from branding.consent.values.withdrawals import NewWithdrawal, Told
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from tests.consent.factories import citizen, colleague, oral, written
from tests.support.client import InspectingClient

STAFF = Actor("user", 900, roles=frozenset({Role.COMMUNICATIONS}))
BOTH = (Scope(Channel.INSTAGRAM), Scope(Channel.FACEBOOK))


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 09:00")


def tell(told: Told) -> Mail:
    return Mail(told.email, "Et samtykke er trukket tilbage", told.subject_id)


def coordinator(session: Session, area: int, now: datetime) -> int:
    return accounts.add_user(session, "Kim", "kim@example.dk", {(Role.COORDINATOR, area)}, now=now)


def test_a_link_takes_back_its_one_consent_and_tells_the_coordinator(
    session: Session, area: int, now: datetime
) -> None:
    coordinator(session, area, now)
    subject_id = citizen(session, area, now=now)
    first = written(session, subject_id, now=now)
    other = written(session, subject_id, now=now, target_ref="takeover:2")
    token = card_for(session, subject_id, first, now=now)
    service.withdraw_by_link(session, token, [], tell, now=now + timedelta(hours=1))
    row = session.exec(select(Withdrawal)).one()
    assert (row.consent_id, row.channels, row.via) == (first, None, Via.CARD)
    assert row.received_at == row.registered_at == now + timedelta(hours=1)
    assert own_consent(session, first, now).left == ()
    assert own_consent(session, other, now).left
    mail = session.exec(select(OutboxMessage)).one()
    assert mail.to_address == "kim@example.dk"
    assert "Vega" not in mail.subject + mail.body
    assert mail.dedupe_key.startswith(f"consent:{subject_id}:")


def test_twice_is_once(session: Session, area: int, now: datetime) -> None:
    subject_id = citizen(session, area, now=now)
    token = card_for(session, subject_id, written(session, subject_id, now=now), now=now)
    for _ in range(3):
        service.withdraw_by_link(session, token, [], tell, now=now)
    assert len(session.exec(select(Withdrawal)).all()) == 1


def test_the_card_of_an_earlier_yes_takes_back_the_yes_that_replaced_it(
    session: Session, area: int, now: datetime
) -> None:
    subject_id = citizen(session, area, now=now)
    token = card_for(session, subject_id, written(session, subject_id, now=now), now=now)
    later = now + timedelta(hours=1)
    newer = written(session, subject_id, now=later)
    opened = find_card(session, token, later)
    assert opened is not None and opened.consent.id == newer and not opened.consent.is_over
    service.withdraw_by_link(session, token, [], tell, now=later + timedelta(hours=1))
    assert session.exec(select(Withdrawal.consent_id)).one() == newer


def test_a_paper_that_is_written_down_late_does_not_end_what_was_said_since(
    session: Session, area: int, now: datetime
) -> None:
    subject_id = citizen(session, area, now=now)
    newer = written(session, subject_id, now=now)
    before = now - timedelta(days=3)
    paper = {
        "asked": Asked("user", 7, before),
        "signatures": (Signed(SignerRole.SELF, EvidenceKind.PAPER, before, "Vega"),),
    }
    late = written(session, subject_id, now=now + timedelta(hours=1), **paper)
    assert not own_consent(session, newer, now).is_over
    assert own_consent(session, late, now).is_over
    assert session.get(Consent, late).supersedes_id is None
    token = card_for(session, subject_id, late, now=now)
    opened = find_card(session, token, now)
    assert opened is not None and opened.consent.id == newer


def test_some_places_first_and_the_rest_later(session: Session, area: int, now: datetime) -> None:
    subject_id = citizen(session, area, now=now)
    consent_id = written(session, subject_id, now=now, scopes=BOTH)
    token = link_for(session, consent_id, now=now)
    opened = service.withdraw_by_link(session, token, [Channel.FACEBOOK], tell, now=now)
    assert opened.consent.left == (Channel.INSTAGRAM,)
    opened = service.withdraw_by_link(session, token, [], tell, now=now)
    assert opened.consent.left == ()
    assert [row.channels for row in session.exec(select(Withdrawal))] == [["facebook"], None]


def test_only_the_hash_of_a_secret_is_kept(session: Session, area: int, now: datetime) -> None:
    subject_id = citizen(session, area, now=now)
    token = card_for(session, subject_id, written(session, subject_id, now=now), now=now)
    assert len(token) >= 43
    row = session.exec(select(SubjectLink)).one()
    assert token not in (row.token_hash, row.id)
    assert find_card(session, row.token_hash, now) is None
    row.revoked_at = now
    assert find_card(session, token, now) is None


def test_an_employee_writes_down_when_it_was_said(session: Session, area: int, now: datetime) -> None:
    subject_id = citizen(session, area, now=now - timedelta(days=2))
    written(session, subject_id, now=now - timedelta(days=2))
    said = now - timedelta(days=1)
    service.withdraw(session, STAFF, NewWithdrawal(subject_id, said), tell, now=now)
    row = session.exec(select(Withdrawal)).one()
    assert (row.received_at, row.registered_at, row.consent_id, row.via) == (said, now, None, Via.EMPLOYEE)
    assert not hasattr(row, "reason")


def test_nothing_is_said_in_the_future_or_before_it_was_given(
    session: Session, area: int, now: datetime
) -> None:
    subject_id = citizen(session, area, now=now)
    consent_id = written(session, subject_id, now=now)
    for new, code in (
        (NewWithdrawal(subject_id, now + timedelta(seconds=1)), "future"),
        (NewWithdrawal(subject_id, now - timedelta(days=1), consent_id), "too_early"),
    ):
        with pytest.raises(RuleBroken) as caught:
            service.withdraw(session, STAFF, new, tell, now=now)
        assert caught.value.code == code


def test_only_the_units_own_staff_writes_it_down(session: Session, area: int, now: datetime) -> None:
    subject_id, other = citizen(session, area, now=now), citizen(session, area, now=now, label="Bo")
    consent_id = written(session, other, now=now)
    elsewhere = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({area + 1000}))
    reader = Actor("user", 3, roles=frozenset({Role.READER}))
    with pytest.raises(Missing):
        service.withdraw(session, elsewhere, NewWithdrawal(subject_id, now), tell, now=now)
    with pytest.raises(NotAllowed):
        service.withdraw(session, reader, NewWithdrawal(subject_id, now), tell, now=now)
    with pytest.raises(Missing):
        service.withdraw(session, STAFF, NewWithdrawal(subject_id, now, consent_id), tell, now=now)


def test_a_message_holds_those_it_names_until_somebody_has_read_it(
    session: Session, area: int, now: datetime
) -> None:
    vega, bo = citizen(session, area, now=now), citizen(session, area, now=now, label="Bo")
    written(session, vega, now=now)
    message_id = service.leave_message(session, "Vegas billede skal væk", area, tell, now=now)
    row = session.exec(select(OpenMessage)).one()
    assert "Vega" not in row.text_sealed
    assert queries.open_message_holds(session, [area]) == {vega: (now,)}
    assert queries.message_by_id(session, message_id).matches == {vega: "Vega"}
    later = now + timedelta(hours=1)
    service.resolve_message(session, STAFF, message_id, vega, tell, now=later)
    taken = session.exec(select(Withdrawal)).one()
    assert (taken.subject_id, taken.received_at, taken.via) == (vega, now, Via.OPEN_PAGE)
    assert session.exec(select(OpenMessage.text_sealed)).one() == ""
    assert queries.open_message_holds(session) == {}
    assert bo not in queries.open_message_holds(session)
    with pytest.raises(RuleBroken):
        service.resolve_message(session, STAFF, message_id, None, tell, now=later)


def test_a_message_without_a_name_holds_every_citizen_of_the_unit(
    session: Session, area: int, now: datetime
) -> None:
    vega, bo = citizen(session, area, now=now), citizen(session, area, now=now, label="Bo")
    alma = colleague(session, area, now=now)
    message_id = service.leave_message(session, "Min søn skal ikke ses mere", area, tell, now=now)
    assert set(queries.open_message_holds(session, [area])) == {vega, bo}
    assert alma not in queries.open_message_holds(session, [area])
    assert queries.open_message_holds(session, [area + 1000]) == {}
    service.resolve_message(session, STAFF, message_id, None, tell, now=now)
    assert queries.open_message_holds(session, [area]) == {}
    assert session.exec(select(Withdrawal)).all() == []


def test_messages_without_a_unit_are_for_communications(session: Session, area: int, now: datetime) -> None:
    service.leave_message(session, "Hej", None, tell, now=now)
    service.leave_message(session, "Hej", area, tell, now=now)
    assert len(queries.open_messages(session, [area], without_unit=False)) == 1
    assert len(queries.open_messages(session, [area], without_unit=True)) == 2


def test_who_lost_the_card_gets_a_new_one_from_the_own_unit(
    session: Session, area: int, now: datetime
) -> None:
    subject_id = citizen(session, area, now=now)
    consent_id = written(session, subject_id, now=now)
    token = card_by_staff(session, STAFF, consent_id, now=now)
    assert find_card(session, token, now) is not None
    elsewhere = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({area + 1000}))
    with pytest.raises(Missing):
        card_by_staff(session, elsewhere, consent_id, now=now)


@pytest.mark.parametrize(
    ("said", "down"),
    [
        (date(2026, 10, 12), date(2026, 10, 13)),
        (date(2026, 10, 16), date(2026, 10, 19)),
        (date(2026, 4, 1), date(2026, 4, 7)),
        (date(2026, 5, 13), date(2026, 5, 18)),
        (date(2026, 12, 23), date(2026, 12, 28)),
        (date(2026, 12, 30), date(2027, 1, 4)),
        (date(2026, 6, 4), date(2026, 6, 8)),
    ],
)
def test_it_is_down_on_the_next_working_day(said: date, down: date) -> None:
    assert rules.next_working_day(said) == down


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_the_next_working_day_is_soon_and_a_weekday(day: date) -> None:
    found = rules.next_working_day(day)
    assert timedelta(0) < found - day <= timedelta(days=8)
    assert found.weekday() < 5


@given(
    st.text(max_size=60), st.dictionaries(st.text(min_size=1, max_size=4), st.text(max_size=20), max_size=5)
)
def test_matching_never_breaks_and_finds_only_whom_there_is(text: str, labels: dict[str, str]) -> None:
    found = rules.possible_matches(text, labels)
    assert found.items() <= labels.items()


@pytest.mark.parametrize(
    ("text", "found"),
    [("vega vil ikke", True), ("VEGAS foto", True), ("Vegan mad", False), ("", False), ("Hej ægte", False)],
)
def test_a_name_counts_as_a_whole_word(text: str, found: bool) -> None:
    assert bool(rules.possible_matches(text, {"1": "Vega"})) is found


class TestPages:
    """By the pages, as a person or an employee would."""

    @pytest.fixture
    def token(self, database: Database, area: int, now: datetime) -> str:
        with database.transaction() as session:
            subject_id = colleague(session, area, now=now, label="Alma Prøve")
            consent_id = oral(session, subject_id, now=now, scopes=BOTH)
            return link_for(session, consent_id, now=now)

    def test_the_own_page_says_the_first_name_at_most(self, client: InspectingClient, token: str) -> None:
        text = client.page(f"/my-consent/{token}").text("main")
        assert "Alma" in text
        assert "Prøve" not in text
        assert "12. april" not in text

    def test_it_takes_one_press_from_the_card_and_two_from_the_receipt(
        self, client: InspectingClient, token: str
    ) -> None:
        page = client.page(f"/withdraw/{token}")
        assert len(page.all("h1")) == 1
        done = client.send(f"/withdraw/{token}")
        assert "tirsdag den 13. oktober" in done.text("main")
        assert "13. oktober" in client.page(f"/withdraw/{token}").text("main")

    def test_a_look_changes_nothing(self, client: InspectingClient, token: str, database: Database) -> None:
        client.page(f"/withdraw/{token}")
        client.page(f"/my-consent/{token}")
        with database.reader() as session:
            assert session.exec(select(Withdrawal)).all() == []

    def test_some_places_stay(self, client: InspectingClient, token: str) -> None:
        done = client.send(f"/withdraw/{token}", {"channels": "facebook"})
        assert "Instagram" in done.text("main")

    def test_the_person_confirms_with_one_tap(self, client: InspectingClient, token: str) -> None:
        page = client.page(f"/my-consent/{token}")
        assert f"/my-consent/{token}/confirm" in [form.get("action") for form in page.all("form")]
        client.send(f"/my-consent/{token}/confirm")
        assert "confirm" not in str(
            [f.get("action") for f in client.page(f"/my-consent/{token}").all("form")]
        )

    def test_staff_cannot_confirm_for_the_person(
        self, client: InspectingClient, token: str, sign_in: Callable[..., int]
    ) -> None:
        sign_in("communications")
        assert "confirm" not in str(
            [f.get("action") for f in client.page(f"/my-consent/{token}").all("form")]
        )
        assert client.post(f"/my-consent/{token}/confirm").status_code == 400

    def test_unknown_secrets_are_404_and_revoked_ones_410(
        self, client: InspectingClient, token: str, database: Database, now: datetime
    ) -> None:
        for path in ("/my-consent/nope", "/withdraw/nope", "/withdraw/nope/card.pdf"):
            assert client.get(path).status_code == 404
        assert client.post("/my-consent/nope/confirm").status_code == 404
        with database.transaction() as session:
            session.exec(select(SubjectLink)).one().revoked_at = now
        assert client.get(f"/withdraw/{token}").status_code == 410

    def test_pages_of_secrets_are_not_kept_or_indexed(self, client: InspectingClient, token: str) -> None:
        response = client.get(f"/withdraw/{token}")
        assert response.headers["Cache-Control"] == "no-store"
        assert 'content="noindex"' in response.get_data(as_text=True)
        assert response.headers["Referrer-Policy"] == "same-origin"

    def test_the_card_is_a_pdf_without_a_name(self, client: InspectingClient, token: str) -> None:
        response = client.get(f"/withdraw/{token}/card.pdf")
        assert response.mimetype == "application/pdf"
        assert response.data.startswith(b"%PDF")
        assert b"Alma" not in response.data

    def test_an_employee_needs_three_fields(
        self,
        client: InspectingClient,
        database: Database,
        area: int,
        now: datetime,
        sign_in: Callable[..., int],
    ) -> None:
        with database.transaction() as session:
            subject_id = citizen(session, area, now=now - timedelta(days=1))
            written(session, subject_id, now=now - timedelta(days=1))
        sign_in("coordinator", area)
        address = f"/consent/people/{subject_id}/withdraw"
        page = client.page(address)
        fields = {one.get("name") for one in page.all("main")[0].iter("input") if one.get("type") != "hidden"}
        assert fields <= {"consent_id", "channels", "day", "time"}
        client.send(address, {"consent_id": "all", "day": "2026-10-12", "time": "09:30"}, 400)
        client.send(address, {"consent_id": "all", "day": "2026-10-12", "time": "08:30"})
        with database.reader() as session:
            row = session.exec(select(Withdrawal)).one()
        assert clock.local(row.received_at).hour == 8

    def test_the_open_page_never_says_whether_somebody_is_known(
        self, client: InspectingClient, database: Database, area: int, now: datetime
    ) -> None:
        with database.transaction() as session:
            citizen(session, area, now=now)
        answers = {
            client.post("/withdraw", data={"text": text, "unit_id": area}).get_data(as_text=True)
            for text in ("Vega skal væk", "Ukendt skal væk")
        }
        assert len(answers) == 1
        with database.reader() as session:
            assert len(session.exec(select(OpenMessage)).all()) == 2

    def test_a_machine_that_fills_in_everything_leaves_nothing(
        self, client: InspectingClient, database: Database, area: int
    ) -> None:
        client.send("/withdraw", {"text": "spam", "unit_id": area, "website": "x"})
        with database.reader() as session:
            assert session.exec(select(OpenMessage)).all() == []

    def test_the_coordinator_finds_out_who_it_is(
        self,
        client: InspectingClient,
        database: Database,
        area: int,
        now: datetime,
        sign_in: Callable[..., int],
    ) -> None:
        with database.transaction() as session:
            vega = citizen(session, area, now=now)
            written(session, vega, now=now)
            message_id = service.leave_message(session, "Vega vil ikke mere", area, tell, now=now)
        sign_in("coordinator", area)
        assert "Vega vil ikke" in client.page("/consent/messages").text("main")
        page = client.page(f"/consent/messages/{message_id}")
        assert [one.get("value") for one in page.all("main")[0].iter("option")][1] == vega
        client.send(f"/consent/messages/{message_id}", {"subject_id": vega})
        assert "Vega vil ikke" not in client.page("/consent/messages").text("main")
        with database.reader() as session:
            assert session.exec(select(Withdrawal)).one().subject_id == vega
            tags = [entry.tag for entry in session.exec(select(AuditEntry))]
        assert "consent:message:resolved" in tags

    def test_another_units_message_is_not_there(
        self,
        client: InspectingClient,
        database: Database,
        area: int,
        now: datetime,
        sign_in: Callable[..., int],
    ) -> None:
        with database.transaction() as session:
            message_id = service.leave_message(session, "Hej", None, tell, now=now)
        sign_in("coordinator", area)
        assert client.get(f"/consent/messages/{message_id}").status_code == 404


def test_what_was_taken_back_ends_no_more_and_waits_for_no_check(
    session: Session, area: int, now: datetime
) -> None:
    """Empty channels are JSON's null, which no IS NULL finds."""
    subject_id = citizen(session, area, now=now)
    for target in ("takeover:1", "takeover:2"):
        written(session, subject_id, now=now, target_ref=target)
    year = now + timedelta(days=900)

    def counted() -> tuple[int, int, int]:
        later = now + timedelta(hours=2)
        return (
            len(ending_between(session, now, year, later)),
            len(oversight.unverified(session, later, later)),
            len(to_verify(session, [area], later)),
        )

    assert counted() == (2, 2, 2)
    first = session.exec(select(Consent.id).order_by(Consent.target_ref)).first()
    new = NewWithdrawal(subject_id, now + timedelta(hours=1), first)
    service.withdraw(session, STAFF, new, tell, now=now + timedelta(hours=1))
    assert counted() == (1, 1, 1)
