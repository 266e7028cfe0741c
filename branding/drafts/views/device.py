"""What the phone's script asks for: files in parts, with a way on after a lost connection."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import jsonify, request

from branding.core import clock
from branding.core.errors import Conflict, RuleBroken, StafetError
from branding.core.text import say
from branding.drafts.service import saving
from branding.drafts.views.making import opened, step
from branding.media import queries as media
from branding.media.service import uploads
from branding.media.values import NewUpload, UploadState
from branding.web.guards import actor
from branding.web.i18n import translate
from branding.web.transaction import db, roll_back

View = TypeVar("View", bound=Callable[..., Any])
#: What a phone with one bar of signal sends at a time.
CHUNK = 512 * 1024
#: More than that is no part of ours.
_MOST = 2 * CHUNK


def in_json(view: View) -> View:
    """Say errors as the script reads them; nothing is saved then."""

    @wraps(view)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except StafetError as error:
            return refused(error)

    return told  # type: ignore[return-value]


@step("/uploads", "POST")
@in_json
def begin_upload(draft_id: str) -> Any:
    """Say how large the file is that is about to come."""
    making = opened(draft_id)
    size, mime = request.form.get("size", 0, type=int), request.form.get("mime", "")[:100]
    new = NewUpload(making.place, making.draft.unit_id, size, mime)
    return _state(uploads.begin(db(), actor(), new, now=clock.now()))


@step("/uploads/<id:upload_id>")
@in_json
def upload_state(draft_id: str, upload_id: str) -> Any:
    """How much is here: where to go on."""
    opened(draft_id)
    return _state(uploads.state(db(), actor(), upload_id))


@step("/uploads/<id:upload_id>/part", "POST")
@in_json
def add_part(draft_id: str, upload_id: str) -> Any:
    """The next part; one that is here already is answered as it was the first time."""
    opened(draft_id)
    offset = request.args.get("offset", -1, type=int)
    content = request.stream.read(_MOST + 1)
    if len(content) > _MOST:
        raise RuleBroken("large_part", say("A part of the file was too large."), "file")
    return _state(uploads.add_chunk(db(), actor(), upload_id, offset, content, now=clock.now()))


@step("/uploads/<id:upload_id>/finish", "POST")
@in_json
def finish_upload(draft_id: str, upload_id: str) -> Any:
    """Everything is here: it becomes a picture of the post.  Once more gives the same picture."""
    place = opened(draft_id).place
    prepared = uploads.prepare(db(), actor(), upload_id)
    roll_back()  # decoding took time, in which others have written
    now = clock.now()
    item_id = uploads.finish(db(), actor(), upload_id, prepared=prepared, now=now)
    media.item_by_id(db(), place, item_id)  # begun for another takeover, it is not there
    saving.add_pictures(db(), actor(), draft_id, item_id, now=now)
    return jsonify(item=item_id)


def _state(state: UploadState) -> Any:
    return jsonify(id=state.id, received=state.received, size=state.size, item=state.item_id)


def refused(error: StafetError, **more: Any) -> Any:
    """An error as the script reads it; of a conflict, both versions."""
    roll_back()
    if isinstance(error, Conflict):
        more |= {"mine": _pairs(error.mine), "theirs": _pairs(error.theirs)}
    return jsonify(code=error.code, text=str(translate(error.text)), **more), error.status


def _pairs(found: list[tuple[Any, Any]]) -> list[list[str]]:
    return [[str(translate(label)), str(translate(value))] for label, value in found]
