"""Where posts stand, for the rooms below that list them: they ask through ``web.stafet``."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import url_for

from branding.core import clock
from branding.publishing.queries.standing import views_of_drafts
from branding.publishing.values.plan import Look, PublicationView
from branding.publishing.values.states import Way
from branding.web.guards import actor
from branding.web.stafet import Going
from branding.web.transaction import db

#: With several channels: what is out says most, then what is on its way.
_FIRST = (Look.OUT, Look.CHECKED, Look.ON_ITS_WAY, Look.BY_HAND, Look.PLANNED)


def going_of(draft_ids: Collection[str]) -> Mapping[str, Going]:
    """The word, the moment and the link of each post that has a place in the plan; three queries."""
    if not draft_ids:
        return {}
    found = views_of_drafts(db(), draft_ids, clock.now())
    return {draft_id: _going(min(views, key=_rank)) for draft_id, views in found.items()}


def _rank(one: PublicationView) -> int:
    return _FIRST.index(one.look) if one.look in _FIRST else len(_FIRST)


def _going(one: PublicationView) -> Going:
    return Going(one.kind_of_status, one.word, one.published_at or one.due_at, _link(one))


def _link(one: PublicationView) -> str:
    """Where it can be seen; the host has the practice profile under an address of its own."""
    if one.look is not Look.OUT:
        return ""
    if one.way is Way.PRACTICE and actor().kind == "host":
        post_id = one.permalink.rpartition("/")[2]
        return url_for("publishing.host_practice_post_page", post_id=post_id) if post_id else ""
    return one.permalink
