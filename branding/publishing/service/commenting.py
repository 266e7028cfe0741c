"""Comments below live posts: read, hidden when they name a citizen, and asked about while the week lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import clock, log, policy, sealed
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.service.access import ref_of
from branding.drafts.words import shipped
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.models import Answerer, PostComment, Publication
from branding.publishing.queries import comments as queries
from branding.publishing.queries.publications import publication_row
from branding.publishing.rules.naming import named_in
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.attempts import record_calls
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import CallFailed, CallRecord, Can, RemoteComment
from branding.publishing.values.states import Way

MANAGE = "publishing:comment:manage"


def read(outlets: Outlets) -> int:
    """New comments below the posts of running takeovers; returns how many came."""
    with outlets.database.reader() as session:
        rows = [row for row in queries.read_rows(session, outlets.now()) if row.way != Way.HAND]
    count = 0
    for row in rows:
        try:
            count += _read(outlets, row)
        except CallFailed as error:
            log.event("publishing.comments_failed", publication=row.id, kind=error.failure.kind)
        except Exception as error:  # noqa: BLE001 - one post does not keep the others from being read
            log.failure("publishing.comments_failed", error, publication=row.id)
    return count


def remind(session: Session, takeover_id: int, *, now: datetime) -> bool:
    """Whoever answers hears of it; once an hour.  False when there is nothing to look at."""
    one = queries.waiting(session, now).get(takeover_id)
    if one is None:
        return False
    row = publication_row(session, one.publication_id)
    end_alerts(session, Event.COMMENTS, publication_id=row.id, now=now)
    key = f"{takeover_id}:{clock.local(now):%Y-%m-%dT%H}"
    return raise_alert(session, Event.COMMENTS, key, about=row, reference=f"answers:{one.answerer}", now=now)


def set_answerer(
    session: Session, actor: Actor, takeover_id: int, unit_id: int, ref: str, *, now: datetime
) -> None:
    """Somebody else than the host answers, or the host again."""
    policy.check(actor, MANAGE, unit_id, thing="takeover", key=takeover_id)
    row = session.get(Answerer, takeover_id) or Answerer(takeover_id=takeover_id, ref=ref)
    changes: dict[str, tuple[object, object]] = {"answerer": (row.ref, ref)}
    row.ref = ref
    session.add(row)
    session.flush()
    record(session, actor, "publishing:answerer:set", "takeover", takeover_id, changes=changes, now=now)


def done(session: Session, actor: Actor, comment_id: int, *, now: datetime) -> PostComment:
    """Answered, or hidden by hand: its words are forgotten."""
    row = queries.comment_row(session, comment_id)
    publication = publication_row(session, row.publication_id)
    policy.check(actor, MANAGE, publication.unit_id, thing="post_comment", key=comment_id)
    if row.done_at is not None:
        raise RuleBroken("done", say("Somebody has dealt with this already."))
    row.done_at, row.done_by, row.text_sealed = now, ref_of(actor), ""
    if row.names_citizen:
        row.hidden_at = row.hidden_at or now
    session.add(row)
    session.flush()
    record(session, actor, "publishing:comment:done", "post_comment", comment_id, now=now)
    end_alerts(session, Event.COMMENT_NAMES, reference=f"comment:{row.id}", now=now)
    left = [each for each, one in queries.open_rows(session) if one.takeover_id == publication.takeover_id]
    if not left:
        end_alerts(session, Event.COMMENTS, publication_id=publication.id, now=now)
    return row


def _read(outlets: Outlets, row: Publication) -> int:
    calls: list[CallRecord] = []
    with outlets.database.reader() as session:
        client = outlets.client(session, row.profile_id, Way(row.way), calls.append)
        known = queries.known_comments(session, row.id)
        people = queries.citizens_of(session, row.unit_id)
    if Can.READ_COMMENTS not in client.can or not row.external_id:
        return 0
    found = [
        one
        for one in client.comments(row.external_id)
        if one.external_id not in known and not one.is_own and not one.is_hidden
    ]
    words, now = shipped(), outlets.now()
    named = {one.external_id: named_in(one.text, people, words) for one in found}
    hidden = _hide(client, [one for one in found if named[one.external_id]])
    with outlets.database.transaction() as session:
        record_calls(session, row.id, calls)
        for one in found:
            _keep(session, row, one, named[one.external_id], one.external_id in hidden, now)
    return len(found)


def _hide(client: ChannelClient, found: Sequence[RemoteComment]) -> set[str]:
    """What could be hidden by the channel's interface; the rest is a task for a person."""
    hidden: set[str] = set()
    for one in found if Can.HIDE_COMMENTS in client.can else ():
        try:
            client.hide_comment(one.external_id)
        except CallFailed as error:
            log.event("publishing.hide_failed", kind=error.failure.kind)
        else:
            hidden.add(one.external_id)
    return hidden


def _keep(
    session: Session,
    row: Publication,
    one: RemoteComment,
    subjects: tuple[str, ...],
    is_hidden: bool,
    now: datetime,
) -> None:
    comment = PostComment(
        publication_id=row.id,
        external_id=one.external_id[:120],
        made_at=one.made_at,
        found_at=now,
        names_citizen=bool(subjects),
        subjects=list(subjects),
        hidden_at=now if is_hidden else None,
    )
    comment.text_sealed = sealed.seal(session, one.text[:2000], about=queries.about(comment))
    session.add(comment)
    session.flush()
    if subjects and not is_hidden:
        reference = f"comment:{comment.id}"
        raise_alert(session, Event.COMMENT_NAMES, f"{comment.id}", about=row, reference=reference, now=now)
