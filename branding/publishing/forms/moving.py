"""Another time for a post."""

from __future__ import annotations

from datetime import date, datetime, time

from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l

#: What the calendar shows; far from where dates end.
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


class MoveForm(Form):
    """Day and time of day in Denmark; ``version`` is what the page was made from."""

    day = DateField(_l("Day"), validators=[InputRequired(_l("Choose a day."))])
    time = StringField(_l("Time of day"), filters=[strip], validators=[longest(5)])
    version = HiddenField()

    def due_at(self) -> datetime:
        assert self.day.data is not None
        return moment(self.day.data, self.time.data or "")

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0


class ButtonForm(Form):
    """One button on a page; ``version`` is what the page was made from, ``at`` a suggested time."""

    version = HiddenField()
    at = HiddenField()

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0

    @property
    def moment(self) -> datetime:
        return minute(self.at.data or "")


def moment(day: date, text: str) -> datetime:
    """``10.00`` or ``10:00`` of a day in Denmark."""
    try:
        at = datetime.strptime((text or "10:00").replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        raise RuleBroken("bad_time", say("Write the time such as 10:00."), "time") from None
    return _existing(day, at)


def minute(text: str) -> datetime:
    """``2026-11-03T10:00`` in Denmark, as buttons send it."""
    try:
        at = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        raise RuleBroken("bad_time", say("Write the time such as 10:00."), "time") from None
    return _existing(at.date(), at.time())


def _existing(day: date, at: time) -> datetime:
    """The night when the clock goes forward lacks an hour."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise RuleBroken("bad_day", say("Choose a day."), "day")
    found = clock.at_local(day, at.hour, at.minute)
    if clock.local(found).time() != at:
        raise RuleBroken("no_such_time", say("That hour is skipped in the night to summer time."), "time")
    return found
