"""A colleague's spoken answer, its receipt, and the host's own yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.consent.models import Consent, ConsentRules, ConsentScope, Subject
from branding.consent.queries.links import find_card
from branding.consent.service import hosts_own, oral
from branding.consent.service.links import card_for
from branding.consent.values.oral import HostSelf, NewOral, Receipt
from branding.consent.values.records import EvidenceKind, Target
from branding.consent.values.requests import About
from branding.core import clock
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.organisation import service as organisation
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from tests.consent.factories import citizen, colleague
from tests.support.client import InspectingClient
from tests.support.people import make_area

HOST = Actor("host", 5, "Liv", "liv@example.dk", frozenset({Role.HOST}))
STAFF = Actor("user", 900, roles=frozenset({Role.COMMUNICATIONS}))
ABOUT = About(Target.TAKEOVER, "takeover:1", "Takeover i uge 42")


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 09:00")


def write(receipt: Receipt) -> Mail:
    return Mail(receipt.email, "Dit ja", f"{receipt.first_name} {receipt.token}")


def new(unit_id: int, **facts: object) -> NewOral:
    usual: dict[str, object] = {
        "name": "Alma Prøve",
        "said_instagram": True,
        "said_yes": True,
        "may_name": False,
        "may_voice": False,
    }
    return NewOral(ABOUT, unit_id, **{**usual, **facts})  # type: ignore[arg-type]


def consent(session: Session, consent_id: str) -> Consent:
    found = session.get(Consent, consent_id)
    assert found is not None
    return found


def test_a_clear_yes_is_written_down_with_asker_time_and_validity(
    session: Session, area: int, now: datetime
) -> None:
    done = oral.record_oral(session, HOST, new(area, may_name=True, place="Høskoven"), write, now=now)
    row = consent(session, done.consent_id)
    scope = session.exec(select(ConsentScope)).one()
    assert (row.asked_by_kind, row.asked_by_id, row.asked_at, row.place) == ("host", 5, now, "Høskoven")
    assert row.told_instagram
    assert row.clear_answer
    assert row.evidence == EvidenceKind.ORAL
    assert row.expires_at == clock.at_local(clock.local(now).date().replace(year=2028)) + timedelta(days=1)
    assert (scope.channel, scope.media, scope.may_name, scope.may_voice) == (
        "instagram",
        ["photo", "video"],
        True,
        False,
    )
    assert row.text_sha256
    assert "unit" in row.shown


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"said_instagram": False}, "not_told"),
        ({"said_yes": False}, "not_clear"),
        ({"may_name": None}, "no_choice"),
        ({"may_voice": None}, "no_choice"),
        ({"name": " "}, "no_name"),
        ({"has_power": True}, "no_power_reason"),
    ],
)
def test_a_yes_that_is_not_whole_is_refused(
    session: Session, area: int, now: datetime, facts: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken) as caught:
        oral.record_oral(session, HOST, new(area, **facts), write, now=now)
    assert caught.value.code == code


def test_where_colleagues_sign_no_spoken_yes_is_taken(session: Session, area: int, now: datetime) -> None:
    session.add(ConsentRules(colleague_written=True))
    session.flush()
    with pytest.raises(RuleBroken) as caught:
        oral.record_oral(session, HOST, new(area), write, now=now)
    assert caught.value.code == "written"


def test_a_citizen_never_answers_by_word_of_mouth(session: Session, area: int, now: datetime) -> None:
    subject_id = citizen(session, area, now=now)
    staff = Actor("user", 1, roles=frozenset({Role.COMMUNICATIONS}))
    both = colleague(session, area, now=now, also_citizen=True)
    with pytest.raises(Missing):
        oral.colleague_for(session, subject_id, None)
    for one in (subject_id, both):
        with pytest.raises(RuleBroken) as caught:
            oral.record_oral(session, staff, new(area, subject_id=one), write, now=now)
        assert caught.value.code == "as_citizen"


def test_a_no_is_remembered_for_twelve_months_and_blocks_everything(
    session: Session, area: int, now: datetime
) -> None:
    subject_id = oral.record_no(session, HOST, new(area, said_yes=False, may_name=None), now=now)
    row = session.exec(select(Consent).where(Consent.subject_id == subject_id)).one()
    assert row.is_refusal
    assert clock.local(row.expires_at).date().isoformat() == "2027-10-13"


def test_the_receipt_goes_by_mail_with_a_key_of_the_person(
    session: Session, area: int, now: datetime
) -> None:
    done = oral.record_oral(session, HOST, new(area, email="alma@example.dk"), write, now=now)
    message = session.exec(select(OutboxMessage)).one()
    assert done.is_mailed
    assert message.to_address == "alma@example.dk"
    assert message.dedupe_key.startswith(f"consent:{done.subject_id}:")
    assert "Alma" not in message.subject
    assert done.token in message.body


def test_a_form_that_is_sent_twice_is_one_answer(session: Session, area: int, now: datetime) -> None:
    first = oral.record_oral(session, HOST, new(area, email="a@example.dk"), write, now=now)
    again = oral.record_oral(session, HOST, new(area, email="a@example.dk"), write, now=now)
    later = oral.record_oral(session, HOST, new(area), write, now=now + timedelta(minutes=3))
    assert again.consent_id == first.consent_id
    assert again.token != first.token
    assert later.consent_id != first.consent_id
    assert len(session.exec(select(OutboxMessage)).all()) == 1


def test_two_colleagues_of_one_name_are_two(session: Session, area: int, now: datetime) -> None:
    first = oral.record_oral(session, HOST, new(area, phone="12 34 56 78"), write, now=now)
    second = oral.record_oral(session, HOST, new(area, phone="87 65 43 21"), write, now=now)
    assert first.subject_id != second.subject_id and first.consent_id != second.consent_id


def test_a_colleague_under_eighteen_answers_in_writing(session: Session, area: int, now: datetime) -> None:
    minor = colleague(session, area, now=now, turns_18_on=date(2027, 5, 1))
    with pytest.raises(RuleBroken, match="minor"):
        oral.record_oral(session, STAFF, new(area, subject_id=minor), write, now=now)
    assert not session.exec(select(Consent)).all()


@pytest.mark.parametrize("facts", [{"also_citizen": True}, {"turns_18_on": date(2027, 5, 1)}])
def test_a_spoken_no_is_taken_of_every_colleague(
    session: Session, area: int, now: datetime, facts: dict[str, object]
) -> None:
    someone = colleague(session, area, now=now, **facts)
    oral.record_no(session, STAFF, new(area, subject_id=someone), now=now)
    assert session.exec(select(Consent)).one().is_refusal


def test_a_host_asks_again_only_whom_this_takeover_has_asked(
    session: Session, area: int, now: datetime
) -> None:
    stranger = colleague(session, area, now=now, label="Bo")
    with pytest.raises(Missing):
        oral.record_oral(session, HOST, new(area, subject_id=stranger), write, now=now)
    known = oral.record_oral(session, HOST, new(area), write, now=now).subject_id
    again = oral.record_oral(session, HOST, new(area, subject_id=known, may_voice=True), write, now=now)
    assert again.subject_id == known
    assert consent(session, again.consent_id).supersedes_id is not None


def test_roles_without_the_action_and_other_units_are_refused(
    session: Session, area: int, now: datetime
) -> None:
    reader = Actor("user", 1, roles=frozenset({Role.READER}))
    elsewhere = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({area + 1000}))
    with pytest.raises(NotAllowed):
        oral.record_oral(session, reader, new(area), write, now=now)
    with pytest.raises(Missing):
        oral.record_oral(session, elsewhere, new(area), write, now=now)


def test_the_colleagues_own_tap_verifies_and_a_card_does_not(
    session: Session, area: int, now: datetime
) -> None:
    done = oral.record_oral(session, HOST, new(area), write, now=now)
    card = card_for(session, done.subject_id, done.consent_id, now=now)
    with pytest.raises(Missing):
        oral.confirm(session, card, now=now)
    oral.confirm(session, done.token, now=now)
    oral.confirm(session, done.token, now=now)
    row = consent(session, done.consent_id)
    assert (row.verified_at, row.verified_by_kind) == (now, "subject")
    tags = [entry.tag for entry in session.exec(select(AuditEntry))]
    assert tags.count("consent:consent:verified") == 1


def test_the_hosts_own_yes_comes_once_and_goes_with_the_no(
    session: Session, area: int, now: datetime
) -> None:
    me = HostSelf(5, "Liv Prøve", "liv@example.dk", area, ABOUT)
    first = hosts_own.host_says_yes(session, HOST, me, now=now)
    assert hosts_own.host_says_yes(session, HOST, me, now=now) == first
    row = consent(session, first)
    assert row.evidence == EvidenceKind.CLICK
    assert row.told_instagram
    assert session.exec(select(Subject.reference)).one() == "host:5"
    hosts_own.host_says_no(session, HOST, 5, ABOUT.ref, None, now=now + timedelta(hours=1))
    hosts_own.host_says_no(session, HOST, 5, ABOUT.ref, None, now=now + timedelta(hours=1))
    token = hosts_own.own_link_of_host(session, 5, ABOUT.ref, now=now)
    assert token is not None
    opened = find_card(session, token, now)
    assert opened is not None
    assert opened.consent.left == ()
    again = hosts_own.host_says_yes(session, HOST, me, now=now + timedelta(hours=2))
    assert again != first


def test_a_coordinator_without_units_is_told_so(
    client: InspectingClient, now: datetime, sign_in: Callable[..., int], database: Database
) -> None:
    area = make_area(database, "Specialområde Voksne", "SVO")
    sign_in("coordinator", area)
    with database.transaction() as session:
        organisation.archive_unit(session, SYSTEM, area, now=now)
    client.page("/consent/oral/new")
