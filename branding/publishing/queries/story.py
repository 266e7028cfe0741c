"""The story of one publication: who approved and planned it, whom it was given to, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from branding.core.text import Text, say
from branding.drafts.values.drafts import DraftView
from branding.publishing.models import Attempt, HandPackage
from branding.publishing.queries.publications import attempts_of
from branding.publishing.rules.reasons import why
from branding.publishing.values.calls import Answer
from branding.publishing.values.calls import Step as CallStep
from branding.publishing.values.plan import AttemptView, Look, PublicationView, Step
from branding.publishing.values.states import State, Way

_STEPS = {
    CallStep.PREPARE: say("Handed the pictures over"),
    CallStep.POLL: say("Asked whether they are ready"),
    CallStep.PUBLISH: say("Asked the channel to publish"),
    CallStep.READ: say("Read the profile"),
    CallStep.COMMENT: say("Wrote the first comment"),
    CallStep.DELETE: say("Asked the channel to delete"),
}
_ANSWERS = {
    Answer.OK: say("went well"),
    Answer.RETRY: say("did not work, tried again later"),
    Answer.REBUILD: say("what was handed over was lost, begun anew"),
    Answer.WAIT: say("the channel asks us to wait"),
    Answer.NOT_READY: say("not ready yet"),
    Answer.RECONNECT: say("the channel does not let us in"),
    Answer.PERMANENT: say("the channel refused it"),
    Answer.UNKNOWN: say("unclear whether it worked"),
}


def story(session: Session, draft: DraftView | None, one: PublicationView) -> list[Step]:
    """In the order of time; the last lines are what is still to come."""
    found = [*_before(draft, one), *_by_hand(session, one), *_after(one)]
    found.sort(key=lambda step: step.at or datetime.max.replace(tzinfo=one.due_at.tzinfo))
    return [*found, *_ahead(one)]


def attempts(session: Session, publication_id: str) -> list[AttemptView]:
    """Every call, the first one first."""
    return [
        AttemptView(
            _STEPS[CallStep(row.step)],
            row.started_at,
            _ANSWERS[Answer(row.answer)],
            _codes(row),
            row.trace_id,
        )
        for row in attempts_of(session, publication_id)
    ]


def packages_of(session: Session, publication_id: str) -> Sequence[HandPackage]:
    query = select(HandPackage).where(HandPackage.publication_id == publication_id)
    return session.exec(query.order_by(col(HandPackage.id))).all()


def _before(draft: DraftView | None, one: PublicationView) -> Iterator[Step]:
    if draft is not None and draft.approved_at is not None:
        yield Step(say("Approved"), draft.approved_at, draft.approved_by)
    if one.planned_at is not None:
        yield Step(say("Put in the plan"), one.planned_at, one.planned_by)


def _by_hand(session: Session, one: PublicationView) -> Iterator[Step]:
    for package in packages_of(session, one.id) if one.way is Way.HAND else ():
        yield Step(say("Given to somebody who puts it up"), package.made_at, package.holder)
        if package.opened_at is not None:
            yield Step(say("The package was opened"), package.opened_at, package.holder)
        if package.revoked_at is not None:
            yield Step(say("The package was taken back"), package.revoked_at)


def _after(one: PublicationView) -> Iterator[Step]:
    if one.publish_started_at is not None and one.way is not Way.HAND:
        yield Step(say("Sent to the channel"), one.publish_started_at)
    if one.published_at is not None:
        yield Step(say("Out"), one.published_at)
    if one.removed_at is not None:
        yield Step(say("Taken down"), one.removed_at)
    told: dict[State, Text] = {
        State.CANCELLED: say("Taken out of the plan"),
        State.MISSED: say("Missed its time"),
        State.FAILED: say("Could not go out"),
        State.UNKNOWN: say("The answer was unclear: Stafet looks at the profile"),
        State.NEEDS_REVIEW: say("Stafet could not find out whether it is out"),
    }
    if one.state in told:
        yield Step(told[one.state], one.state_since)


def _ahead(one: PublicationView) -> Iterator[Step]:
    if one.look in (Look.PLANNED, Look.PAUSED, Look.BROKEN, Look.OVERDUE):
        yield Step(say("Goes out"), one.due_at, is_ahead=True)
    elif one.look is Look.AGAIN:
        yield Step(say("Is tried again"), one.next_attempt_at, is_ahead=True)
    elif one.look in (Look.BY_HAND, Look.HAND_LATE):
        yield Step(say("Is put up by hand"), None, is_ahead=True)
    if one.state is State.PUBLISHED and one.remove_by is not None:
        yield Step(say("Comes down by %(day)s", day=one.remove_by), None, is_ahead=True)


def _codes(row: Attempt) -> str:
    parts = [f"HTTP {row.http_status}" if row.http_status else "", str(row.error_code or "")]
    text = " ".join(part for part in parts if part)
    return f"{text}/{row.error_subcode}" if row.error_subcode else text


def reason_of(one: PublicationView) -> Text | None:
    """Why it stands where it stands."""
    return why(one.code)
