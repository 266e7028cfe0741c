"""What there is to remember for a takeover: each line has a name, a text and a day.

Days count from the first day of the takeover: -21 is three weeks before.
Source: domain.md, "One takeover, as it goes"; decisions.md 5 (citizens are
asked before the week, at the latest the Friday before).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from branding.core.text import Text, say


@dataclass(frozen=True, slots=True)
class Line:
    """``days`` from the first day, or from the last when ``after_end``."""

    key: str
    text: Text
    days: int
    after_end: bool = False


LINES = (
    Line("host-found", say("Find a host and agree it with the head of the department"), -28),
    Line("invited", say("Send the invitation with the guide"), -21),
    Line("briefing", say("Go through the week with the host: ideas, rules and consent"), -7),
    Line("colleagues-told", say("Tell the colleagues that the profile is visiting, and that no is fine"), -5),
    Line(
        "citizens-asked", say("Ask the citizens who may be shown, in writing, so they have time to think"), -3
    ),
    Line("first-post", say("See that the first post, “Here I am”, is out"), 0),
    Line("farewell", say("See that “Goodbye and thanks” is out"), 0, after_end=True),
    Line("thanks", say("Thank the host and ask what the next one should know"), 3, after_end=True),
)

#: A line that a lent login adds when the takeover is over, and that a new password ticks.
CHANGE_LOGIN = "login-change"

TEXTS = {line.key: line.text for line in LINES}


def texts(handle: str) -> dict[str, Text]:
    """What the lines of a takeover on this profile say, by their keys."""
    return TEXTS | {CHANGE_LOGIN: say("Change the password of @%(handle)s", handle=handle)}


def due_on(line: Line, starts_on: date, ends_on: date) -> date:
    """The day of a line; weekends are moved back to Friday before, or on to Monday after the takeover."""
    day = (ends_on if line.after_end else starts_on) + timedelta(days=line.days)
    if line.days == 0 or day.weekday() < 5:
        return day
    return (
        day - timedelta(days=day.weekday() - 4) if line.days < 0 else day + timedelta(days=7 - day.weekday())
    )
