"""What an undo takes along in its address: a note goes there sealed, as it may say more than it should."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import MultiDict

from branding.core import sealed
from branding.web.transaction import db

#: More does not fit into a cookie beside the rest; without an undo the number is written down again.
_LONGEST = 2500


def kept_note(note: str, about: str) -> str | None:
    """The note for an address; None when it is too long to be taken along."""
    text = sealed.seal(db(), note, about=about) if note else ""
    return text if len(text) <= _LONGEST else None


def told_again(about: str) -> MultiDict[str, str]:
    """What the address of an undo says, with its note opened."""
    told = MultiDict(request.args)
    kept = told.pop("kept", "")
    try:
        told["note"] = sealed.unseal(db(), kept, about=about) if kept else ""
    except sealed.CannotOpen:
        told.pop("value", None)  # somebody has changed the address: nothing of it is believed
    return told
