"""One screen on which a second person looks at a post and approves it, sends it back, or lets it wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import request, url_for

from branding.consent.values.names import CHANNELS, KINDS
from branding.core import clock, policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import Text, say
from branding.drafts import letters
from branding.drafts.forms.review import AskReviewerForm, ReviewForm
from branding.drafts.forms.words import plain
from branding.drafts.queries.drafts import draft_view
from branding.drafts.queries.who import names_of
from branding.drafts.service import comments, correcting, review_links, reviewing, saving
from branding.drafts.service import queue as queue_service
from branding.drafts.service.access import REVIEW, VIEW, WRITE, draft_for, place_of
from branding.drafts.service.depicting import NOBODY, check_nameable, nameable
from branding.drafts.service.desk import desk
from branding.drafts.values.comments import NewComment
from branding.drafts.values.kinds import GUIDES
from branding.drafts.values.review import Desk
from branding.drafts.views.blueprint import bp
from branding.drafts.views.comments import talk
from branding.drafts.views.ideas import idea_shown
from branding.drafts.views.making import Making, way
from branding.drafts.views.queue import due
from branding.drafts.views.retiming import has_passed, offer, retime
from branding.drafts.views.sending import handle_of
from branding.media.service import people as media
from branding.takeovers.views.shown import units
from branding.web.guards import actor, requires
from branding.web.pages import go_to, page
from branding.web.transaction import db

_RETURNED, _APPROVED = partial(letters.answered, "returned"), partial(letters.answered, "approved")
#: Said to whom nothing was approved: the page shows what is missing.
NOT_YET = say("It is not approved: something is missing first.")
DONE = {
    "return": say("The post is sent back with your note."),
    "hold": say("The post waits until somebody takes it up again."),
    "save": say("Your corrections are saved."),
}


@bp.route("/posts/<id:draft_id>", methods=["GET", "POST"])
@requires(VIEW)
def review_page(draft_id: str) -> Any:
    """The author sees the same without the buttons; an idea has a page of its own."""
    row = draft_for(db(), actor(), draft_id)
    if row.takeover_id is None:
        return idea_shown(draft_id)
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            if form.parent_id is not None:
                return _remarked(draft_id, form)
            return _gone_on(draft_id, act(actor(), draft_id, form))
        except RuleBroken as error:
            form.refuse(error)
    return shown(draft_id, form)


def act(by: Actor, draft_id: str, form: ReviewForm) -> str:
    """What the pressed button asks for, corrections first; returns what was done, or "no" by the gate."""
    items, now = draft_view(db(), draft_id).content.item_ids, clock.now()
    said = correcting.Correction(
        form.version_number, form.base.data or "", form.caption.data or "", form.alts(request.form, items)
    )
    version, do = correcting.correct(db(), by, draft_id, said, now=now), form.do.data
    if do == "return":
        reviewing.send_back(db(), by, draft_id, form.note.data or "", version, _RETURNED, now=now)
    elif do == "hold":
        reviewing.hold(db(), by, draft_id, form.note.data or "", version, now=now)
    elif do == "approve":
        version = retime(by, draft_view(db(), draft_id), form, version, now=now)
        wanted = reviewing.Approve(version, form.faces(request.form, items))
        return (
            "approve" if reviewing.approve(db(), by, draft_id, wanted, _APPROVED, now=now).is_done else "no"
        )
    return do if do in DONE else "save"


def _remarked(draft_id: str, form: ReviewForm) -> Any:
    """A remark or an answer, and with it the corrections that were not saved yet."""
    act(actor(), draft_id, form)
    parent_id = form.parent_id or None
    text = str(plain(request.form.get(f"answer-{parent_id}" if parent_id else "text", "")))
    new = NewComment(text, request.form.get("to") != "host", parent_id)
    comment_id = comments.add_comment(db(), actor(), draft_id, new, letters.mention, now=clock.now())
    here = way(draft_id, "review_page", _anchor=f"comment-{parent_id or comment_id}")
    return go_to(here, notice=say("Your comment is there."))


def _gone_on(draft_id: str, done: str) -> Any:
    """After a decision the next post that waits comes up, so that a pile is gone through quickly."""
    here = url_for("drafts.review_page", draft_id=draft_id)
    if done == "no":
        return go_to(here, notice=NOT_YET, kind="warning")
    if done == "save":
        return go_to(here, notice=DONE[done])
    undo = url_for("drafts.resume_review", draft_id=draft_id)
    following = queue_service.next_waiting(db(), actor(), draft_id)
    if following is None:
        notice = DONE.get(done) or say("The post is approved. Nothing else waits for you.")
        return go_to(url_for("drafts.queue_page"), notice=notice, undo=undo)
    notice = DONE.get(done) or say("The post is approved. Here is the next one.")
    return go_to(url_for("drafts.review_page", draft_id=following), notice=notice, undo=undo)


def shown(draft_id: str, form: ReviewForm, *, asking: AskReviewerForm | None = None) -> Any:
    """The screen for staff."""
    row = draft_for(db(), actor(), draft_id)
    one = desk(db(), actor(), row, now=clock.now())
    making = Making(one.draft, one.items, place_of(row))
    asking = asking or AskReviewerForm(formdata=None)
    may_write = policy.covers(actor(), WRITE, row.unit_id)
    asks_who = may_write and bool(one.hidden)
    return page(
        "drafts/review.html",
        status=max(form.status, asking.status),
        **context(one, form, making.src),
        way=making.way,
        large=lambda item_id: way(draft_id, "picture", item_id=item_id),
        film=lambda item_id: making.way("film", item_id=item_id),
        handle=handle_of(making),
        talk=talk(row.id),
        frame="layout.html",
        asking=asking,
        links=review_links.links_of(db(), row.id, now=clock.now()),
        may_ask=one.may_approve,
        may_write=may_write,
        people_here=nameable(db(), actor(), row.takeover_id, now=clock.now()).seen if asks_who else NOBODY,
        following=queue_service.next_waiting(db(), actor(), row.id),
        unit=units()[row.unit_id],
    )


def context(one: Desk, form: ReviewForm, src: Callable[[str], str]) -> dict[str, Any]:
    """What the screen shows to everybody who may look at it, with an account or by a link."""
    if form.caption.raw_data is None:  # asking for a reviewer sends none of the texts
        form.caption.data = one.draft.content.caption
    form.version.data, form.base.data = str(one.draft.version), one.base
    is_past = one.may_approve and has_passed(one.draft, clock.now())
    if is_past:
        offer(form, one, clock.now())
    refs = {one.draft.author, one.draft.approved_by} - {""}
    return {
        "desk": one,
        "draft": one.draft,
        "content": one.draft.content,
        "form": form,
        "sent": request.form if form.is_submitted() else {},
        "src": src,
        "guide": GUIDES[one.draft.kind],
        "due": due(one.draft),
        "is_past": is_past,
        "names": names_of(db(), refs),
        "channels": CHANNELS,
        "kinds": KINDS,
    }


@bp.post("/posts/<id:draft_id>/resume")
@requires(REVIEW)
def resume_review(draft_id: str) -> Any:
    """Undo of approving, sending back and letting wait."""
    reviewing.resume(db(), actor(), draft_id, now=clock.now())
    here = url_for("drafts.review_page", draft_id=draft_id)
    return go_to(here, notice=say("The post waits for approval again."))


@bp.post("/posts/<id:draft_id>/somebody/<id:item_id>/<id:person_id>")
@requires(WRITE)
def somebody_says(draft_id: str, item_id: str, person_id: str) -> Any:
    """ "That is me": from now on the person counts as recognisable, whatever was agreed (truth table A14)."""
    row, now = draft_for(db(), actor(), draft_id, WRITE), clock.now()
    subject_id = request.form.get("subject_id", "")
    check_nameable(db(), actor(), row.takeover_id, subject_id, now=now)
    media.someone_says(db(), actor(), place_of(row), item_id, person_id, subject_id, now=now)
    saving.media_changed(db(), actor(), draft_id, now=now)
    notice: Text = say("Thank you. The person counts as recognisable from now on.")
    return go_to(way(draft_id, "review_page"), notice=notice, kind="warning")
