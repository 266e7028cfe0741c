"""Opening evidence with a reason, and saying that a proof does not fit."""

from __future__ import annotations

from wtforms import RadioField, StringField

from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class OpenForm(Form):
    """``reason`` is asked of those who only oversee."""

    reason = StringField(_l("Why do you open it?"), filters=[strip], validators=[longest(200)])


class WrongForm(Form):
    why = RadioField(_l("What is wrong?"), validators=[needed(_l("Choose one."))])


class PlainForm(Form):
    """A button."""
