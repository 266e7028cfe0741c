"""Forms of the four steps: pictures, people, text and time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.values.shapes import FEED_SHAPES
from branding.media.values import Box, Focus, Ratio
from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l

#: Nine places in a picture, row by row, as "x-y" in percent; what they are called.
SPOTS = (
    SelectChoice("17-17", _l("at the top, left")),
    SelectChoice("50-17", _l("at the top, in the middle")),
    SelectChoice("83-17", _l("at the top, right")),
    SelectChoice("17-50", _l("to the left")),
    SelectChoice("50-50", _l("in the middle")),
    SelectChoice("83-50", _l("to the right")),
    SelectChoice("17-83", _l("at the bottom, left")),
    SelectChoice("50-83", _l("at the bottom, in the middle")),
    SelectChoice("83-83", _l("at the bottom, right")),
)
_SHAPES = {
    Ratio.PORTRAIT: _l("Upright (4:5)"),
    Ratio.SQUARE: _l("Square (1:1)"),
    Ratio.LANDSCAPE: _l("Wide (1.91:1)"),
}
_ZOOMS = (
    SelectChoice("1", _l("As much as possible")),
    SelectChoice("1.5", _l("Closer")),
    SelectChoice("2.2", _l("Close up")),
)
_SIZES = (
    SelectChoice("0.12", _l("A small face")),
    SelectChoice("0.25", _l("A middle-sized face")),
    SelectChoice("0.45", _l("A large face")),
)
_MOST_FILES = 10


class PicturesForm(Form):
    files = MultipleFileField(_l("Pictures or films"))

    def chosen(self) -> list[Any]:
        """The files that were sent, in their order."""
        found = [one for one in self.files.data or [] if getattr(one, "filename", "")]
        if not found:
            raise RuleBroken("no_file", say("Choose a picture first."), "files")
        if len(found) > _MOST_FILES:
            raise RuleBroken(
                "many_files", say("Choose at most %(num)s pictures at a time.", num=_MOST_FILES), "files"
            )
        return found


class CropForm(Form):
    """``x`` and ``y`` are set by a tap in the picture; without it ``spot`` says where."""

    ratio = RadioField(
        _l("Shape"),
        choices=[SelectChoice(one.value, _SHAPES[one]) for one in FEED_SHAPES],
        validators=[Optional()],
    )
    spot = RadioField(_l("What matters is"), choices=SPOTS, validators=[Optional()])
    zoom = RadioField(_l("How close"), choices=_ZOOMS, validators=[Optional()])
    x = HiddenField()
    y = HiddenField()

    def to_values(self, otherwise: Focus) -> Focus:
        x, y = _fraction(self.x.data), _fraction(self.y.data)
        if (x is None or y is None) and self.spot.data:
            x, y = (int(one) / 100 for one in self.spot.data.split("-"))
        zoom = float(self.zoom.data) if self.zoom.data else otherwise.zoom
        return Focus(otherwise.x if x is None else x, otherwise.y if y is None else y, zoom)


#: A shorter word says nothing to whoever looks at it next.
_LEAST_REASON = 10


class SayForm(Form):
    """One tap on the people step: ``do`` is what was pressed."""

    do = StringField()
    subject_id = StringField(filters=[strip], validators=[longest(32)])
    box_id = StringField(filters=[strip], validators=[longest(32)])
    person_id = StringField(filters=[strip], validators=[longest(32)])
    because = StringField(_l("because"), filters=[strip], validators=[longest(300)])
    heard = SelectMultipleField(validate_choice=False)
    spot = RadioField(_l("Where is the face?"), choices=SPOTS, validators=[Optional()])
    size = RadioField(_l("How large is it?"), choices=_SIZES, validators=[Optional()])

    def reason(self) -> str:
        """Why somebody cannot be recognised, so that a second person can judge it."""
        because = self.because.data or ""
        if 0 < len(because) < _LEAST_REASON:
            text = say("Write a little more: at least %(num)s letters. For example: seen from behind.",
                       num=_LEAST_REASON)  # fmt: skip
            raise RuleBroken("short_reason", text, "because")
        return because

    def to_box(self, width: int, height: int) -> Box:
        """A square of that size around that place."""
        if not self.spot.data or not self.size.data:
            raise RuleBroken("no_place", say("Say where the face is, and how large."), "spot")
        x, y = (int(one) / 100 for one in self.spot.data.split("-"))
        short = min(width, height) * float(self.size.data)
        w, h = short / width, short / height
        return Box(max(0.0, x - w / 2), max(0.0, y - h / 2), w, h)


class SendForm(Form):
    """``day`` is one of the takeover's; without one communications chooses."""

    day = SelectField(_l("Day"), validators=[Optional()])
    time = StringField(_l("Time of day"), filters=[strip], validators=[longest(5)])
    version = HiddenField()

    def due_at(self) -> datetime | None:
        if not self.day.data:
            return None
        try:
            on = datetime.strptime((self.time.data or "10:00").replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
        except ValueError:
            raise RuleBroken("bad_time", say("Write the time such as 10:00."), "time") from None
        return clock.at_local(date.fromisoformat(self.day.data), on.hour, on.minute)

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0


def _fraction(raw: str | None) -> float | None:
    try:
        number = float(raw or "")
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
