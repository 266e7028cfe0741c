"""Opening evidence, the second pair of eyes, and files that are damaged."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import Session, select

from branding.audit.models import AuditEntry, AuditValue
from branding.consent.models import Consent, Evidence
from branding.consent.queries import evidence as queries
from branding.consent.queries.gate_facts import person_facts
from branding.consent.queries.retention import kept_answers
from branding.consent.service import evidence
from branding.consent.service import verifying as service
from branding.consent.values.answers import Asked
from branding.consent.values.records import FileKind
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed, RuleBroken
from tests.consent.factories import citizen, oral, written
from tests.support.client import InspectingClient
from tests.support.people import make_area

FIRST = Actor("user", 901, roles=frozenset({Role.COMMUNICATIONS}))
SECOND = Actor("user", 902, roles=frozenset({Role.COMMUNICATIONS}))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><polyline points="0,0 9,9"/></svg>'


@pytest.fixture
def now(at: Callable[[str], datetime]) -> datetime:
    return at("2026-10-12 09:00")


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(made, "JPEG")
    return made.getvalue()


def signed(session: Session, area: int, now: datetime, *, actor: Actor = FIRST) -> tuple[str, str]:
    """A citizen's signed yes with its drawing; returns the consent's and the drawing's ids."""
    subject_id = citizen(session, area, now=now)
    consent_id = written(session, subject_id, now=now, actor=actor)
    drawing = evidence.keep(
        session, consent_id, subject_id, FileKind.SIGNATURE, SVG, "image/svg+xml", now=now
    )
    return consent_id, drawing


def tags(session: Session) -> list[str]:
    return [entry.tag for entry in session.exec(select(AuditEntry))]


def test_who_asked_does_not_confirm_what_was_signed_on_the_own_device(
    session: Session, area: int, now: datetime
) -> None:
    """The person is written down as the recorder then, and whoever held the device could have signed."""
    subject_id = citizen(session, area, now=now)
    consent_id = written(
        session, subject_id, now=now, actor=Actor("subject"), asked=Asked("user", FIRST.id, now)
    )
    evidence.keep(session, consent_id, subject_id, FileKind.SIGNATURE, SVG, "image/svg+xml", now=now)
    with pytest.raises(RuleBroken, match="own_record"):
        service.verify(session, FIRST, consent_id, now=now)
    assert service.next_to_verify(session, FIRST, {area}, now) is None
    assert service.next_to_verify(session, SECOND, {area}, now) == consent_id
    service.verify(session, SECOND, consent_id, now=now)


def test_another_person_than_the_recorder_confirms(session: Session, area: int, now: datetime) -> None:
    consent_id, _ = signed(session, area, now)
    with pytest.raises(RuleBroken) as caught:
        service.verify(session, FIRST, consent_id, now=now)
    assert caught.value.code == "own_record"
    service.verify(session, SECOND, consent_id, now=now)
    row = session.get(Consent, consent_id)
    assert row is not None
    assert (row.verified_at, row.verified_by_kind, row.verified_by_id) == (now, "user", 902)
    assert "consent:consent:verified" in tags(session)
    with pytest.raises(RuleBroken):
        service.verify(session, SECOND, consent_id, now=now)


def test_what_nobody_can_see_is_not_confirmed(session: Session, area: int, now: datetime) -> None:
    consent_id, drawing = signed(session, area, now)
    _file(session, drawing).write_bytes(b"changed")
    with pytest.raises(RuleBroken) as caught:
        service.verify(session, SECOND, consent_id, now=now)
    assert caught.value.code == "evidence_missing"
    bare = written(session, citizen(session, area, now=now, label="Bo"), now=now, actor=FIRST)
    with pytest.raises(RuleBroken):
        service.verify(session, SECOND, bare, now=now)


