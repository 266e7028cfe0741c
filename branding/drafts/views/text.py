"""Step three: everything that people write, saved while they write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import jsonify, request

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text
from branding.drafts.forms.words import WordsForm
from branding.drafts.queries.facts import Judged
from branding.drafts.queries.hashtags import sets_for
from branding.drafts.service import words as service
from branding.drafts.values.drafts import Standing
from branding.drafts.values.findings import Finding
from branding.drafts.values.words import Words
from branding.drafts.views.device import in_json, refused
from branding.drafts.views.making import Making, opened, step, step_page, way, weighed
from branding.takeovers import queries as takeovers
from branding.web.guards import actor
from branding.web.pages import go_to
from branding.web.transaction import db, roll_back


@step("/text", "GET", "POST")
def text_page(draft_id: str) -> Any:
    """Saved by every button; only the one called Next goes on."""
    form = WordsForm()
    if not form.is_submitted():
        shown = weighed(draft_id)
        before = Words.of(shown[0].draft.content)
        _fill(form, before)
        return _shown(shown, form, before, before.marks())
    making = opened(draft_id)
    before = Words.of(making.draft.content)
    words, marks = _with_button(_sent(making, form)), form.marks(request.form)
    if form.validate():
        try:
            service.save_words(db(), actor(), draft_id, words, marks, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        except Conflict as clash:
            roll_back()
            mine = service.taken_over(before, words, marks)
            _fill(form, mine)
            return _shown(weighed(draft_id), form, mine, before.marks(), clash=clash, status=409)
        else:
            return go_to(way(draft_id, "send" if request.form.get("do") == "next" else "text"))
    return _shown(weighed(draft_id), form, words, marks)


@step("/text/save", "POST")
@in_json
def save_text(draft_id: str) -> Any:
    """What the script sends while people write; a clash is answered with both texts."""
    making, form = opened(draft_id), WordsForm()
    if not form.validate():
        return jsonify(code="invalid", text=next(iter(form.errors.values()))[0]), 400
    sent, marks = _sent(making, form), form.marks(request.form)
    try:
        saved = service.save_words(db(), actor(), draft_id, sent, marks, now=clock.now())
    except Conflict as clash:
        there = Words.of(making.draft.content)
        return refused(clash, marks=service.marks_to_send(there, sent, marks, clash=True))
    now, one, _standing = weighed(draft_id)
    findings = [key for key, _text in _once(one.findings)]
    turn = now.draft.state.value
    return jsonify(marks=service.marks_to_send(saved, sent, marks), findings=findings, turn=turn)


def _sent(making: Making, form: WordsForm) -> Words:
    content = making.draft.content
    keys = form.reason_keys(request.form)
    words = form.to_values(request.form, content.channels[0], content.item_ids, keys)
    return replace(words, reasons={**content.reasons, **_cleared(keys), **words.reasons})


def _cleared(keys: list[str]) -> dict[str, str]:
    """A reason that was taken out again is none."""
    return dict.fromkeys(keys, "")


def _with_button(words: Words) -> Words:
    """Buttons that write something: a set of hashtags, or capitals in one."""
    if tags := request.form.get("tags"):
        return replace(words, caption=service.with_tags(words.caption, tags.split()))
    if tag := request.form.get("capitals"):
        return replace(words, caption=service.with_capitals(words.caption, tag))
    return words


def _fill(form: WordsForm, words: Words) -> None:
    form.caption.data, form.first_comment.data = words.caption, words.first_comment
    form.place.data, form.collaborators.data = words.place, ", ".join(words.collaborators)
    form.tagged.data = ", ".join(words.tags)
    form.channels.data = [one.value for one in words.channels[1:]]
    form.text_facebook.data = words.texts.get(form.FACEBOOK, "")
    form.text_linkedin.data = words.texts.get(form.LINKEDIN, "")


def _shown(
    shown: tuple[Making, Judged, Standing],
    form: WordsForm,
    words: Words,
    marks: dict[str, str],
    *,
    clash: Conflict | None = None,
    status: int | None = None,
) -> Any:
    """``words`` is what stands in the fields, ``marks`` what it will be saved over."""
    making, one, standing = shown
    return step_page(
        "text",
        making,
        status=status or form.status,
        form=form,
        words=words,
        marks=marks,
        clash=clash,
        standing=standing,
        findings=_once(one.findings),
        advice=service.advice(words.caption),
        sets=_sets(making),
        has_more=bool(words.first_comment or words.place or words.collaborators or words.tags or words.texts),
    )


def _once(findings: tuple[Finding, ...]) -> list[tuple[str, Text]]:
    """What needs a word of reason; names are told by the gate's own answer."""
    return list({one.key: one.text for one in findings if one.needs == "reason"}.items())


def _sets(making: Making) -> list[tuple[str, list[str]]]:
    draft = making.draft
    host = takeovers.host_by_id(db(), actor().id or 0) if actor().kind == "host" else None
    found = sets_for(db(), draft.profile_id, draft.unit_id, host.profession_id if host else None)
    return [(one.name, one.text.split()) for one in found]
