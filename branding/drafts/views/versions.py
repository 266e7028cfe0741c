"""What a post said before, what was changed, and the button that brings it back."""

from __future__ import annotations

from typing import Any

from branding.core import clock, policy
from branding.core.text import say
from branding.drafts.queries.drafts import views_of
from branding.drafts.queries.who import names_of
from branding.drafts.service import versions as service
from branding.drafts.service.access import VIEW, WRITE, draft_for
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import GUIDES
from branding.drafts.views.making import step, way
from branding.organisation import queries as organisation
from branding.web.guards import actor
from branding.web.pages import go_to, page
from branding.web.transaction import db


@step("/versions", action=VIEW)
def versions_page(draft_id: str) -> Any:
    row = draft_for(db(), actor(), draft_id)
    draft, is_host = views_of(db(), [row])[0], actor().kind == "host"
    versions = service.history(db(), row)
    return page(
        "drafts/versions.html",
        frame="host_layout.html" if is_host else "layout.html",
        is_host=is_host,
        draft=draft,
        guide=GUIDES[draft.kind],
        versions=versions,
        names=names_of(db(), {one.by for one in versions}),
        may_restore=policy.covers(actor(), WRITE, row.unit_id) and draft.state is not DraftState.DROPPED,
        way=lambda name, **values: way(draft_id, name, **values),
        contact=organisation.find_organisation(db()),
    )


@step("/versions/<int:number>/restore", "POST")
def restore_version(draft_id: str, number: int) -> Any:
    """What it said then, it says now; the undo brings back what it said a moment ago."""
    before = draft_for(db(), actor(), draft_id, WRITE).number
    service.restore(db(), actor(), draft_id, number, now=clock.now())
    undo = way(draft_id, "restore_version", number=before)
    notice = say("The post says again what it said in version %(number)s.", number=number)
    return go_to(way(draft_id, "versions_page"), notice=notice, undo=undo)
