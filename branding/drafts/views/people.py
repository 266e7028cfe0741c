"""Step two: who is in each picture, and who is heard.  Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.drafts.forms.making import SayForm
from branding.drafts.service import saving
from branding.drafts.service.depicting import check_nameable, nameable, names_of
from branding.drafts.views.making import Making, opened, step, step_page, way
from branding.media.service import blurring, files
from branding.media.service import people as media
from branding.media.values import Answer, FaceState, ItemView, MediaKind
from branding.web.guards import actor
from branding.web.pages import go_to
from branding.web.transaction import db


@step("/people")
def people_page(draft_id: str) -> Any:
    return _shown(opened(draft_id), SayForm())


@step("/people/<id:item_id>", "GET", "POST")
def item_people_page(draft_id: str, item_id: str) -> Any:
    """One tap: it is said, and the page comes back at the same picture.  GET shows the step."""
    making = opened(draft_id)
    if item_id not in making.items:
        raise Missing("picture", item_id)
    back, form = way(draft_id, "people", _anchor=f"item-{item_id}"), SayForm()
    if request.method == "GET":
        return go_to(back)
    if form.validate_on_submit():
        try:
            _say(making, making.items[item_id], form)
        except RuleBroken as error:
            form.refuse(error)
        else:
            saving.media_changed(db(), actor(), draft_id, now=clock.now())
            return go_to(back)
    return _shown(making, form, item_id)


def _shown(making: Making, form: SayForm, at: str = "") -> Any:
    people = nameable(db(), actor(), making.draft.takeover_id, now=clock.now())
    named = {one.subject_id for item in making.items.values() for one in item.people if one.subject_id}
    films = [key for key, item in making.items.items() if item.kind is MediaKind.VIDEO]
    return step_page(
        "people",
        making,
        status=form.status,
        form=form,
        at=at,
        people=people,
        names=names_of(db(), named),
        strips={key: files.strip(db(), key) for key in films},
        is_counting=any(item.face_state is FaceState.WAITING for item in making.items.values()),
    )


def _say(making: Making, item: ItemView, form: SayForm) -> None:
    done = _DEEDS.get(form.do.data or "")
    if done is None:
        raise RuleBroken("nothing_said", say("Choose one of the answers."))
    done(making, item, form)


def _nobody(making: Making, item: ItemView, form: SayForm) -> None:
    media.declare_nobody(db(), actor(), making.place, item.id, now=clock.now())


def _person(making: Making, item: ItemView, form: SayForm) -> None:
    subject_id, now = form.subject_id.data or "", clock.now()
    check_nameable(db(), actor(), making.draft.takeover_id, subject_id, now=now)
    box = form.box_id.data or request.args.get("box") or None
    media.name_person(db(), actor(), making.place, item.id, subject_id, box_id=box, now=now)


def _answer(answer: Answer) -> Callable[[Making, ItemView, SayForm], None]:
    def say_it(making: Making, item: ItemView, form: SayForm) -> None:
        box, because = form.box_id.data or "", form.because.data or ""
        if answer is Answer.NOT_RECOGNISABLE:
            because = form.reason()
        if answer is Answer.NOT_RECOGNISABLE and not box:
            media.add_unrecognisable(db(), actor(), making.place, item.id, because, now=clock.now())
            return
        media.answer_box(db(), actor(), making.place, item.id, box, answer, because=because, now=clock.now())

    return say_it


def _blur(making: Making, item: ItemView, form: SayForm) -> None:
    blurring.blur(db(), actor(), making.place, item.id, [form.box_id.data or ""], now=clock.now())


def _unblur(making: Making, item: ItemView, form: SayForm) -> None:
    blurring.unblur(db(), actor(), making.place, item.id, now=clock.now())


def _reset(making: Making, item: ItemView, form: SayForm) -> None:
    """Undo of an answer, and of "nobody"."""
    media.reset(db(), actor(), making.place, item.id, form.person_id.data or None, now=clock.now())


def _remove(making: Making, item: ItemView, form: SayForm) -> None:
    media.remove_person(db(), actor(), making.place, item.id, form.person_id.data or "", now=clock.now())


def _box(making: Making, item: ItemView, form: SayForm) -> None:
    box = form.to_box(item.width, item.height)
    media.add_box(db(), actor(), making.place, item.id, box, now=clock.now())


def _mismatch(making: Making, item: ItemView, form: SayForm) -> None:
    media.explain_mismatch(db(), actor(), making.place, item.id, form.because.data or "", now=clock.now())


def _heard(making: Making, item: ItemView, form: SayForm) -> None:
    """Those who are ticked; nobody when the button for nobody was pressed."""
    heard = set(form.heard.data or [])
    if not heard:
        raise RuleBroken("nobody_ticked", say("Tick who is heard, or press that nobody is."), "heard")
    media.set_heard(db(), actor(), making.place, item.id, heard, now=clock.now())


def _silent(making: Making, item: ItemView, form: SayForm) -> None:
    media.set_heard(db(), actor(), making.place, item.id, (), now=clock.now())


_DEEDS: Mapping[str, Callable[[Making, ItemView, SayForm], None]] = {
    "nobody": _nobody,
    "person": _person,
    "because": _answer(Answer.NOT_RECOGNISABLE),
    "not_a_face": _answer(Answer.NOT_A_FACE),
    "unknown": _answer(Answer.UNKNOWN),
    "blur": _blur,
    "unblur": _unblur,
    "reset": _reset,
    "remove": _remove,
    "box": _box,
    "mismatch": _mismatch,
    "heard": _heard,
    "silent": _silent,
}
