"""Sets of hashtags that are offered while a post is written."""

from __future__ import annotations

from typing import Any

from flask import url_for
from wtforms.fields.choices import SelectChoice

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.forms.hashtags import HashtagForm
from branding.drafts.queries.hashtags import all_sets, set_by_id
from branding.drafts.service import hashtags as service
from branding.drafts.service.hashtags import EDIT
from branding.drafts.values.hashtags import SetView
from branding.drafts.views.blueprint import bp
from branding.organisation import queries as organisation
from branding.takeovers.views.shown import units
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/hashtags")
@requires(EDIT)
def hashtags_page() -> Any:
    """Everybody who keeps sets sees them all; only the own ones can be changed."""
    sets = all_sets(db(), archived=True)
    return page(
        "drafts/hashtags.html",
        sets=[one for one in sets if not one.is_archived],
        put_away=[one for one in sets if one.is_archived and policy.covers(actor(), EDIT, one.unit_id)],
        own={one.id for one in sets if policy.covers(actor(), EDIT, one.unit_id)},
        units=units(),
        profiles={one.id: one for one in organisation.profiles(db(), archived=True)},
        professions={one.id: one for one in organisation.professions(db(), archived=True)},
    )


@bp.route("/hashtags/new", methods=["GET", "POST"])
@requires(EDIT)
def new_hashtags_page() -> Any:
    form = _form()
    if form.validate_on_submit():
        try:
            service.add_set(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("drafts.hashtags_page", notice=say("%(name)s is added.", name=form.name.data))
    return page("drafts/hashtag_set.html", form=form, shown=None, status=form.status)


@bp.route("/hashtags/<int:set_id>", methods=["GET", "POST"])
@requires(EDIT)
def hashtag_set_page(set_id: int) -> Any:
    shown = set_by_id(db(), set_id)
    policy.check(actor(), EDIT, shown.unit_id, thing="hashtag_set", key=set_id)
    form = _form(shown)
    if form.validate_on_submit():
        try:
            service.change_set(db(), actor(), set_id, form.to_values(), form.version_number, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("drafts.hashtags_page", notice=say("%(name)s is saved.", name=form.name.data))
    return page("drafts/hashtag_set.html", form=form, shown=shown, status=form.status)


@bp.post("/hashtags/<int:set_id>/put-away")
@requires(EDIT)
def put_away_hashtags(set_id: int) -> Any:
    name = set_by_id(db(), set_id).name
    service.put_away(db(), actor(), set_id, now=clock.now())
    undo = url_for("drafts.bring_back_hashtags", set_id=set_id)
    return go("drafts.hashtags_page", notice=say("%(name)s is put away.", name=name), undo=undo)


@bp.post("/hashtags/<int:set_id>/bring-back")
@requires(EDIT)
def bring_back_hashtags(set_id: int) -> Any:
    name = set_by_id(db(), set_id).name
    service.bring_back(db(), actor(), set_id, now=clock.now())
    undo = url_for("drafts.put_away_hashtags", set_id=set_id)
    return go("drafts.hashtags_page", notice=say("%(name)s is in use again.", name=name), undo=undo)


def _form(shown: SetView | None = None) -> HashtagForm:
    """Only the units that one answers for; whoever answers for all may choose none."""
    data = {}
    if shown is not None:
        ids = {"profile_id": shown.profile_id, "unit_id": shown.unit_id, "profession_id": shown.profession_id}
        data = {"name": shown.name, "tags": shown.text, "version": str(shown.version)}
        data |= {name: str(value or "") for name, value in ids.items()}
    form = HashtagForm(data=data)
    own = [one for one in units().values() if not one.is_archived and policy.covers(actor(), EDIT, one.id)]
    everyone = SelectChoice("", str(translate(say("All units"))))
    form.unit_id.choices = [
        *([everyone] if policy.covers(actor(), EDIT, None) else []),
        *(SelectChoice(str(one.id), one.name) for one in own),
    ]
    form.profile_id.choices = [
        SelectChoice("", str(translate(say("All profiles")))),
        *(SelectChoice(str(one.id), f"@{one.handle}") for one in organisation.profiles(db())),
    ]
    form.profession_id.choices = [
        SelectChoice("", str(translate(say("All professions")))),
        *(SelectChoice(str(one.id), one.name) for one in organisation.professions(db())),
    ]
    return form
