"""Comments on a takeover's posts: what nobody has dealt with, and who answers."""

from __future__ import annotations

from typing import Any

from wtforms.fields.choices import SelectChoice

from branding.accounts import queries as accounts
from branding.core import clock, policy
from branding.core.actor import Role
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.publishing.forms.comments import AnswererForm
from branding.publishing.queries import comments as queries
from branding.publishing.queries.publications import publication_row
from branding.publishing.queries.standing import publication_view
from branding.publishing.service import commenting
from branding.publishing.values.plan import PublicationView
from branding.publishing.views.blueprint import bp
from branding.publishing.views.takedowns import around
from branding.takeovers import queries as takeovers
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/publishing/<id:publication_id>/comments", methods=["GET", "POST"])
@requires(commenting.MANAGE)
def comments_page(publication_id: str) -> Any:
    """Of the whole takeover that the post belongs to; the form says who answers."""
    form, now = AnswererForm(), clock.now()
    one = _seen(publication_id)
    takeover_id = one.takeover_id or 0
    form.ref.choices = _answerers(takeover_id, one.unit_id)
    if form.validate_on_submit():
        commenting.set_answerer(db(), actor(), takeover_id, one.unit_id, form.ref.data, now=clock.now())
        return go("publishing.comments_page", publication_id=publication_id, notice=say("Saved."))
    if not form.is_submitted():
        form.ref.data = queries.answerer_of(db(), takeover_id)
    found = queries.open_comments(db(), takeover_id)
    posts = {
        each.publication_id: publication_view(db(), publication_row(db(), each.publication_id), now)
        for each in found
    }
    return page(
        "publishing/comments.html",
        status=form.status,
        form=form,
        found=found,
        posts=posts,
        one=one,
        now=now,
        **around([one]),
    )


@bp.post("/publishing/comments/<int:comment_id>/done")
@requires(commenting.MANAGE)
def comment_done(comment_id: int) -> Any:
    """Answered, or hidden by hand."""
    publication_id = queries.comment_row(db(), comment_id).publication_id
    notice, kind = say("Thank you. Its words are deleted here."), "success"
    try:
        commenting.done(db(), actor(), comment_id, now=clock.now())
    except RuleBroken as error:
        notice, kind = error.text, "error"
    return go("publishing.comments_page", publication_id=publication_id, notice=notice, kind=kind)


def _seen(publication_id: str) -> PublicationView:
    row = publication_row(db(), publication_id)
    policy.check(actor(), commenting.MANAGE, row.unit_id, thing="publication", key=publication_id)
    if row.takeover_id is None:
        raise Missing("takeover")
    return publication_view(db(), row, clock.now())


def _answerers(takeover_id: int, unit_id: int) -> list[SelectChoice]:
    """The hosts, communications, and the coordinators of the unit."""
    hosts = takeovers.hosts_of(db(), [takeover_id]).get(takeover_id, [])
    area = organisation.unit_by_id(db(), unit_id).area_id
    staff = [
        one
        for one in accounts.people(db())
        if one.deactivated_at is None
        and (Role.COMMUNICATIONS in one.roles or (Role.COORDINATOR in one.roles and area in one.area_ids))
    ]
    return [SelectChoice(f"host:{one.id}", one.name) for one in hosts] + [
        SelectChoice(f"user:{one.id}", one.name) for one in staff
    ]
