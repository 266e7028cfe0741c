"""Who may change a draft when, and what a change makes stale (decisions.md 2 and 4)."""

from __future__ import annotations

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.values.drafts import IN_REVIEW, WITH_AUTHOR, DraftState


def state_after_edit(state: DraftState, *, by_author: bool) -> DraftState:
    """Whoever reviews may put the text right on the way; the author's change takes the post back.

    An approved post that anybody changes must be approved again.
    """
    if state == DraftState.DROPPED:
        raise RuleBroken("dropped", say("The post is thrown away. Take it back first."))
    if by_author:
        return DraftState.RETURNED if state == DraftState.RETURNED else DraftState.WRITING
    return DraftState.SUBMITTED if state == DraftState.APPROVED else state


def check_submit(state: DraftState) -> None:
    if state not in WITH_AUTHOR:
        raise RuleBroken("not_yours", say("The post is already sent."))


def check_review(state: DraftState) -> None:
    """Only what waits for a second person is approved, returned or put on hold."""
    if state not in IN_REVIEW:
        raise RuleBroken("not_waiting", say("The post does not wait for approval any more."))


def check_return(state: DraftState) -> None:
    """An approved post can be sent back too, until it is out."""
    if state not in (*IN_REVIEW, DraftState.APPROVED):
        raise RuleBroken("not_waiting", say("The post does not wait for approval any more."))


def check_second_person(reviewer: str, author: str, declarer: str) -> None:
    """One person other than the author (R13)."""
    if reviewer in ("", author, declarer):
        raise RuleBroken("own_post", say("Somebody other than you must approve your post."))
