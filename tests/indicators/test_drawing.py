"""Drawings keep within their frame, whatever the numbers are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from branding.indicators.rules.drawing import line_chart
from branding.indicators.rules.figures import read_span
from branding.indicators.values.figures import PointView


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("2.8", "11"), ["0", "10", "20"]),
        (("-3", "4"), ["-5", "0", "5"]),
        (("-3", "-30"), ["-50", "-25", "0"]),
        (("0", "0"), ["0", "0,5", "1"]),
        (("-999999999999", "0.001"), None),
    ],
)
def test_every_number_lies_between_the_ends_of_its_scale(
    values: tuple[str, ...], words: list[str] | None
) -> None:
    points = []
    for number, value in enumerate(values, 1):
        span = read_span(f"2022-0{number}")
        assert span is not None
        points.append(PointView(number, span, Decimal(value), "", 1))
    found = line_chart(points, date(2022, 1, 1), date(2022, 12, 31))
    assert all(20 <= dot.y <= 200 for dot in found.dots)
    assert words is None or [tick.label for tick in found.across] == words
