"""A signature from the strokes that a screen sent: our own SVG, and nothing of theirs but numbers."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

from branding.core.errors import RuleBroken
from branding.core.text import say

_MOST_CHARACTERS = 300_000
_MOST_STROKES, _MOST_POINTS = 300, 8_000
_SMALLEST, _LARGEST = 40, 4_000
#: Shorter than this is a slip of the finger.
_LEAST_INK = 12.0

Stroke = list[tuple[float, float]]


def signature_svg(sent: str) -> str:
    """``{"width": …, "height": …, "strokes": [[[x, y], …], …]}`` as SVG; empty when nothing was drawn."""
    if not sent.strip():
        return ""
    if len(sent) > _MOST_CHARACTERS:
        raise _unreadable()
    try:
        raw = json.loads(sent)
        width, height = _size(raw["width"]), _size(raw["height"])
        strokes = [_stroke(one, width, height) for one in raw["strokes"][: _MOST_STROKES + 1]]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise _unreadable() from None
    if len(strokes) > _MOST_STROKES or sum(map(len, strokes)) > _MOST_POINTS:
        raise _unreadable()
    if sum(map(_length, strokes)) < _LEAST_INK:
        return ""
    lines = "".join(f'<polyline points="{" ".join(map(_point, one))}"/>' for one in strokes if one)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" fill="none" stroke="#111" stroke-width="2.5" stroke-linecap="round" '
        f'stroke-linejoin="round">{lines}</svg>'
    )


def _size(value: Any) -> int:
    number = _number(value)
    if not _SMALLEST <= number <= _LARGEST:
        raise ValueError(number)
    return round(number)


def _stroke(points: Any, width: int, height: int) -> Stroke:
    if not isinstance(points, list) or len(points) > _MOST_POINTS:
        raise ValueError("stroke")
    found = [
        (min(max(_number(x), 0.0), float(width)), min(max(_number(y), 0.0), float(height))) for x, y in points
    ]
    return found * 2 if len(found) == 1 else found  # a dot is a line of no length


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return float(value) + 0.0  # no minus zero


def _length(stroke: Stroke) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(stroke))


def _point(point: tuple[float, float]) -> str:
    return ",".join(f"{value:.1f}".removesuffix(".0") for value in point)


def _unreadable() -> RuleBroken:
    text = say("We could not read the drawing. Clear it and draw again, or write the name.")
    return RuleBroken("bad_drawing", text, "strokes")
