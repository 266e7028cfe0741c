"""Profiles that can be lent out."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries, service
from branding.organisation.forms import ProfileForm
from branding.organisation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/organisation/profiles")
@requires("organisation:view")
def profiles_page() -> Any:
    return page("organisation/profiles.html", profiles=queries.profiles(db(), archived=True))


@bp.route("/organisation/profiles/new", methods=["GET", "POST"])
@requires("organisation:manage")
def new_profile_page() -> Any:
    form = ProfileForm()
    if form.validate_on_submit():
        try:
            service.add_profile(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.profiles_page", notice=say("%(name)s is added.", name=form.name.data))
    return page("organisation/profile.html", form=form, profile=None, status=form.status)


@bp.route("/organisation/profiles/<int:profile_id>", methods=["GET", "POST"])
@requires("organisation:manage")
def profile_page(profile_id: int) -> Any:
    profile = queries.profile_by_id(db(), profile_id)
    form = ProfileForm(obj=profile)
    if form.validate_on_submit():
        try:
            service.change_profile(
                db(), actor(), profile_id, form.to_values(), form.version.data or 0, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.profiles_page", notice=say("%(name)s is saved.", name=form.name.data))
    return page("organisation/profile.html", form=form, profile=profile, status=form.status)


@bp.post("/organisation/profiles/<int:profile_id>/archive")
@requires("organisation:manage")
def archive_profile(profile_id: int) -> Any:
    name = queries.profile_by_id(db(), profile_id).name
    service.archive_profile(db(), actor(), profile_id, now=clock.now())
    undo = url_for("organisation.restore_profile", profile_id=profile_id)
    return go("organisation.profiles_page", notice=say("%(name)s is put away.", name=name), undo=undo)


@bp.post("/organisation/profiles/<int:profile_id>/restore")
@requires("organisation:manage")
def restore_profile(profile_id: int) -> Any:
    name = queries.profile_by_id(db(), profile_id).name
    service.restore_profile(db(), actor(), profile_id, now=clock.now())
    undo = url_for("organisation.archive_profile", profile_id=profile_id)
    return go("organisation.profiles_page", notice=say("%(name)s is in use again.", name=name), undo=undo)
