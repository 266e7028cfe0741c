"""Stopping everything that would go out."""

from __future__ import annotations

from wtforms import SelectField, TextAreaField

from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class PauseForm(Form):
    """The choices are set by the view: every profile, or one."""

    profile = SelectField(_l("What is to stop?"))
    reason = TextAreaField(
        _l("Why?"),
        filters=[strip],
        validators=[needed(_l("Write why, so that colleagues understand it.")), longest(200)],
    )

    def profile_id(self) -> int | None:
        return int(self.profile.data) if (self.profile.data or "").isdecimal() else None
