"""What ambassadors share: a new one, its page with its counts, sending and stopping it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for

from branding.core import clock, policy
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say, say_n
from branding.plan import letters
from branding.plan.forms.ambassadors import KitForm
from branding.plan.queries import ambassadors as queries
from branding.plan.queries.activities import activity_by_id
from branding.plan.service import kits as service
from branding.plan.values import SHARE_WAYS, KitView
from branding.plan.views import choices
from branding.plan.views.ambassadors import MANAGE
from branding.plan.views.blueprint import bp
from branding.publishing.queries.publications import publication_row
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.safe_address import row_asked_for
from branding.web.stafet import stafet
from branding.web.transaction import db

_POSTS = "publishing:publication:view"


@bp.route("/share-kits/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_kit_page() -> Any:
    """About an activity, a live post, or anything with an address."""
    activity_id, post_id = row_asked_for("activity"), request.args.get("post", "")
    about = activity_by_id(db(), activity_id) if activity_id is not None else None
    post = _post(post_id) if post_id and not about else None
    form = KitForm()
    if request.method == "GET" and about is not None:
        form.title.data, form.address.data = about.title, about.link
    elif request.method == "GET" and post is not None:
        form.title.data, form.address.data = post.title, post.permalink
    if form.validate_on_submit():
        wanted = form.to_values(about.id if about else None, post.id if post else None)
        try:
            kit_id = service.make_kit(db(), actor(), wanted, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go(
                "plan.kit_page", kit_id=kit_id, notice=say("It is ready to be sent. Nothing has left yet.")
            )
    return page("plan/new_kit.html", form=form, about=about, post=post, status=form.status)


def _post(publication_id: str) -> Any:
    post = publication_row(db(), publication_id)
    policy.check(actor(), _POSTS, post.unit_id, thing="publication", key=publication_id)
    return post


@bp.route("/share-kits/<int:kit_id>", methods=["GET", "POST"])
@requires(MANAGE)
def kit_page(kit_id: int) -> Any:
    one = _kit(kit_id)
    data = {"title": one.title, "text": one.text, "address": one.address, "version": str(one.version)}
    form = KitForm(data=data) if request.method == "GET" else KitForm()
    if form.validate_on_submit():
        try:
            service.change_kit(db(), actor(), kit_id, form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("plan.kit_page", kit_id=kit_id, notice=say("Saved."))
    people = queries.ambassadors(db(), None if one.unit_id is None else (one.unit_id,))
    return page(
        "plan/kit.html",
        form=form,
        one=one,
        about=activity_by_id(db(), one.activity_id) if one.activity_id else None,
        units=choices.units_by_id(),
        ways=SHARE_WAYS,
        people=people,
        is_open=service.is_open(db(), one),
        address=stafet().settings.base_url,
        status=form.status,
    )


def _kit(kit_id: int) -> KitView:
    one = queries.kit_by_id(db(), kit_id)
    if not policy.covers(actor(), MANAGE, one.unit_id):
        raise Missing("share_kit", kit_id)
    return one


@bp.post("/share-kits/<int:kit_id>/send")
@requires(MANAGE)
def send_kit(kit_id: int) -> Any:
    try:
        sent = service.send_kit(db(), actor(), kit_id, partial(letters.kit, db()), now=clock.now())
    except RuleBroken as error:
        return go("plan.kit_page", kit_id=kit_id, notice=error.text, kind="error")
    if not sent:
        notice = say("Everybody on the list has got it already.")
        return go("plan.kit_page", kit_id=kit_id, notice=notice, kind="info")
    notice = say_n("On its way to %(num)s ambassador.", "On its way to %(num)s ambassadors.", sent)
    return go("plan.kit_page", kit_id=kit_id, notice=notice)


@bp.post("/share-kits/<int:kit_id>/stop")
@requires(MANAGE)
def stop_kit(kit_id: int) -> Any:
    service.stop_kit(db(), actor(), kit_id, now=clock.now())
    undo = url_for("plan.resume_kit", kit_id=kit_id)
    return go("plan.kit_page", kit_id=kit_id, notice=say("Its links lead nowhere any more."), undo=undo)


@bp.post("/share-kits/<int:kit_id>/resume")
@requires(MANAGE)
def resume_kit(kit_id: int) -> Any:
    service.resume_kit(db(), actor(), kit_id, now=clock.now())
    return go("plan.kit_page", kit_id=kit_id, notice=say("Its links work again."))