def test_what_does_not_fit_never_counted(session: Session, area: int, now: datetime) -> None:
    consent_id, _ = signed(session, area, now)
    with pytest.raises(RuleBroken):
        service.invalidate(session, SECOND, consent_id, "because", now=now)
    service.invalidate(session, SECOND, consent_id, "wrong_signer", now=now)
    row = session.get(Consent, consent_id)
    assert row is not None
    assert (row.invalidated_at, row.invalidated_why) == (now, "wrong_signer")
    with pytest.raises(RuleBroken):
        service.verify(session, SECOND, consent_id, now=now)


def test_a_no_is_never_found_not_to_count(session: Session, area: int, now: datetime) -> None:
    """An older yes would count again, by one person's hand: whoever says no is asked anew (R7, R44)."""
    person = citizen(session, area, now=now)
    written(session, person, now=now - timedelta(days=2))
    no = written(session, person, now=now, is_refusal=True)
    with pytest.raises(RuleBroken) as caught:
        service.invalidate(session, SECOND, no, "mistake", now=now)
    assert caught.value.code == "refusal"
    assert session.get_one(Consent, no).invalidated_at is None


def test_other_units_and_roles_see_nothing(session: Session, area: int, now: datetime) -> None:
    consent_id, drawing = signed(session, area, now)
    elsewhere = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({area + 1000}))
    with pytest.raises(Missing):
        service.verify(session, elsewhere, consent_id, now=now)
    with pytest.raises(Missing):
        service.evidence_for(session, elsewhere, drawing)
    for role in (Role.ADMIN, Role.READER):
        with pytest.raises(NotAllowed):
            service.evidence_for(session, Actor("user", 3, roles=frozenset({role})), drawing)
    with pytest.raises(NotAllowed):
        service.verify(session, Actor("user", 4, roles=frozenset({Role.DPO})), consent_id, now=now)


def test_the_queue_holds_written_yeses_that_wait(session: Session, area: int, now: datetime) -> None:
    consent_id, _ = signed(session, area, now)
    done, _ = signed(session, area, now)
    service.verify(session, SECOND, done, now=now)
    gone, _ = signed(session, area, now)
    service.invalidate(session, SECOND, gone, "mistake", now=now)
    written(session, citizen(session, area, now=now), now=now, is_refusal=True)
    oral(session, citizen(session, area, now=now), now=now)
    assert [one.consent_id for one in queries.to_verify(session, {area}, now)] == [consent_id]
    assert queries.to_verify(session, {area + 1}, now) == []
    assert service.next_to_verify(session, FIRST, {area}, now) is None
    assert service.next_to_verify(session, SECOND, {area}, now) == consent_id


def test_an_answer_that_never_counted_replaces_none(session: Session, area: int, now: datetime) -> None:
    first, _ = signed(session, area, now)
    subject_id = session.get(Consent, first).subject_id  # type: ignore[union-attr]
    second = written(session, subject_id, now=now, actor=FIRST)
    assert [one.consent_id for one in queries.to_verify(session, {area}, now)] == [second]
    service.invalidate(session, SECOND, second, "mistake", now=now)
    assert [one.consent_id for one in queries.to_verify(session, {area}, now)] == [first]
    assert {one.consent_id: one.replaced_at for one in kept_answers(session)}[first] is None


def test_the_nightly_look_finds_damage_and_closes_the_gate(
    session: Session, area: int, now: datetime
) -> None:
    consent_id, drawing = signed(session, area, now)
    subject_id = session.get(Consent, consent_id).subject_id  # type: ignore[union-attr]
    assert service.check_evidence(session, now=now) == []
    assert person_facts(session, [subject_id], now=now)[subject_id].answers[0].evidence_intact
    path = _file(session, drawing)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert service.check_evidence(session, now=now) == [drawing]
    assert service.check_evidence(session, now=now) == [drawing]
    assert tags(session).count("consent:evidence:damaged") == 1
    assert not person_facts(session, [subject_id], now=now)[subject_id].answers[0].evidence_intact


