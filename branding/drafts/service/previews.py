"""A person in the post sees exactly this version, beside staff or by link, and may refuse just this one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.consent.values.records import ActorKind
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.drafts.models import Draft, Preview
from branding.drafts.queries.drafts import draft_row, version_row
from branding.drafts.queries.facts import judged
from branding.drafts.service.access import draft_for, ref_of
from branding.drafts.service.refusals import Write, tell_of_no
from branding.drafts.service.saving import close_version
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.previews import OpenedPreview, PreviewLife, PreviewView

SHOW = "drafts:preview:show"
#: Long enough to look at it with somebody one trusts.
LINK_LASTS = timedelta(days=14)


def answer_in_person(
    session: Session,
    actor: Actor,
    draft_id: str,
    subject_id: str,
    *,
    is_refused: bool,
    version: int,
    write: Write | None = None,
    now: datetime,
) -> str:
    """Staff sat beside while the person saw it; ``version`` is the one that was on the screen."""
    row = _draft(session, actor, draft_id, subject_id, now)
    if row.version != version:
        raise RuleBroken("changed", say("The post was changed while you looked. Show it again."))
    preview = _new(session, actor, row, subject_id, now)
    preview.is_in_person, preview.answered_at, preview.is_refused = True, now, is_refused
    session.add(preview)
    _note(session, actor, preview, now)
    if is_refused:
        tell_of_no(session, row, preview.id, write, but=ref_of(actor), now=now)
    return preview.id


def make_link(session: Session, actor: Actor, draft_id: str, subject_id: str, *, now: datetime) -> str:
    """A secret by which the person sees it elsewhere; an earlier one that was not answered closes."""
    row = _draft(session, actor, draft_id, subject_id, now)
    for old in _open(session, draft_id, subject_id):
        old.revoked_at = now
    token = secrets.token_urlsafe(32)
    preview = _new(session, actor, row, subject_id, now)
    preview.token_hash, preview.expires_at = _hash(token), now + LINK_LASTS
    session.add(preview)
    record(session, actor, "drafts:preview:sent", "draft", draft_id, now=now)
    session.flush()
    return token


def open_link(session: Session, token: str, *, now: datetime) -> OpenedPreview | None:
    """What the secret opens; None for one that was never given out.  Looking uses nothing up."""
    found = session.exec(select(Preview).where(Preview.token_hash == _hash(token))).first()
    if found is None:
        return None
    row = draft_row(session, found.draft_id)
    content = Content.from_json(version_row(session, row.id, found.number).content)
    return OpenedPreview(
        found.id,
        _life(session, found, row, now),
        row.id,
        found.subject_id,
        row.unit_id,
        row.profile_id,
        content,
        found.is_refused,
        found.answered_at,
    )


def answer_by_link(
    session: Session, token: str, *, is_refused: bool, write: Write | None = None, now: datetime
) -> OpenedPreview:
    """The person's own word, once; a yes may still become a no by the same link."""
    opened = open_link(session, token, now=now)
    if opened is None:
        raise Missing("preview")
    may = opened.life is PreviewLife.OPEN or (opened.life is PreviewLife.ANSWERED and is_refused)
    if not may:
        raise RuleBroken("closed", say("This link is closed. Ask us for a new one."))
    preview = session.get_one(Preview, opened.id)
    preview.answered_at, preview.is_refused = now, is_refused
    _note(session, Actor(ActorKind.SUBJECT), preview, now)
    if is_refused:
        tell_of_no(session, draft_row(session, preview.draft_id), preview.id, write, now=now)
    return opened


def previews_of(session: Session, draft_id: str, version_hash: str, *, now: datetime) -> list[PreviewView]:
    """Everybody who was shown the draft, the last first."""
    query = select(Preview).where(Preview.draft_id == draft_id).order_by(col(Preview.made_at).desc())
    return [
        PreviewView(
            one.id,
            one.subject_id,
            one.is_in_person,
            one.made_at,
            one.answered_at,
            one.is_refused,
            one.version_hash == version_hash,
            one.revoked_at is not None or (one.expires_at is not None and one.expires_at <= now),
        )
        for one in session.exec(query)
    ]


def check_in_post(session: Session, actor: Actor, draft_id: str, subject_id: str, *, now: datetime) -> None:
    """Whoever is not seen, heard or named in the post is not there."""
    _draft(session, actor, draft_id, subject_id, now)


def mail_key(token: str) -> str:
    """One mail for one link; the key says nothing of the secret."""
    return f"preview:{_hash(token)[:32]}"


def _draft(session: Session, actor: Actor, draft_id: str, subject_id: str, now: datetime) -> Draft:
    """A draft in which the person is seen, heard or named."""
    row = draft_for(session, actor, draft_id)
    policy.check(actor, SHOW, row.unit_id, thing="draft", key=draft_id)
    if row.state == DraftState.DROPPED:
        raise RuleBroken("dropped", say("The post is thrown away. Take it back first."))
    facts = judged(session, [row], now=now)[row.id].facts
    in_it = set(facts.people)
    if actor.kind == "host":  # who is only named in the text may be anybody on the register
        in_it &= {one.subject_id for one in facts.draft.depictions}
    if subject_id not in in_it:
        raise Missing("subject", subject_id)
    return row


def _new(session: Session, actor: Actor, row: Draft, subject_id: str, now: datetime) -> Preview:
    close_version(session, row)
    facts = judged(session, [row], now=now)[row.id].facts.draft
    return Preview(
        id=new_id(),
        draft_id=row.id,
        subject_id=subject_id,
        version_hash=facts.version_hash,
        number=row.number,
        made_by=ref_of(actor),
        made_at=now,
    )


def _life(session: Session, found: Preview, row: Draft, now: datetime) -> PreviewLife:
    if found.revoked_at is not None or found.expires_at is None or found.expires_at <= now:
        return PreviewLife.CLOSED
    if row.state == DraftState.DROPPED:
        return PreviewLife.CLOSED
    if judged(session, [row], now=now)[row.id].facts.draft.version_hash != found.version_hash:
        return PreviewLife.CHANGED
    return PreviewLife.OPEN if found.answered_at is None else PreviewLife.ANSWERED


def _open(session: Session, draft_id: str, subject_id: str) -> list[Preview]:
    return list(
        session.exec(
            select(Preview).where(
                Preview.draft_id == draft_id,
                Preview.subject_id == subject_id,
                col(Preview.answered_at).is_(None),
                col(Preview.revoked_at).is_(None),
            )
        )
    )


def _note(session: Session, actor: Actor, preview: Preview, now: datetime) -> None:
    changes = {"is_refused": (None, preview.is_refused)}
    record(session, actor, "drafts:preview:answered", "draft", preview.draft_id, changes=changes, now=now)
    session.flush()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
