"""Pages of takeovers, by subject; the host's own week is one of them."""

from branding.takeovers.views import (
    asking,
    colleagues,
    evaluations,
    feeds,
    hosts,
    leaders,
    lists,
    logins,
    moves,
    volunteering,
    volunteers,
    week,
)
from branding.takeovers.views.blueprint import bp

__all__ = [
    "asking",
    "bp",
    "colleagues",
    "evaluations",
    "feeds",
    "hosts",
    "leaders",
    "lists",
    "logins",
    "moves",
    "volunteering",
    "volunteers",
    "week",
]
