"""Tables in files and from the clipboard, as rows of cells.

What a file is, is judged by its content, never by its name.
"""

from __future__ import annotations

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.rotation.spreadsheet import guard, text, workbook
from branding.rotation.spreadsheet.carried import carried, carry
from branding.rotation.values import Rows

__all__ = ["MOST_BYTES", "carried", "carry", "read_file", "read_pasted"]

MOST_BYTES = guard.MOST_BYTES


def read_file(data: bytes) -> Rows:
    """CSV, XLSX or ODS as rows; RuleBroken when it is something else, too large or broken."""
    if len(data) > MOST_BYTES:
        raise RuleBroken(
            "file_too_large", say("The file is larger than 5 MB. A rotation needs far less."), "file"
        )
    if not data.strip():
        raise RuleBroken("file_empty", say("The file is empty."), "file")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = say(
            "This is an old or a locked Excel file. Save it as XLSX without a password, and try again."
        )
        raise RuleBroken("file_is_old", message, "file")
    if data.startswith(b"PK"):
        return guard.limited(workbook.read(data), "file")
    if data.startswith(b"%PDF"):
        message = say("This is a PDF. Copy the table from it, or save it as XLSX or CSV.")
        raise RuleBroken("file_is_pdf", message, "file")
    return guard.limited(text.read(text.decode(data)), "file")


def read_pasted(pasted: str) -> Rows:
    """A table from the clipboard as rows: from Word, PowerPoint, Excel, a web page or a mail."""
    if len(pasted) > MOST_BYTES:
        raise RuleBroken(
            "paste_too_large", say("The text is larger than 5 MB. A rotation needs far less."), "pasted"
        )
    if not pasted.strip():
        raise RuleBroken("paste_empty", say("Choose a file, or paste a table."), "file")
    return guard.limited(text.read(pasted), "pasted")
