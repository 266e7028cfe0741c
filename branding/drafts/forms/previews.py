"""A person's word on a post: fine, or no to exactly this one."""

from __future__ import annotations

from wtforms import HiddenField, StringField

from branding.web.forms import Form


class AnswerForm(Form):
    """``answer`` is the button; ``version`` the one that was on the screen beside somebody."""

    version = HiddenField()
    answer = StringField()

    @property
    def is_answered(self) -> bool:
        return self.answer.data in ("yes", "no")

    @property
    def is_no(self) -> bool:
        return bool(self.answer.data == "no")

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0
