"""What waits for those who watch over data protection, as lines of the front page."""

from __future__ import annotations

from branding.core.text import say_n
from branding.home.values import Waiting


def rights_waiting(wishes: int, late: int) -> list[Waiting]:
    """What people have asked for about their own data; what is past its day is said for itself."""
    found = []
    if late:
        text = say_n(
            "%(num)s person waits for an answer, and its day has passed",
            "%(num)s people wait for an answer, and its day has passed",
            late,
        )
        found.append(Waiting(text, "consent.oversight_page"))
    if waits := wishes - late:
        text = say_n(
            "%(num)s person has asked about own data", "%(num)s people have asked about own data", waits
        )
        found.append(Waiting(text, "consent.oversight_page"))
    return found


def assessments_waiting(count: int) -> list[Waiting]:
    if not count:
        return []
    text = say_n(
        "%(num)s legal assessment to look at again", "%(num)s legal assessments to look at again", count
    )
    return [Waiting(text, "consent.assessments_page")]
