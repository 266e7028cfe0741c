"""Every call to a channel as it was, for whoever must find out what happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from branding.publishing.models import Attempt
from branding.publishing.rules.answers import classify
from branding.publishing.values.calls import Answer, CallRecord, Failure


def record_calls(session: Session, publication_id: str, calls: Sequence[CallRecord]) -> None:
    """No token, no words of a post, and nothing that the channel wrote."""
    for call in calls:
        failed = Failure(
            call.step, call.sent, call.kind, call.http_status, call.code, call.subcode, call.trace_id
        )
        session.add(
            Attempt(
                publication_id=publication_id,
                step=call.step,
                request=call.request[:200],
                digest=call.digest,
                started_at=call.started_at,
                ended_at=call.ended_at,
                http_status=call.http_status,
                error_code=call.code,
                error_subcode=call.subcode,
                trace_id=call.trace_id[:80],
                answer=classify(failed) if call.kind else Answer.OK,
            )
        )
