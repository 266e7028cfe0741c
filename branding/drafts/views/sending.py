"""Step four: the post as it will be, what stands in its way, when, and the one button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for
from wtforms.fields.choices import SelectChoice

from branding.consent.values.gate import Visibility
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.forms.making import SendForm
from branding.drafts.queries.facts import Judged
from branding.drafts.service import drafts, submitting
from branding.drafts.service.access import WRITE, draft_for
from branding.drafts.values.drafts import IN_REVIEW, DraftState
from branding.drafts.views.comments import talk
from branding.drafts.views.making import Making, opened, step, step_page, way, weighed
from branding.organisation import queries as organisation
from branding.takeovers import queries as takeovers
from branding.web.guards import actor
from branding.web.i18n import short_day, translate
from branding.web.pages import go_to
from branding.web.transaction import db


@step("/send", "GET", "POST")
def send_page(draft_id: str) -> Any:
    making, one, standing = weighed(draft_id)
    if making.draft.state in IN_REVIEW:
        return go_to(way(draft_id, "sent_page"))  # it came through although the answer did not
    form = SendForm()
    form.day.choices = _days(making)
    if form.validate_on_submit():
        try:
            return _send(making, form)
        except RuleBroken as error:
            form.refuse(error)
    if not form.is_submitted():
        _fill(form, making)
    return step_page(
        "send",
        making,
        status=form.status,
        form=form,
        standing=standing,
        said=_said(one),
        handle=handle_of(making),
        talk=talk(draft_id),
    )


@step("/sent")
def sent_page(draft_id: str) -> Any:
    """A receipt: what happens now, and the way back."""
    making, _, standing = weighed(draft_id)
    if making.is_with_author:
        return go_to(way(draft_id, "send"))
    return step_page(
        "sent",
        making,
        handle=handle_of(making),
        talk=talk(draft_id),
        standing=standing,
        is_ahead=making.draft.due_at is not None and making.draft.due_at > clock.now(),
        is_stopped=making.draft.state is DraftState.APPROVED and not standing.may_be_approved,
    )


@step("/take-back", "POST")
def take_back(draft_id: str) -> Any:
    """Undo of sending, and of throwing away."""
    drafts.take_back(db(), actor(), draft_id, now=clock.now())
    return go_to(way(draft_id, "send"), notice=say("You have the post again."))


@step("/drop", "POST")
def drop(draft_id: str) -> Any:
    drafts.drop(db(), actor(), draft_id, now=clock.now())
    making = opened(draft_id)
    return go_to(home_of(making), notice=say("The post is thrown away."), undo=way(draft_id, "take_back"))


def home_of(making: Making) -> str:
    """Where this post stands in a list, for whoever is here."""
    if actor().kind == "host":
        return url_for("drafts.week_page")
    if making.draft.takeover_id:
        return url_for("drafts.takeover_posts_page", takeover_id=making.draft.takeover_id)
    return url_for("drafts.queue_page")


def handle_of(making: Making) -> str:
    """The profile's name; an idea has none yet."""
    return profile_handle(making.draft.profile_id)


def profile_handle(profile_id: int | None) -> str:
    if profile_id is None:
        return str(translate(say("Your profile")))
    return next(one.handle for one in organisation.profiles(db(), archived=True) if one.id == profile_id)


def _send(making: Making, form: SendForm) -> Any:
    draft, now = making.draft, clock.now()
    row = draft_for(db(), actor(), draft.id, WRITE)
    if form.version_number != row.version:
        text = say("The post was changed since you opened this page. Look at it again, and send it.")
        raise RuleBroken("draft_changed", text)
    if form.due_at() != row.due_at:
        drafts.plan_time(db(), actor(), draft.id, form.due_at(), row.version, now=now)
    outcome = submitting.submit(db(), actor(), draft.id, row.version, now=now)
    if outcome.is_done:
        return go_to(way(draft.id, "sent_page"))
    notice = say("It is not sent yet: something is missing first.")
    return go_to(way(draft.id, "send"), notice=notice, kind="warning")


def _days(making: Making) -> list[SelectChoice]:
    """The days of the takeover that are not over, and none: the host leaves it to communications."""
    choices = [
        SelectChoice(
            "", translate(say("You choose the day") if actor().kind == "host" else say("No day yet"))
        )
    ]
    if making.draft.takeover_id is None:
        return choices
    takeover = takeovers.takeover_by_id(db(), making.draft.takeover_id)
    day = max(takeover.starts_on, clock.today())
    while day <= takeover.ends_on:
        choices.append(SelectChoice(day.isoformat(), short_day(day)))
        day += timedelta(days=1)
    return choices


def _fill(form: SendForm, making: Making) -> None:
    due = making.draft.due_at
    local = clock.local(due) if due else None
    known = {choice.value for choice in form.day.choices}
    form.day.data = local.date().isoformat() if local and local.date().isoformat() in known else ""
    form.time.data = f"{local:%H:%M}" if local else "10:00"
    form.version.data = str(making.draft.version)


def _said(one: Judged) -> dict[str, Any]:
    """Who is in it, as the author says: for the sentence above the button."""
    seen = one.facts.draft.depictions
    shown = {person.subject_id for person in seen if person.subject_id}
    hidden = {Visibility.OBSCURED, Visibility.NOT_RECOGNISABLE}
    return {
        "names": sorted(one.facts.people[key].label for key in shown if key in one.facts.people),
        "hidden": sum(person.visibility in hidden for person in seen),
        "unknown": any(person.visibility is Visibility.UNKNOWN for person in seen),
        "is_complete": all(item.is_declared for item in one.items.values()) and bool(one.items),
    }
