"""What the gate says of posts that are out, read together, in a fixed number of queries a chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from branding.consent.rules.gate import may_publish
from branding.consent.rules.gate.wording import sentence
from branding.consent.values.gate import Code, Decision, DraftFacts, GateFacts, Reason, Stage
from branding.consent.values.records import Channel, Format, Purpose
from branding.core import log
from branding.core.text import Text
from branding.drafts.queries.going_out import judged_by_id
from branding.publishing.models import Publication, Takedown
from branding.publishing.rules.live import ACTS, live
from branding.publishing.values.down import Live
from branding.publishing.values.states import Shows, State

#: The call is over; people may be able to see it.
SEEN = (State.UNKNOWN, State.PUBLISHED_NO_ID, State.PUBLISHED, State.NEEDS_REVIEW)
#: A post whose draft is gone: nothing is known of it.
_NOTHING = GateFacts(DraftFacts("", "", "", "", Format.FEED, Purpose.RECRUITING))
_UNKNOWN = Decision(False, (Reason(Code.EVALUATION_ERROR),))
#: So many posts are judged together.
CHUNK = 200


def watched(session: Session) -> Sequence[Publication]:
    """What is out and shows people, stories that end by themselves, and everything with an open duty."""
    has_duty = select(Takedown.publication_id).where(col(Takedown.done_at).is_(None))
    query = select(Publication).where(
        col(Publication.state).in_(SEEN),
        or_(
            col(Publication.shows) != Shows.NOBODY,
            col(Publication.kind) == "story",
            col(Publication.id).in_(has_duty),
        ),
    )
    return session.exec(query.order_by(col(Publication.id))).all()


def ended_with_duty(session: Session) -> list[str]:
    """Duties about posts that turned out not to be there."""
    query = (
        select(Takedown.id)
        .join(Publication, col(Publication.id) == col(Takedown.publication_id))
        .where(col(Takedown.done_at).is_(None), col(Publication.state).not_in((*SEEN, State.PUBLISHING)))
    )
    return list(session.exec(query))


def judged_live(
    session: Session,
    rows: Sequence[Publication],
    since: Mapping[str, Mapping[str, datetime]],
    now: datetime,
) -> Iterator[tuple[Publication, Live]]:
    """Each row with what the gate's answer of this moment means for it."""
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        facts = judged_by_id(session, sorted({row.draft_id for row in chunk}), now=now)
        for row in chunk:
            one = facts.get(row.draft_id)
            yield row, _live(row, one.facts if one else None, since.get(row.id, {}), now)


def _live(row: Publication, facts: GateFacts | None, since: Mapping[str, datetime], now: datetime) -> Live:
    if row.shows == Shows.NOBODY:
        return Live()
    out_at = row.published_at or row.publish_started_at or row.due_at
    channel = Channel(row.channel)
    if facts is None:
        return live(_UNKNOWN, _NOTHING, channel, published_at=out_at, since=since, now=now)
    decision = may_publish(facts, channel, stage=Stage.PUBLISH, at=now)
    try:
        return live(decision, facts, channel, published_at=out_at, since=since, now=now)
    except Exception as error:  # noqa: BLE001 - a person looks at what cannot be judged
        log.failure("publishing.live_unclear", error, publication=row.id)
        return live(_UNKNOWN, _NOTHING, channel, published_at=out_at, since=since, now=now)


def reasons_now(session: Session, row: Publication, now: datetime) -> tuple[Text, ...]:
    """What the gate says of a live post at this moment and matters for it; names people by their labels."""
    one = judged_by_id(session, [row.draft_id], now=now).get(row.draft_id)
    if one is None:
        return ()
    decision = may_publish(one.facts, Channel(row.channel), stage=Stage.PUBLISH, at=now)
    return tuple(sentence(one) for one in decision.reasons if ACTS[one.code].duty is not None)
