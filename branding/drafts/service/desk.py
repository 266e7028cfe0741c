"""What the review screen shows: read once, judged as if whoever looks approved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlmodel import Session

from branding.consent.rules.standing import standing as standing_on
from branding.consent.values.gate import ConsentFacts, DraftFacts, PersonFacts
from branding.consent.values.people import Route
from branding.consent.values.reasons import TOLD_FIRST, Reason
from branding.consent.values.records import MediaKind, Target
from branding.core import policy
from branding.core.actor import Actor
from branding.drafts.models import Draft
from branding.drafts.queries.drafts import view_of
from branding.drafts.queries.facts import Judged, judged
from branding.drafts.service import previews
from branding.drafts.service.access import REVIEW, ref_of
from branding.drafts.service.correcting import mark_of
from branding.drafts.service.makers import is_maker
from branding.drafts.service.standing import standing_of
from branding.drafts.service.versions import since_sent
from branding.drafts.values.drafts import IN_REVIEW, DraftState, Standing
from branding.drafts.values.previews import PreviewView
from branding.drafts.values.review import Agreed, Desk, Hidden, Seen, Uncounted
from branding.media.values.items import Answer, FaceState, ItemView

_HIDDEN = (Answer.BLURRED, Answer.NOT_RECOGNISABLE)
#: While the program has not come to it, people may be quicker.
_UNCOUNTED = (FaceState.WAITING, FaceState.UNAVAILABLE, FaceState.FAILED)


def desk(session: Session, actor: Actor, row: Draft, *, now: datetime) -> Desk:
    """The draft on the desk of somebody who may see it."""
    one = judged(session, [row], now=now)[row.id]
    me = ref_of(actor)
    standing = standing_of(row, one, by=me, now=now)
    items = [(n, one.items[item]) for n, item in enumerate(one.content.item_ids, 1) if item in one.items]
    asks_first = any(_sees_first(person) for person in one.facts.people.values())
    version = one.facts.draft.version_hash
    shown = previews.previews_of(session, row.id, version, now=now) if asks_first else []
    is_own = is_maker(session, actor, row)
    return Desk(
        draft=view_of(row, one.content),
        items=one.items,
        standing=standing,
        people=tuple(
            person
            for person in _people(one, items, standing, shown, now)
            if actor.kind == "user" or person.subject_id not in standing.named
        ),
        hidden=tuple(Hidden(item.id, n, p) for n, item in items for p in item.people if p.answer in _HIDDEN),
        nobody=tuple(n for n, item in items if item.is_nobody),
        uncounted=tuple(
            Uncounted(item.id, n, item.kind is MediaKind.VIDEO)
            for n, item in items
            if item.faces is None and item.face_state in _UNCOUNTED
        ),
        since=since_sent(session, row, one.content),
        base=mark_of(one.content),
        may_approve=_waits(actor, row) and not is_own and policy.covers(actor, REVIEW, row.unit_id),
        is_own=is_own,
    )


def _waits(actor: Actor, row: Draft) -> bool:
    """What is on hold is taken up again by colleagues, never by a link."""
    return row.state in IN_REVIEW if actor.kind == "user" else row.state == DraftState.SUBMITTED


def _people(
    one: Judged,
    items: list[tuple[int, ItemView]],
    standing: Standing,
    shown: list[PreviewView],
    now: datetime,
) -> Iterator[Seen]:
    at = standing.at or now
    for subject_id, person in sorted(one.facts.people.items(), key=lambda pair: pair[1].label):
        word = standing_on(person, one.content.channels[0], at, _targets(one.facts.draft))
        reasons = _reasons(standing, subject_id)
        yield Seen(
            subject_id,
            person.label,
            person.kind,
            tuple(n for n, item in items if any(p.subject_id == subject_id for p in item.people)),
            word.state,
            reasons,
            _agreed(word.answer) if word.answer is not None else None,
            _sees_first(person),
            next((p for p in shown if p.subject_id == subject_id and p.is_current and p.answered_at), None),
        )


def _sees_first(person: PersonFacts) -> bool:
    return person.is_citizen or person.route is not Route.SELF


def _targets(draft: DraftFacts) -> frozenset[tuple[Target, str]]:
    shoots = {(Target.SHOOT, shoot) for media in draft.media for shoot in media.shoots}
    return frozenset({(Target.POST, draft.reference), (Target.TAKEOVER, draft.takeover), *shoots})


def _reasons(standing: Standing, subject_id: str) -> tuple[Reason, ...]:
    """Each once, whichever channel it is about."""
    found: Mapping[Reason, None] = dict.fromkeys(
        reason
        for answer in standing.answers.values()
        for reason in answer.reasons
        if reason.subject_id == subject_id
    )
    return tuple(sorted(found, key=lambda reason: TOLD_FIRST.index(reason.remedy)))


def _agreed(answer: ConsentFacts) -> Agreed | None:
    if answer.is_refusal:
        return None
    return Agreed(
        answer.id,
        tuple(scope.channel for scope in answer.scopes),
        any(scope.may_name for scope in answer.scopes),
        any(scope.may_voice for scope in answer.scopes),
        any(MediaKind.VIDEO in scope.media for scope in answer.scopes),
        answer.expires_at,
        answer.target_label,
    )