def _file(session: Session, evidence_id: str) -> Path:
    row = session.get(Evidence, evidence_id)
    assert row is not None
    folder: Path = session.info["uploads"]
    return folder / "evidence" / row.file_name


class TestPages:
    """As staff opens and checks."""

    @pytest.fixture
    def ids(self, database: Database, area: int, now: datetime) -> tuple[str, str, str]:
        """A consent with a drawing and a photographed form."""
        with database.transaction() as session:
            consent_id, drawing = signed(session, area, now)
            subject_id = session.get(Consent, consent_id).subject_id  # type: ignore[union-attr]
            scan = evidence.keep(
                session, consent_id, subject_id, FileKind.SCAN, jpeg(), "image/jpeg", now=now
            )
        return consent_id, drawing, scan

    def test_a_file_is_handed_out_as_attachment_and_logged(
        self, client: InspectingClient, database: Database, ids: tuple[str, str, str], area: int,
        sign_in: Callable[..., int],
    ) -> None:  # fmt: skip
        sign_in("coordinator", area)
        response = client.post(f"/consent/evidence/{ids[1]}/file")
        assert response.data == SVG
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "script-src" not in response.headers["Content-Security-Policy"]
        assert [one[0] for one in logged(database)] == [ids[1]]

    def test_the_page_itself_shows_nothing_of_it(
        self, client: InspectingClient, database: Database, ids: tuple[str, str, str], area: int,
        sign_in: Callable[..., int],
    ) -> None:  # fmt: skip
        sign_in("coordinator", area)
        page = client.page(f"/consent/evidence/{ids[1]}")
        assert "polyline" not in str(page.text("main"))
        assert logged(database) == []

    def test_every_picture_that_is_shown_is_a_reading(
        self, client: InspectingClient, database: Database, ids: tuple[str, str, str], area: int,
        sign_in: Callable[..., int],
    ) -> None:  # fmt: skip
        sign_in("coordinator", area)
        for evidence_id in ids[1:]:
            response = client.get(f"/consent/evidence/{evidence_id}/picture")
            assert response.status_code == 200
            assert "sandbox" in response.headers["Content-Security-Policy"]
        assert len(logged(database)) == 2

    def test_the_dpo_says_why(
        self,
        client: InspectingClient,
        database: Database,
        ids: tuple[str, str, str],
        sign_in: Callable[..., int],
    ) -> None:
        sign_in("dpo")
        address = f"/consent/evidence/{ids[1]}/file"
        client.send(address, {"reason": " "}, 400)
        assert logged(database) == []
        assert client.post(address, data={"reason": "Klage 12"}).data == SVG
        assert logged(database) == [(ids[1], "Klage 12")]
        assert client.get(f"/consent/evidence/{ids[1]}/picture").status_code == 403

    @pytest.mark.parametrize("role", ["admin", "reader"])
    def test_admin_and_reader_are_refused(
        self, client: InspectingClient, ids: tuple[str, str, str], sign_in: Callable[..., int], role: str
    ) -> None:
        sign_in(role)
        assert client.get(f"/consent/evidence/{ids[1]}").status_code == 403
        assert client.post(f"/consent/evidence/{ids[1]}/file").status_code == 403
        assert client.get(f"/consent/consents/{ids[0]}/proof.pdf").status_code == 403
        assert client.get(f"/consent/verify/{ids[0]}").status_code == 403

    def test_another_units_coordinator_finds_nothing(
        self,
        client: InspectingClient,
        database: Database,
        ids: tuple[str, str, str],
        sign_in: Callable[..., int],
    ) -> None:
        sign_in("coordinator", make_area(database, "Specialområde Voksne", "SVO"))
        for path in (f"evidence/{ids[1]}", f"evidence/{ids[1]}/picture", f"verify/{ids[0]}",
                     f"consents/{ids[0]}/proof", f"consents/{ids[0]}/proof.pdf"):  # fmt: skip
            assert client.get(f"/consent/{path}").status_code == 404, path
        for path in (f"evidence/{ids[1]}/file", f"verify/{ids[0]}/confirm", f"verify/{ids[0]}/wrong"):
            assert client.post(f"/consent/{path}").status_code == 404, path
        assert logged(database) == []

    def test_a_damaged_file_says_so_and_is_logged(
        self, client: InspectingClient, database: Database, ids: tuple[str, str, str], area: int,
        sign_in: Callable[..., int],
    ) -> None:  # fmt: skip
        with database.reader() as session:
            _file(session, ids[1]).unlink()
        sign_in("coordinator", area)
        assert "beskadiget" in client.send(f"/consent/evidence/{ids[1]}/file").text("main")
        assert client.get(f"/consent/evidence/{ids[1]}/picture").status_code == 404
        assert len(logged(database)) == 2
        with database.reader() as session:
            assert session.get(Evidence, ids[1]).damaged_at is not None  # type: ignore[union-attr]

    def test_without_the_log_there_is_no_file(
        self, client: InspectingClient, ids: tuple[str, str, str], area: int, sign_in: Callable[..., int],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def fails(*_args: object, **_more: object) -> None:
            raise OSError("the log cannot be written")

        sign_in("coordinator", area)
        monkeypatch.setattr("branding.consent.views.evidence.record_apart", fails)
        for answer in (
            lambda: client.post(f"/consent/evidence/{ids[1]}/file"),
            lambda: client.get(f"/consent/evidence/{ids[1]}/picture"),
            lambda: client.get(f"/consent/consents/{ids[0]}/proof.pdf"),
        ):
            try:
                response = answer()
            except OSError:
                continue
            assert response.status_code == 500
            assert b"polyline" not in response.data

    def test_the_one_after_the_other_in_the_queue(
        self, client: InspectingClient, database: Database, ids: tuple[str, str, str], area: int,
        now: datetime, sign_in: Callable[..., int],
    ) -> None:  # fmt: skip
        with database.transaction() as session:
            other, _ = signed(session, area, now)
        sign_in("communications")
        first = client.page("/consent/verify")
        assert first.text("main").count("Vega") >= 2
        page = client.page(f"/consent/verify/{ids[0]}")
        assert len(list(page.all("main")[0].iter("img"))) == 2
        following = client.send(f"/consent/verify/{ids[0]}/confirm")
        assert following.path == f"/consent/verify/{other}"
        client.send(f"/consent/verify/{other}/wrong", {}, 400)
        ended = client.send(f"/consent/verify/{other}/wrong", {"why": "bad_evidence"})
        assert ended.path == "/consent/verify"

    def test_who_wrote_it_down_cannot_confirm_it(
        self,
        client: InspectingClient,
        database: Database,
        area: int,
        now: datetime,
        sign_in: Callable[..., int],
    ) -> None:
        me = sign_in("coordinator", area)
        actor = Actor("user", me, roles=frozenset({Role.COORDINATOR}), units=frozenset({area}))
        with database.transaction() as session:
            consent_id, _ = signed(session, area, now, actor=actor)
        page = client.page(f"/consent/verify/{consent_id}")
        assert f"/consent/verify/{consent_id}/confirm" not in [f.get("action") for f in page.all("form")]
        assert "ingen andre" in page.text("main")
        client.send(f"/consent/verify/{consent_id}/confirm")
        with database.reader() as session:
            assert session.get(Consent, consent_id).verified_at is None  # type: ignore[union-attr]


def logged(database: Database) -> list[tuple[str, object]]:
    """What was opened, the oldest first, and why."""
    with database.reader() as session:
        query = select(AuditEntry).where(AuditEntry.tag == "consent:evidence:read")
        rows = session.exec(query.order_by(AuditEntry.id)).all()  # type: ignore[arg-type]
        why = {one.entry_id: one.after for one in session.exec(select(AuditValue))}
        return [(row.subject_id, why.get(row.id or 0)) for row in rows]
