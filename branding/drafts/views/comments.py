"""What people say about a post: threads for colleagues, and those that the host sees and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from branding.accounts.values import PersonView
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts import letters
from branding.drafts.forms.comments import CommentForm
from branding.drafts.queries.comments import threads_of
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.who import names_of
from branding.drafts.service import comments as service
from branding.drafts.service.access import VIEW, ref_of
from branding.drafts.values.comments import CommentView
from branding.drafts.values.drafts import WITH_AUTHOR
from branding.drafts.views.making import step, way
from branding.web.guards import actor
from branding.web.pages import go_to
from branding.web.transaction import db


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything that ``drafts/comments.html`` shows."""

    draft_id: str
    threads: list[CommentView]
    names: dict[str, str]
    me: str
    #: Colleagues at the desk see and write internal remarks.
    is_inside: bool
    #: Whom a remark can call for, by first name.
    staff: list[PersonView]


def talk(draft_id: str) -> Talk:
    """The threads that whoever is here may read; also for the host's own pages."""
    is_inside = service.is_inside(actor())
    threads = threads_of(db(), draft_id, internal=is_inside)
    refs = {one.by for thread in threads for one in (thread, *thread.answers)}
    staff = service.staff_of(db(), draft_row(db(), draft_id).unit_id) if is_inside else []
    return Talk(draft_id, threads, names_of(db(), refs), ref_of(actor()), is_inside, staff)


@step("/comments", "POST", action=VIEW)
def add_comment(draft_id: str) -> Any:
    """A remark or an answer; the field itself keeps to the limit, so that no words are lost."""
    form = CommentForm()
    if not form.validate():
        return _back(draft_id, say("Write something first."), kind="error")
    try:
        comment_id = service.add_comment(
            db(), actor(), draft_id, form.to_values(), letters.mention, now=clock.now()
        )
    except RuleBroken as error:
        return _back(draft_id, error.text, kind="error")
    return _back(draft_id, say("Your comment is there."), anchor=form.parent_id.data or comment_id)


@step("/comments/<id:comment_id>/resolve", "POST", action=VIEW)
def resolve_comment(draft_id: str, comment_id: str) -> Any:
    service.resolve(db(), actor(), draft_id, comment_id, is_done=True, now=clock.now())
    undo = way(draft_id, "reopen_comment", comment_id=comment_id)
    return _back(draft_id, say("The thread is done."), undo=undo)


@step("/comments/<id:comment_id>/reopen", "POST", action=VIEW)
def reopen_comment(draft_id: str, comment_id: str) -> Any:
    service.resolve(db(), actor(), draft_id, comment_id, is_done=False, now=clock.now())
    return _back(draft_id, say("The thread is open again."), anchor=comment_id)


def _back(draft_id: str, notice: Any, *, anchor: str = "", **more: Any) -> Any:
    """To the page that shows the threads to whoever is here."""
    place = f"comment-{anchor}" if anchor else "comments"
    if actor().kind == "user" and request.form.get("at") != "send":
        return go_to(way(draft_id, "review_page", _anchor=place), notice=notice, **more)
    name = "send" if draft_row(db(), draft_id).state in WITH_AUTHOR else "sent_page"
    return go_to(way(draft_id, name, _anchor=place), notice=notice, **more)
