"""Step one: pictures and films, their order, and which part of them is shown."""

from __future__ import annotations

from typing import Any

from flask import request

from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say
from branding.drafts.forms.making import CropForm, PicturesForm
from branding.drafts.service import pictures as service
from branding.drafts.service import saving
from branding.drafts.values.shapes import FEED_SHAPES, focus_of, is_upright, shape_of
from branding.drafts.views.making import Making, opened, step, step_page, way
from branding.media.service import intake
from branding.media.values import Ratio
from branding.web.guards import actor
from branding.web.limits import takes_files
from branding.web.pages import go_to
from branding.web.transaction import db, roll_back


@step("/pictures", "GET", "POST")
@takes_files
def pictures_page(draft_id: str) -> Any:
    """What the post shows; a plain form takes several files at once."""
    making, form = opened(draft_id), PicturesForm()
    if form.validate_on_submit():
        try:
            refused = _take_in(making, form.chosen())
        except RuleBroken as error:
            form.refuse(error)
        else:
            here = way(draft_id, "pictures")
            return go_to(here, notice=refused[0], kind="warning") if refused else go_to(here)
    return step_page(
        "pictures", making, status=form.status, form=form, is_upright=is_upright(making.draft.content)
    )


@step("/pictures/<id:item_id>/remove", "POST")
def remove_picture(draft_id: str, item_id: str) -> Any:
    before = service.remove(db(), actor(), draft_id, item_id, now=clock.now())
    undo = way(draft_id, "put_back", item_id=item_id, number=before)
    return go_to(way(draft_id, "pictures"), notice=say("The picture is taken out."), undo=undo)


@step("/pictures/<id:item_id>/put-back/<int:number>", "POST")
def put_back(draft_id: str, item_id: str, number: int) -> Any:
    """Undo of taking a picture out, and of cutting it anew."""
    service.put_back(db(), actor(), draft_id, item_id, number, now=clock.now())
    return go_to(way(draft_id, "pictures", _anchor=f"item-{item_id}"), notice=say("It is as it was before."))


@step("/pictures/<id:item_id>/move", "POST")
def move_picture(draft_id: str, item_id: str) -> Any:
    by = 1 if request.form.get("by") == "1" else -1
    service.move(db(), actor(), draft_id, item_id, by, now=clock.now())
    return go_to(way(draft_id, "pictures", _anchor=f"item-{item_id}"))


@step("/pictures/<id:item_id>/crop", "GET", "POST")
def crop_page(draft_id: str, item_id: str) -> Any:
    """The part that is shown: by tapping what matters, or by choosing one of nine places."""
    making, form = opened(draft_id), CropForm()
    one = next((one for one in making.draft.content.pictures if one.item_id == item_id), None)
    if one is None or item_id not in making.items:
        raise Missing("picture", item_id)
    shape = shape_of(making.draft.content)
    if form.validate_on_submit():
        wanted = Ratio(form.ratio.data) if form.ratio.data else shape
        focus = form.to_values(focus_of(one, wanted))
        before = service.crop(db(), actor(), draft_id, item_id, wanted, focus, now=clock.now())
        undo = way(draft_id, "put_back", item_id=item_id, number=before)
        back = way(draft_id, "pictures", _anchor=f"item-{item_id}")
        return go_to(back, notice=say("That part is shown now."), undo=undo)
    if request.method == "GET":
        form.ratio.data, form.zoom.data = shape.value, f"{focus_of(one, shape).zoom:g}"
    return step_page(
        "crop",
        making,
        status=form.status,
        form=form,
        one=one,
        item=making.items[item_id],
        focus=focus_of(one, shape),
        has_shapes=shape in FEED_SHAPES,
    )


def _take_in(making: Making, files: list[Any]) -> list[Text]:
    """Each file by itself: what is wrong with one keeps no other out.  Returns what was refused."""
    roll_back()  # decoding takes time, in which others may write
    prepared, refused = [], []
    for file in files:
        try:
            prepared.append(intake.prepare(db(), file.stream))
        except RuleBroken as error:
            refused.append(error)
    if not prepared:
        raise refused[0]
    now, draft = clock.now(), making.draft
    try:
        items = [intake.keep(db(), actor(), making.place, draft.unit_id, one, now=now) for one in prepared]
    except BaseException:
        for one in prepared:  # all of them or none: what is not kept leaves no file
            intake.discard(db(), one)
        raise
    saving.add_pictures(db(), actor(), draft.id, *items, now=now)
    return [error.text for error in refused]
