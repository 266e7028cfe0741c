"""Who answers comments on a takeover's posts."""

from __future__ import annotations

from wtforms import SelectField

from branding.web.forms import Form
from branding.web.forms import gettext_lazy as _l


class AnswererForm(Form):
    """The choices are set by the view: the hosts, and those who answer for the unit."""

    ref = SelectField(_l("Who answers?"))
