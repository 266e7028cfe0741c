"""The author hears what became of a post, once, and never of what was undone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import reviewing
from branding.drafts.values.previews import Told
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail, MessageStatus
from tests.drafts import factories as f


def write(told: Told) -> Mail:
    return Mail(told.email, "Svar", f"{told.name} {told.is_host}")


def waiting(session: Session) -> list[OutboxMessage]:
    query = select(OutboxMessage).where(
        col(OutboxMessage.dedupe_key).startswith("draft-answer:"),
        OutboxMessage.status == MessageStatus.WAITING,
    )
    return list(session.exec(query))


def test_the_host_hears_of_an_approval_ten_minutes_later(session: Session, now: datetime) -> None:
    on = f.stage(session, now)
    draft_id = f.submitted(session, on, now)
    wanted = reviewing.Approve(draft_row(session, draft_id).version)
    reviewing.approve(session, on.coordinator, draft_id, wanted, write, now=now)
    (mail,) = waiting(session)
    assert mail.next_attempt_at == now + timedelta(minutes=10) and mail.to_address == "anna@example.dk"


def test_what_is_undone_is_never_told(session: Session, now: datetime) -> None:
    on = f.stage(session, now)
    draft_id = f.submitted(session, on, now)
    row = draft_row(session, draft_id)
    reviewing.send_back(session, on.coordinator, draft_id, "Mere lys", row.version, write, now=now)
    assert len(waiting(session)) == 1
    reviewing.resume(session, on.coordinator, draft_id, now=now)
    assert waiting(session) == []
    reviewing.send_back(session, on.coordinator, draft_id, "Mere lys", row.version, write, now=now)
    assert len(waiting(session)) == 1


def test_a_denied_approval_tells_nobody(session: Session, now: datetime) -> None:
    on = f.stage(session, now)
    item = f.picture(session, on, now, faces=f.FaceState.UNAVAILABLE)
    draft_id = f.submitted(session, on, now, items=(item,))
    wanted = reviewing.Approve(draft_row(session, draft_id).version, {item: 3})
    outcome = reviewing.approve(session, on.coordinator, draft_id, wanted, write, now=now)
    assert not outcome.is_done and waiting(session) == []
