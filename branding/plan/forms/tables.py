"""Choosing a table, and confirming its preview."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField

from branding.web.forms import Form
from branding.web.forms import gettext_lazy as _l


class TableForm(Form):
    file = FileField(_l("File"))
    pasted = TextAreaField(_l("Or paste a table"))


class ConfirmForm(Form):
    """The table as the preview read it, and what the preview said of it."""

    table = HiddenField()
    stamp = HiddenField()
