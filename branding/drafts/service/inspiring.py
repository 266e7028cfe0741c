"""Posts of earlier takeovers for a host to look at: only those that could still be shown today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from branding.consent.values.gate import GateFacts, Visibility
from branding.consent.values.people import Kind
from branding.core.errors import Missing
from branding.drafts.models import Draft
from branding.drafts.queries.drafts import views_of
from branding.drafts.queries.facts import Judged, judged
from branding.drafts.queries.inspiration import MOST, approved_rows
from branding.drafts.service.standing import standing_of
from branding.drafts.values.drafts import DraftView
from branding.drafts.values.shapes import shape_of
from branding.media.values import Ratio

_HIDDEN = (Visibility.OBSCURED, Visibility.NOT_RECOGNISABLE)


@dataclass(frozen=True, slots=True)
class Inspiration:
    """A post, and the first of its pictures that anybody may see; empty when there is none."""

    draft: DraftView
    item_id: str

    @property
    def shape(self) -> Ratio:
        return shape_of(self.draft.content)


def inspirations(
    session: Session, today: date, *, but: Collection[int] = (), now: datetime
) -> list[Inspiration]:
    """The newest posts whose consents all stand; citizens are never among those who are seen."""
    rows = approved_rows(session, today, but=but)
    found = judged(session, rows, now=now)
    open_now = [row for row in rows if standing_of(row, found[row.id], by=row.author, now=now).main.allowed]
    views = views_of(session, open_now[:MOST])
    return [Inspiration(view, next(iter(_free(found[view.id])), "")) for view in views]


def check_inspiring(session: Session, row: Draft, item_id: str, *, now: datetime) -> None:
    """Whether this picture is among those that :func:`inspirations` shows."""
    one = judged(session, [row], now=now)[row.id]
    is_open = standing_of(row, one, by=row.author, now=now).main.allowed
    if not is_open or item_id not in _free(one):
        raise Missing("picture", item_id)


def _free(one: Judged) -> list[str]:
    """Pictures in which nobody but colleagues can be recognised."""
    closed = {
        person.media
        for person in one.facts.draft.depictions
        if person.visibility not in _HIDDEN and _is_sensitive(one.facts, person.subject_id)
    }
    return [item for item in one.content.item_ids if item not in closed and item in one.items]


def _is_sensitive(facts: GateFacts, subject_id: str) -> bool:
    person = facts.people.get(subject_id)
    return person is None or person.is_citizen or person.kind is not Kind.COLLEAGUE
