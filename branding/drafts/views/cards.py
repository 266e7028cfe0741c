"""Posts in a list: a thumb, whose turn it is, and what is missing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branding.core import clock
from branding.core.text import Text
from branding.drafts.queries.drafts import rows_of_takeover, views_of
from branding.drafts.queries.notes import last_notes
from branding.drafts.service.standing import standings
from branding.drafts.values.answers import Told
from branding.drafts.values.drafts import WITH_AUTHOR, DraftState, DraftView, Standing
from branding.drafts.values.kinds import GUIDES, Guide
from branding.drafts.views.making import told_here, way
from branding.media import queries as media
from branding.web.stafet import Going, stafet
from branding.web.transaction import db

#: Where something may stand in the way that the author is told of here.
_JUDGED = (*WITH_AUTHOR, DraftState.APPROVED)
_OPENS = {DraftState.WRITING: "pictures", DraftState.RETURNED: "send"}


@dataclass(frozen=True, slots=True)
class Card:
    """One post in a list."""

    draft: DraftView
    guide: Guide
    url: str
    #: The address of the first picture; empty without one.
    thumb: str
    #: What stands in the way first, for the author or after the approval; None when nothing does.
    missing: Text | None
    #: The word with which it came back.
    note: str
    #: Approved, and yet it must not go out now.
    is_stopped: bool = False
    #: Where it stands on its way out, once it has a place in the plan.
    going: Going | None = None


def cards_of(takeover_id: int) -> list[Card]:
    """The posts of a takeover, in a fixed number of queries."""
    rows = rows_of_takeover(db(), takeover_id)
    drafts = views_of(db(), rows)
    standing = standings(db(), [row for row in rows if row.state in _JUDGED], now=clock.now())
    notes = last_notes(db(), [one.id for one in drafts if one.state is DraftState.RETURNED])
    editions = _editions(drafts)
    going = stafet().going_of([one.id for one in drafts if one.state is DraftState.APPROVED])
    first = {key: _first(told_here(one)) for key, one in standing.items()}
    return [
        Card(
            one,
            GUIDES[one.kind],
            way(one.id, _OPENS.get(one.state, "sent_page")),
            thumb_of(one, editions),
            None if one.out_at else first.get(one.id),
            notes.get(one.id, ""),
            _is_stopped(one, standing),
            going.get(one.id),
        )
        for one in drafts
    ]


def _is_stopped(one: DraftView, standing: dict[str, Standing]) -> bool:
    """Approved, and yet it must not go out now; what is out has gone past the gate."""
    if one.state is not DraftState.APPROVED or one.out_at is not None:
        return False
    return not standing[one.id].may_be_approved


def thumb_of(draft: DraftView, editions: dict[str, int]) -> str:
    """The address of the first picture that is there."""
    item = next((item for item in draft.content.item_ids if item in editions), "")
    if not item:
        return ""
    return way(draft.id, "picture", item_id=item, size="thumb", v=editions[item])


def _editions(drafts: Sequence[DraftView]) -> dict[str, int]:
    ids = {item for one in drafts for item in one.content.item_ids[:1]}
    return {key: one.edition for key, one in media.item_views(db(), ids).items() if not one.is_dropped}


def _first(told: Told) -> Text | None:
    return told.groups[0].lines[0].text if told.groups else None
