"""The forms of the second person, and of asking somebody else to be it; some fields are read by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import HiddenField, StringField, TextAreaField

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.forms.words import plain
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

_ALT, _FACES = "alt-", "faces-"
_LONGEST = 10_000


class ReviewForm(Form):
    """``do`` is the button that was pressed."""

    version = HiddenField()
    base = HiddenField()
    do = StringField()
    caption = TextAreaField(_l("Text"), filters=[plain], validators=[longest(_LONGEST)])
    note = TextAreaField(_l("What should be different?"), filters=[plain], validators=[longest(2000)])

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
