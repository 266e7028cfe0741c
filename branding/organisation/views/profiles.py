"""Profiles that can be lent out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import request, url_for

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
    is_known = profile.is_sharing_known(clock.now())
    return page(
        "organisation/profile.html", form=form, profile=profile, is_known=is_known, status=form.status
    )


@bp.post("/organisation/profiles/<int:profile_id>/sharing")
@requires("organisation:manage")
def attest_sharing(profile_id: int) -> Any:
    """Somebody has looked whether the profile shares to Facebook by itself, and says so."""
    before = queries.profile_by_id(db(), profile_id)
    shares = request.form.get("shares") == "yes"
    service.attest_sharing(db(), actor(), profile_id, shares_to_facebook=shares, now=clock.now())
    undo = url_for(
        "organisation.undo_sharing",
        profile_id=profile_id,
        shares="yes" if before.shares_to_facebook else "no",
        checked=before.shares_checked_at.isoformat() if before.shares_checked_at else None,
    )
    notice = say("Noted. We ask again in 90 days.")
    return go("organisation.profile_page", profile_id=profile_id, notice=notice, undo=undo)


@bp.post("/organisation/profiles/<int:profile_id>/sharing/undo")
@requires("organisation:manage")
def undo_sharing(profile_id: int) -> Any:
    service.unattest_sharing(
        db(),
        actor(),
        profile_id,
        shares_to_facebook=request.args.get("shares") == "yes",
        checked_at=_moment(request.args.get("checked", "")),
        now=clock.now(),
    )
    return go("organisation.profile_page", profile_id=profile_id, notice=say("It is as it was before."))


def _moment(raw: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return found if found.tzinfo else None


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
