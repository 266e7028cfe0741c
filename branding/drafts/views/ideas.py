"""Ideas: posts that are tied to no week, kept to be used again and again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request, url_for
from wtforms.fields.choices import SelectChoice

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.forms.ideas import IdeaForm
from branding.drafts.queries.drafts import views_of
from branding.drafts.queries.who import names_of
from branding.drafts.service import drafts as service
from branding.drafts.service.access import WRITE, draft_for
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import GUIDES
from branding.drafts.views.blueprint import bp
from branding.drafts.views.making import way
from branding.takeovers import queries as takeovers
from branding.takeovers.values import TakeoverStatus, TakeoverView
from branding.takeovers.views.shown import units
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, go_to, page
from branding.web.transaction import db

_AHEAD = timedelta(days=180)
_OVER = (TakeoverStatus.CLOSED, TakeoverStatus.CANCELLED)


def idea_shown(draft_id: str) -> Any:
    """One idea with the takeovers that it can be used in."""
    row = draft_for(db(), actor(), draft_id)
    idea = views_of(db(), [row])[0]
    may_write = policy.covers(actor(), WRITE, row.unit_id) and idea.state is not DraftState.DROPPED
    return page(
        "drafts/idea.html",
        idea=idea,
        guide=GUIDES[idea.kind],
        unit=units()[row.unit_id],
        units=units(),
        names=names_of(db(), [idea.author]),
        coming=_coming() if policy.may(actor(), WRITE) else [],
        may_write=may_write,
        way=lambda name, **values: way(row.id, name, **values),
    )


@bp.route("/ideas/new", methods=["GET", "POST"])
@requires(WRITE)
def new_idea_page() -> Any:
    form = IdeaForm()
    form.label_kinds()
    own = [one for one in units().values() if not one.is_archived and policy.covers(actor(), WRITE, one.id)]
    form.unit_id.choices = [SelectChoice(str(one.id), one.name) for one in own]
    if len(own) > 1:
        form.unit_id.choices.insert(0, SelectChoice("", translate(say("Choose a unit"))))
    if form.validate_on_submit():
        try:
            service.start(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("drafts.queue_page", tab="ideas", notice=say("The idea is kept."))
    return page("drafts/new_idea.html", form=form, guides=GUIDES, status=form.status)


@bp.post("/posts/<id:draft_id>/use")
@requires(WRITE)
def use_idea(draft_id: str) -> Any:
    """A new post of a takeover with the idea's words; the idea stays for the next one."""
    takeover_id = request.form.get("takeover_id", 0, type=int)
    post = service.use_idea(db(), actor(), draft_id, takeover_id, now=clock.now())
    undo = url_for("drafts.drop", draft_id=post)
    notice = say("The idea has become a post. It stays here too.")
    return go_to(way(post, "pictures"), notice=notice, undo=undo)


@bp.post("/posts/<id:draft_id>/keep")
@requires(WRITE)
def keep_idea(draft_id: str) -> Any:
    """The words of a post as an idea; its pictures stay where the people in them said yes."""
    draft_for(db(), actor(), draft_id, WRITE)
    idea = service.keep_as_idea(db(), actor(), draft_id, now=clock.now())
    undo = url_for("drafts.drop", draft_id=idea)
    return go_to(way(draft_id, "review_page"), notice=say("The words are kept as an idea."), undo=undo)


def _coming() -> list[TakeoverView]:
    found = takeovers.takeovers_between(db(), clock.today(), clock.today() + _AHEAD)
    mine = [one for one in found if policy.covers(actor(), WRITE, one.unit_id) and one.status not in _OVER]
    return sorted(mine, key=lambda one: one.starts_on)
