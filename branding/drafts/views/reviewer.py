"""A named person without an account approves one post, or sends it back, by a personal link."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.consent.views.signing import in_danish
from branding.core import clock
from branding.core.actor import Actor
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.drafts import letters
from branding.drafts.forms.review import AskReviewerForm, ReviewForm
from branding.drafts.queries.drafts import draft_view
from branding.drafts.service import review_links as service
from branding.drafts.service.access import REVIEW, draft_for
from branding.drafts.service.desk import desk
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import DraftState
from branding.drafts.views.blueprint import bp
from branding.drafts.views.film import film_bytes
from branding.drafts.views.making import cut_of, way
from branding.drafts.views.picture import picture_bytes
from branding.drafts.views.review import NOT_YET, act, context, shown
from branding.drafts.views.sending import profile_handle
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.web.guards import actor, public, requires
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, go_to, page
from branding.web.transaction import db


@bp.post("/posts/<id:draft_id>/reviewers")
@requires(REVIEW)
def ask_reviewer(draft_id: str) -> Any:
    """A link by mail to somebody who is named."""
    form, now = AskReviewerForm(), clock.now()
    if form.validate_on_submit():
        name, email = form.name.data or "", form.email.data or ""
        try:
            token = service.ask(db(), actor(), draft_id, name, email, now=now)
        except RuleBroken as error:
            form.refuse(error)
        else:
            unit_id = draft_for(db(), actor(), draft_id).unit_id
            mail = letters.reviewer(db(), unit_id, name, email, token, now=now)
            enqueue(db(), mail, dedupe_key=service.mail_key(token), due_at=now, now=now)
            notice = say("A mail with the link is on its way to %(name)s.", name=name)
            return go_to(way(draft_id, "review_page"), notice=notice)
    return shown(draft_id, ReviewForm(formdata=None), asking=form)


@bp.post("/posts/<id:draft_id>/reviewers/<int:link_id>/close")
@requires(REVIEW)
def close_review_link(draft_id: str, link_id: int) -> Any:
    service.revoke(db(), actor(), draft_id, link_id, now=clock.now())
    return go_to(way(draft_id, "review_page"), notice=say("The link is closed."))


@bp.route("/review/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def review_link_page(token: str) -> Any:
    """One post and two buttons.  A look uses nothing up; the link opens until its time is up."""
    found = service.find_reviewer(db(), token, now=clock.now())
    if found is None:
        is_known = service.is_known(db(), token)
        return page("drafts/reviewer_closed.html", status=410 if is_known else 404, is_known=is_known)
    reviewer, draft_id = found
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            if draft_view(db(), draft_id).state is DraftState.ON_HOLD:
                raise RuleBroken(
                    "on_hold", say("The post is on hold. The link works again when it is taken up.")
                )
            done = act(reviewer, draft_id, form)
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = {"no": NOT_YET, "approve": say("Thank you. The post is approved.")}
            kind = "warning" if done == "no" else "success"
            text = notice.get(done, say("Thank you. Your note is on its way."))
            return go("drafts.review_link_page", token=token, notice=text, kind=kind)
    return _shown(reviewer, draft_id, token, form)


def _shown(reviewer: Actor, draft_id: str, token: str, form: ReviewForm) -> Any:
    one = desk(db(), reviewer, draft_for(db(), reviewer, draft_id), now=clock.now())
    content = one.draft.content

    def src(item_id: str) -> str:
        return url_for("drafts.reviewer_picture", token=token, item_id=item_id, **cut_of(content, item_id))

    return page(
        "drafts/reviewer.html",
        status=form.status,
        **context(one, form, src),
        large=lambda item_id: url_for("drafts.reviewer_picture", token=token, item_id=item_id),
        hello=letters.called(reviewer.name),
        film=lambda item_id: url_for("drafts.reviewer_film", token=token, item_id=item_id),
        handle=profile_handle(one.draft.profile_id),
        unit=organisation.unit_by_id(db(), one.draft.unit_id),
        reviewer=reviewer,
        contact=organisation.find_organisation(db()),
    )


@bp.get("/review/<token>/pictures/<id:item_id>")
@public
def reviewer_picture(token: str, item_id: str) -> Any:
    """A picture of the one post that the link opens."""
    return picture_bytes(_content_of(token), item_id)


@bp.get("/review/<token>/pictures/<id:item_id>/film")
@public
def reviewer_film(token: str, item_id: str) -> Any:
    return film_bytes(_content_of(token), item_id)


def _content_of(token: str) -> Content:
    found = service.find_reviewer(db(), token, now=clock.now())
    if found is None:
        raise Missing("review_link")
    return draft_view(db(), found[1]).content
