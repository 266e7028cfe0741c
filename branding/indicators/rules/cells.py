"""Cells of a table as text, whatever the file held."""

from __future__ import annotations

from datetime import date, datetime

from branding.core.spreadsheet import storable
from branding.rotation.values import Formula

#: How the region writes what nobody has decided.
UNDECIDED = "ikke fastlagt"


def clean(cell: object) -> str:
    """One line of text; whole numbers without a point, days as ISO writes them, formulas as they stand."""
    if isinstance(cell, Formula):
        cell = cell.text
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str | int | float):
        return " ".join(storable(str(cell)).split())
    return ""


def fold(text: str) -> str:
    return " ".join(text.casefold().split())
