"""Erasing: nothing readable is left, a half-done erasure is finished, and no backup brings anybody back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from branding.audit import service as audit
from branding.audit.models import AuditValue
from branding.consent import jobs, vault
from branding.consent.models import Consent, ConsentUse, Evidence, Signature, Subject
from branding.consent.queries.retention import kept_answers
from branding.consent.service import erasing, requests, retention, signing
from branding.consent.service.evidence import keep
from branding.consent.values.records import Channel, FileKind, Target
from branding.consent.values.requests import About, Life, NewRequest
from branding.core import clock
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox import service as outbox
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from tests.consent import factories

COORDINATOR = Actor("user", 1, roles=frozenset({Role.COORDINATOR}), units=frozenset({1}))


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 10:00")


def signed(database: Database, unit_id: int, now: datetime, label: str = "Vega") -> tuple[str, str]:
    """A citizen with a signed yes and its sealed file; returns both ids."""
    with database.transaction() as session:
        subject_id = factories.citizen(session, unit_id, now=now, label=label, email="vega@example.dk")
        consent_id = factories.written(session, subject_id, now=now)
        keep(session, consent_id, subject_id, FileKind.SIGNATURE, b"<svg/>", "image/svg+xml", now=now)
    return subject_id, consent_id


def erase(database: Database, subject_id: str, now: datetime) -> None:
    with database.transaction() as session:
        erased = erasing.erase(session, SYSTEM, subject_id, now=now)
    with database.reader() as session:
        erasing.finish(session, erased)


def file_of(session: Session, consent_id: str) -> Evidence:
    return session.exec(select(Evidence).where(Evidence.consent_id == consent_id)).one()


def put_away(row: Evidence) -> vault.PutAway:
    return vault.PutAway(row.file_name, row.wrapped_key, row.size, row.sha256)


def job(database: Database, settings: Settings, now: datetime) -> Job:
    return Job("consent", database, settings, now)


def test_nothing_readable_is_left_and_the_tombstone_stands(
    database: Database, area: int, now: datetime, tmp_path: Path
) -> None:
    subject_id, consent_id = signed(database, area, now)
    with database.transaction() as session:
        key = erasing.MAIL_PREFIX.format(subject_id=subject_id) + "receipt"
        mail = Mail("vega@example.dk", "Kvittering", "Hej Vega")
        outbox.enqueue(session, mail, dedupe_key=key, due_at=now, now=now)
    erase(database, subject_id, now)
    with database.reader() as session:
        subject, consent = session.get(Subject, subject_id), session.get(Consent, consent_id)
        assert subject and consent
        assert (subject.label, subject.search_key, subject.contact_sealed) == ("", "", "")
        assert subject.erased_at == now and consent.purged_at == now
        assert consent.signed_at == now and file_of(session, consent_id).sha256
        assert [row.name_sealed for row in session.exec(select(Signature))] == [""]
        assert not vault.key_store(session).holds(subject_id)
        with pytest.raises(vault.Damaged):
            vault.read(session, subject_id, "x", put_away(file_of(session, consent_id)))
        assert audit.verify(session).holds
        entries = {value.after for value in session.exec(select(AuditValue))}
        assert not entries & {"Vega", "vega@example.dk"}
    assert not list((tmp_path / "uploads" / "evidence").iterdir())
    for path in [*tmp_path.rglob("*.db*")]:
        assert b"vega@example.dk" not in path.read_bytes() or path.name.endswith("-wal")


def test_open_questions_close_and_their_mails_are_forgotten(
    database: Database, area: int, now: datetime
) -> None:
    about = About(Target.TAKEOVER, "takeover:1", "Takeover i uge 42")
    with database.transaction() as session:
        subject_id = factories.citizen(session, area, now=now, email="vega@example.dk")
        request_id = requests.ask(session, SYSTEM, NewRequest(subject_id, about, place="Haven"), now=now)

        def write(_request: object, to: str, token: str) -> Mail:
            return Mail(to, "Samtykke", token)

        requests.send_link(session, SYSTEM, request_id, write, now=now)
        token = requests.make_link(session, SYSTEM, request_id, now=now)
        opened = signing.find_open(session, token, now=now)
        assert opened and opened.life is Life.OPEN
    erase(database, subject_id, now)
    with database.reader() as session:
        closed = signing.find_open(session, token, now=now)
        assert closed is None or closed.life is not Life.OPEN
        mails = session.exec(select(OutboxMessage)).all()
        assert [mail.to_address for mail in mails] == [""] and mails[0].body == ""


def test_a_person_who_is_still_shown_is_not_erased(database: Database, area: int, now: datetime) -> None:
    subject_id, consent_id = signed(database, area, now)
    with database.transaction() as session:
        session.add(
            ConsentUse(consent_id=consent_id, reference="p:1", channel=Channel.INSTAGRAM, live_from=now)
        )
    with database.writer() as session, pytest.raises(RuleBroken, match="still_shown"):
        erasing.erase(session, SYSTEM, subject_id, now=now)


def test_only_those_who_hand_out_and_erase_may(database: Database, area: int, now: datetime) -> None:
    subject_id, _ = signed(database, area, now)
    with database.writer() as session, pytest.raises(NotAllowed):
        erasing.erase(session, COORDINATOR, subject_id, now=now)


def test_nobody_is_erased_twice(database: Database, area: int, now: datetime) -> None:
    subject_id, _ = signed(database, area, now)
    erase(database, subject_id, now)
    with database.writer() as session, pytest.raises(Missing):
        erasing.erase(session, SYSTEM, subject_id, now=now)


def test_a_half_done_erasure_is_finished_by_the_sweep(
    database: Database, settings: Settings, area: int, now: datetime, tmp_path: Path
) -> None:
    subject_id, _ = signed(database, area, now)
    with database.transaction() as session:
        erasing.erase(session, SYSTEM, subject_id, now=now)  # and the machine goes down here
    with database.reader() as session:
        assert vault.key_store(session).holds(subject_id)
    jobs.finish_erasures(job(database, settings, now + timedelta(minutes=1)))
    with database.reader() as session:
        assert not vault.key_store(session).holds(subject_id)
    assert not list((tmp_path / "uploads" / "evidence").iterdir())


def test_a_rolled_back_erasure_destroys_nothing(database: Database, area: int, now: datetime) -> None:
    subject_id, consent_id = signed(database, area, now)
    with database.writer() as session:
        erasing.erase(session, SYSTEM, subject_id, now=now)
    with database.reader() as session:
        row = file_of(session, consent_id)
        assert vault.read(session, subject_id, row.id, put_away(row)) == b"<svg/>"


def test_a_restored_backup_stays_unreadable_and_is_erased_again(
    database: Database, settings: Settings, area: int, now: datetime, tmp_path: Path
) -> None:
    """The drill of decisions.md 13: rows and files come back, the key store does not."""
    subject_id, consent_id = signed(database, area, now)
    other_id, other_consent = signed(database, area, now, label="Nor")
    with database.reader() as session:
        backup = [
            kind(**row.model_dump())
            for kind in (Subject, Consent, Signature, Evidence)
            for row in session.exec(select(kind)).all()  # type: ignore[call-overload]
        ]
    shutil.copytree(tmp_path / "uploads", tmp_path / "backup")
    erase(database, subject_id, now)

    with database.transaction() as session:
        for saved in backup:
            session.merge(saved)
    shutil.copytree(tmp_path / "backup", tmp_path / "uploads", dirs_exist_ok=True)
    with database.reader() as session:
        row = file_of(session, consent_id)
        assert session.get(Subject, subject_id).label == "Vega"  # type: ignore[union-attr]
        with pytest.raises(vault.Damaged):
            vault.read(session, subject_id, row.id, put_away(row))
        assert vault.open_facts(session, subject_id, "v1.AAAA", about="x") == {}

    jobs.finish_erasures(job(database, settings, now + timedelta(days=30)))
    with database.reader() as session:
        assert session.get(Subject, subject_id).label == ""  # type: ignore[union-attr]
        row = file_of(session, other_consent)
        assert vault.read(session, other_id, row.id, put_away(row)) == b"<svg/>"
        assert not vault.is_there(session, file_of(session, consent_id).file_name)


def test_the_daily_purge_takes_what_is_due_and_nothing_else(
    database: Database, settings: Settings, area: int, now: datetime
) -> None:
    _, old = signed(database, area, now)
    later = now + timedelta(days=200)
    signed(database, area, later, label="Nor")
    jobs.purge(job(database, settings, now + timedelta(days=250)))
    with database.reader() as session:
        assert session.get(Consent, old).purged_at is not None  # type: ignore[union-attr]
        assert not vault.is_there(session, file_of(session, old).file_name)
        assert [kept.consent_id for kept in kept_answers(session)] != [old]
        assert len(kept_answers(session)) == 1


def test_the_purge_spares_a_post_that_is_up_and_says_so(
    database: Database, settings: Settings, area: int, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    _, consent_id = signed(database, area, now)
    with database.transaction() as session:
        session.add(
            ConsentUse(consent_id=consent_id, reference="p:1", channel=Channel.INSTAGRAM, live_from=now)
        )
    with caplog.at_level("INFO", logger="stafet"):
        jobs.purge(job(database, settings, now + timedelta(days=300)))
    assert "consent.purge_refused" in caplog.messages
    with database.reader() as session:
        assert session.get(Consent, consent_id).purged_at is None  # type: ignore[union-attr]
        (found,) = retention.due(session, now=now + timedelta(days=300))
        assert found.is_in_use


def test_people_of_whom_nothing_is_left_are_erased_after_a_year(
    database: Database, settings: Settings, area: int, now: datetime
) -> None:
    with database.transaction() as session:
        idle = factories.citizen(session, area, now=now)
        young = factories.citizen(session, area, now=now + timedelta(days=300), label="Nor")
    jobs.purge(job(database, settings, now + timedelta(days=366)))
    with database.reader() as session:
        assert session.get(Subject, idle).erased_at is not None  # type: ignore[union-attr]
        assert session.get(Subject, young).erased_at is None  # type: ignore[union-attr]


def test_orphans_stay_while_a_backup_may_return_and_go_after(
    database: Database, area: int, now: datetime, tmp_path: Path
) -> None:
    with database.reader() as session:
        vault.key_store(session).make("a" * 32)
        vault.put(session, "a" * 32, "b" * 32, b"stray")
        assert erasing.remove_orphans(session, now=clock.now()) == 0
        real = datetime.fromtimestamp(vault.key_store(session).made_at("a" * 32), tz=now.tzinfo)
        assert erasing.remove_orphans(session, now=real + timedelta(days=91)) == 2
    assert not list((tmp_path / "uploads" / "evidence").iterdir())
