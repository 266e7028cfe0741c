"""Rendering a page and going on to the next one, with a notice that may carry an undo button."""

from __future__ import annotations

from typing import Any

from flask import Response as FileResponse
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from branding.core.text import Text
from branding.web.i18n import translate
from branding.web.transaction import roll_back


def page(template: str, *, status: int = 200, **context: Any) -> tuple[str, int]:
    return render_template(template, **context), status


def notify(notice: Text, *, undo: str | None = None, kind: str = "success") -> None:
    """Show a notice on the next page; ``undo`` is an address that a button will post to."""
    said: Any = {"text": str(translate(notice)), "undo": undo, "kind": kind}
    flash(said, kind)


def go(
    endpoint: str,
    *,
    notice: Text | None = None,
    undo: str | None = None,
    kind: str = "success",
    **values: Any,
) -> Response:
    """See other: the page after a form that was accepted."""
    return go_to(url_for(endpoint, **values), notice=notice, undo=undo, kind=kind)


def go_to(
    address: str, *, notice: Text | None = None, undo: str | None = None, kind: str = "success"
) -> Response:
    """The same for an address that is already made; the caller knows that it is ours.

    An error means that nothing is saved, also when a use case had begun to write before it was stopped.
    """
    if kind == "error":
        roll_back()
    if notice is not None:
        notify(notice, undo=undo, kind=kind)
    return redirect(address, 303)


def attachment(body: bytes, mime: str, name: str, *, inline: bool = False) -> FileResponse:
    """A file to keep, or (``inline``) to look at in the browser; ``name`` holds nothing about a person."""
    answer = FileResponse(body, mimetype=mime)
    answer.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return answer
