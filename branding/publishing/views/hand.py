"""Posting by hand on the phone, by a link: see it, open it, save the pictures, say that it is up."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from branding.consent.values.names import CHANNELS
from branding.consent.values.records import Channel
from branding.consent.views.signing import in_danish
from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.drafts.views.film import film_bytes
from branding.media.service import files
from branding.media.values.pictures import Size
from branding.publishing.forms.hand import DoneForm
from branding.publishing.queries.hand import HandView, Life, Part
from branding.publishing.service import hand
from branding.publishing.views.blueprint import bp
from branding.web.guards import public
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.route("/hand/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def hand_page(token: str) -> Any:
    """A look opens nothing; the button asks the gate."""
    if request.method == "POST":
        return _acted(token)
    return _shown(token, DoneForm(formdata=None))


def _acted(token: str) -> Any:
    """Open it, say that it is up, or give it back."""
    form, now = DoneForm(), clock.now()
    if hand.look(db(), token, now=now) is None or not form.validate_on_submit():
        return _shown(token, form)  # a newer mail may have come while the page was open
    try:
        if form.do.data == "open":
            return _opened(token)
        if form.do.data == "cannot":
            hand.cannot(db(), token, now=now)
            return page("publishing/hand_thanks.html", did="cannot")
        is_fine = hand.done(db(), token, form.permalink.data or "", now=now)
    except RuleBroken as error:
        form.refuse(error)
        return _shown(token, form)
    return page("publishing/hand_thanks.html", did="done" if is_fine else "must_down")


def _opened(token: str) -> Any:
    """A no is kept: the answer to it is a page, no error."""
    found = hand.open_package(db(), token, now=clock.now())
    if found.is_open:
        return go("publishing.hand_page", token=token)
    return page("publishing/hand_stopped.html")


def _shown(token: str, form: DoneForm) -> Any:
    view = hand.look(db(), token, now=clock.now())
    if view is None:
        return page("publishing/hand_closed.html", status=404)
    if view.life is Life.STOPPED:
        return page("publishing/hand_stopped.html", status=410)
    if view.life is Life.DONE:
        return page("publishing/hand_thanks.html", did="must_down" if view.comes_down else "done_before")
    name = "publishing/hand_open.html" if view.life is Life.OPEN else "publishing/hand.html"
    return page(
        name,
        status=form.status,
        view=view,
        token=token,
        form=form,
        channel=CHANNELS[Channel(view.channel)],
        minutes=_minutes(view),
    )


def _minutes(view: HandView) -> int:
    """How long the pictures are still shown, rounded up."""
    if view.open_until is None:
        return 0
    return max(1, -(-int((view.open_until - clock.now()).total_seconds()) // 60))


@bp.get("/hand/<token>/pictures/<int:number>")
@public
def hand_picture(token: str, number: int) -> Any:
    """Picture or film number so and so, to be saved on the phone; ``show`` gives a small one to look at."""
    part, view = _part(token, number)
    if "show" in request.args:
        content = files.rendition(
            db(), part.item_id, size=Size.VIEW, edition=part.edition, ratio=part.ratio, focus=part.focus
        )
        return _kept_nowhere(Response(content, mimetype="image/jpeg"), "inline", part)
    if part.is_film:
        assert view.content is not None
        return _kept_nowhere(film_bytes(view.content, part.item_id), "attachment", part)
    content = files.published(db(), part.item_id, part.edition, part.ratio, part.focus)
    return _kept_nowhere(Response(content, mimetype="image/jpeg"), "attachment", part)


def _part(token: str, number: int) -> tuple[Part, HandView]:
    view = hand.look(db(), token, now=clock.now())
    found = next((one for one in view.parts if one.number == number), None) if view else None
    if view is None or found is None:
        raise Missing("hand_picture", number)
    return found, view


def _kept_nowhere(answer: Response, way: str, part: Part) -> Response:
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'{way}; filename="{part.file_name}"'
    return answer
