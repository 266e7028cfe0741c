"""The second person puts a comma right on the way (decisions.md 4): texts only, and never unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from branding.core.actor import Actor
from branding.drafts.queries.drafts import contents_of
from branding.drafts.rules.states import check_review
from branding.drafts.service import saving
from branding.drafts.service.access import REVIEW, draft_for
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import DraftState

_FIELDS = ("caption", "pictures")


@dataclass(frozen=True, slots=True)
class Correction:
    """The texts as they stand in the form; ``version`` and ``base`` are of the page that was seen."""

    version: int
    base: str
    caption: str
    #: By picture.
    alts: Mapping[str, str] = field(default_factory=dict)


def mark_of(content: Content) -> str:
    """What the form sends back, so that nobody's change is overwritten unseen."""
    return saving.base_of(content, _FIELDS)


def correct(session: Session, actor: Actor, draft_id: str, said: Correction, *, now: datetime) -> int:
    """Save what was changed; returns the version that the reviewer has seen with the own changes in it."""
    row = draft_for(session, actor, draft_id, REVIEW)
    check_review(DraftState(row.state))
    before, content = row.version, contents_of(session, [row])[row.id]
    pictures = tuple(replace(one, alt=said.alts.get(one.item_id, one.alt)) for one in content.pictures)
    saving.save(
        session, actor, draft_id, said.base, action=REVIEW, now=now, caption=said.caption, pictures=pictures
    )
    return row.version if said.version == before else said.version
