"""Reads for the calendar, the front page and the search."""

from branding.home.queries.calendar import (
    frame,
    list_page,
    month_page,
    takeover_references,
    week_page,
    wheel_page,
    year_page,
)
from branding.home.queries.front import front_page
from branding.home.queries.search import found

__all__ = [
    "found",
    "frame",
    "front_page",
    "list_page",
    "month_page",
    "takeover_references",
    "week_page",
    "wheel_page",
    "year_page",
]
