"""Numbers as people write them, as they are stored, and back."""

from __future__ import annotations

import re
from decimal import Decimal

#: Far more than anything that is counted here.
_MOST = Decimal(10) ** 12
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def number(value: Decimal) -> str:
    """``1,5`` as Danes write it; no zeros that say nothing."""
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def stored(value: Decimal) -> str:
    """As a column and a CSV file keep it: with a point, and every digit that was written."""
    return f"{value:f}"


def read_number(text: str) -> Decimal | None:
    """``1.234,5``, ``12,5`` or ``12.5``, with or without %; None when it is no number."""
    plain = text.strip().rstrip("%").replace(" ", "").replace("\u00a0", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain)
    return value if abs(value) < _MOST and len(plain) <= 20 else None
