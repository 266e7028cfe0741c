"""A table on its way into the program: chosen, pasted, or carried from the preview."""

from __future__ import annotations

from branding.indicators.forms.figures import TableForm
from branding.rotation.spreadsheet import MOST_BYTES, carried, read_file, read_pasted
from branding.rotation.values import Rows


def rows_of(form: TableForm) -> Rows:
    """The file, else the pasted table, else the one that the preview carried along."""
    sent = form.file.data
    if sent is not None and sent.filename:
        with sent.stream as stream:
            return read_file(stream.read(MOST_BYTES + 1))
    if form.pasted.data and form.pasted.data.strip():
        return read_pasted(form.pasted.data)
    return carried(form.table.data) if form.table.data else read_pasted("")
