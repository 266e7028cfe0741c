"""Posts that Stafet did not publish: new ones on every profile, old ones on one, and what they are."""

from __future__ import annotations

from typing import Any

from flask import url_for
from wtforms.fields.choices import SelectChoice

from branding.consent.values.names import CHANNELS
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.publishing.forms.found import BIND, DOWN, FINE, FoundForm
from branding.publishing.queries import found as queries
from branding.publishing.queries.connections import connection_of
from branding.publishing.service import scanning
from branding.publishing.values.down import FoundState
from branding.publishing.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db

_EVERY = (FoundState.NEW, FoundState.DOWN, FoundState.OLD)


@bp.get("/publishing/found")
@requires(scanning.TRIAGE)
def found_page() -> Any:
    """What came to a profile and nobody registered."""
    return _listed(queries.found_posts(db()), None)


@bp.get("/profiles/<int:profile_id>/found")
@requires(scanning.TRIAGE)
def profile_found_page(profile_id: int) -> Any:
    """Of one profile, old ones too: nobody hurries about those."""
    organisation.profile_by_id(db(), profile_id)
    return _listed(queries.found_posts(db(), profile_id=profile_id, states=_EVERY), profile_id)


@bp.route("/publishing/found/<int:found_id>", methods=["GET", "POST"])
@requires(scanning.TRIAGE)
def found_post_page(found_id: int) -> Any:
    """Look at it, and say what it is."""
    row, form = queries.found_row(db(), found_id), FoundForm()
    policy.check(actor(), scanning.TRIAGE, thing="found_post", key=found_id)
    ours = queries.could_be(db(), row)
    form.publication.choices = [SelectChoice("", translate(say("Choose")))] + [
        SelectChoice(one.id, one.title or one.kind) for one in ours
    ]
    if form.validate_on_submit():
        try:
            _decide(form, found_id)
        except RuleBroken as error:
            form.refuse(error)
        else:
            return _gone(form, found_id)
    return page(
        "publishing/found_post.html",
        status=form.status,
        form=form,
        one=queries.view(row),
        ours=ours,
        profile=organisation.profile_by_id(db(), row.profile_id),
        channels=CHANNELS,
    )


@bp.post("/publishing/found/<int:found_id>/undo")
@requires(scanning.TRIAGE)
def reopen_found(found_id: int) -> Any:
    """A slip."""
    try:
        scanning.reopen(db(), actor(), found_id, now=clock.now())
    except RuleBroken as error:
        return go("publishing.found_page", notice=error.text, kind="error")
    return go("publishing.found_post_page", found_id=found_id, notice=say("It stands in the list again."))


def _decide(form: FoundForm, found_id: int) -> None:
    now, answer = clock.now(), form.answer.data
    if answer == BIND:
        if not form.publication.data:
            raise RuleBroken("no_post", say("Choose which of our posts it is."), "publication")
        scanning.bind(db(), actor(), found_id, form.publication.data, now=now)
    elif answer == FINE:
        scanning.say_fine(db(), actor(), found_id, now=now)
    elif answer == DOWN:
        scanning.say_down(db(), actor(), found_id, now=now)
    else:
        scanning.say_gone(db(), actor(), found_id, now=now)


def _gone(form: FoundForm, found_id: int) -> Any:
    if form.answer.data == DOWN:
        notice = say("Take it down on the channel, and come back and say so.")
        return go("publishing.found_post_page", found_id=found_id, notice=notice, kind="warning")
    undo = None if form.answer.data == BIND else url_for("publishing.reopen_found", found_id=found_id)
    return go("publishing.found_page", notice=say("Thank you. It is written down."), undo=undo)


def _listed(found: Any, profile_id: int | None) -> Any:
    return page(
        "publishing/found.html",
        found=found,
        profile_id=profile_id,
        connection=connection_of(db(), profile_id) if profile_id is not None else None,
        profiles={one.id: one for one in organisation.profiles(db(), archived=True)},
        channels=CHANNELS,
    )
