"""The forms of the second person, and of asking somebody else to be it; some fields are read by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.forms.words import plain
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

_ALT, _FACES, _ANSWER = "alt-", "faces-", "answer-"
_LONGEST = 10_000


class ReviewForm(Form):
    """``do`` is the button that was pressed."""

    version = HiddenField()
    base = HiddenField()
    do = StringField()
    caption = TextAreaField(_l("Text"), filters=[plain], validators=[longest(_LONGEST)])
    note = TextAreaField(_l("What should be different?"), filters=[plain], validators=[longest(2000)])

    #: Only shown when the time has passed; the days are set by the view.
    day = SelectField(_l("Day"), choices=[], validators=[Optional()], validate_choice=False)
    time = StringField(_l("Time of day"), filters=[strip], validators=[longest(5)])

    def due_at(self) -> datetime | None:
        """The new time; None without a day: as soon as it is ready."""
        if not self.day.data:
            return None
        try:
            on = datetime.strptime((self.time.data or "10:00").replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
            day = date.fromisoformat(self.day.data)
        except ValueError:
            raise RuleBroken("bad_time", say("Write the time such as 10:00."), "time") from None
        return clock.at_local(day, on.hour, on.minute)

    @property
    def parent_id(self) -> str | None:
        """The remark that is answered, "" for a new one; None when another button was pressed."""
        do = self.do.data or ""
        return "" if do == "comment" else do.removeprefix(_ANSWER) if do.startswith(_ANSWER) else None

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0

    @staticmethod
    def alts(sent: Mapping[str, str], items: Iterable[str]) -> dict[str, str]:
        """What is said of the post's pictures, where the page had a field for it."""
        return {one: str(plain(sent[_ALT + one]))[:_LONGEST] for one in items if _ALT + one in sent}

    @staticmethod
    def faces(sent: Mapping[str, str], items: Iterable[str]) -> dict[str, int]:
        """How many faces were counted; an empty field counts nothing."""
        found = {one: sent.get(_FACES + one, "").strip() for one in items}
        if any(raw and not raw.isdecimal() for raw in found.values()):
            raise RuleBroken("bad_number", say("Write how many faces you see as a number."))
        return {one: int(raw) for one, raw in found.items() if raw}


class AskReviewerForm(Form):
    name = StringField(_l("Name"), filters=[strip], validators=[needed(), longest(120)])
    email = StringField(_l("Mail"), filters=[strip], validators=[needed(), email(), longest(254)])
