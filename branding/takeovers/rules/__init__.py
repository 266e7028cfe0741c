"""Decisions about takeovers, by subject; the life of a takeover itself is imported from here."""

from branding.takeovers.rules.takeovers import (
    ENDED,
    EVALUATION_OPEN,
    OPEN,
    check_ahead,
    check_no_overlap,
    check_open,
    check_period,
    free_days,
    link_life,
    opens_week,
    status_of,
    status_of_host,
    status_on,
)

__all__ = [
    "ENDED",
    "EVALUATION_OPEN",
    "OPEN",
    "check_ahead",
    "check_no_overlap",
    "check_open",
    "check_period",
    "free_days",
    "link_life",
    "opens_week",
    "status_of",
    "status_of_host",
    "status_on",
]
