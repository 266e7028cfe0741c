"""A table on its way from the preview to the confirmation: packed into one field of the form.

It is not signed: whoever can send this field can send the same table as a file,
and the confirmation understands and checks it from the beginning.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from datetime import date
from typing import Any

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.spreadsheet import guard
from branding.rotation.values import Cell, Formula, Rows

_MOST = 12 * 1024 * 1024


def carry(rows: Rows) -> str:
    """The rows as one line of text."""
    plain = json.dumps(
        [[_packed(cell) for cell in row] for row in rows], ensure_ascii=False, separators=(",", ":")
    )
    return base64.b64encode(zlib.compress(plain.encode("utf-8", "surrogatepass"), 6)).decode("ascii")


def carried(text: str) -> Rows:
    """The rows again; RuleBroken when the field is not ours."""
    try:
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(base64.b64decode(text, validate=True), _MOST)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise ValueError("too long, or cut off")
        rows: Rows = [
            [_unpacked(cell) for cell in row] for row in json.loads(plain.decode("utf-8", "surrogatepass"))
        ]
    except (ValueError, TypeError, binascii.Error, zlib.error, RecursionError):
        raise RuleBroken(
            "carried_broken", say("The table got lost on the way. Choose the file again."), "file"
        ) from None
    return guard.limited(rows, "file")


def _packed(cell: Cell) -> Any:
    if isinstance(cell, Formula):
        return {"formula": cell.text}
    return {"date": cell.isoformat()[:10]} if isinstance(cell, date) else cell


def _unpacked(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return (
            Formula(str(cell["formula"])) if "formula" in cell else date.fromisoformat(cell.get("date", ""))
        )
    if cell is None or (isinstance(cell, (str, int, float)) and not isinstance(cell, bool)):
        return cell
    raise TypeError("no cell")
