"""Forms: one base class, so that every message is Danish and every refusal looks the same."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import validators

from branding.core.errors import RuleBroken
from branding.web.i18n import translate

__all__ = ["Form", "email", "gettext_lazy", "longest", "needed", "strip"]

gettext_lazy = _l

#: WTForms writes these itself; naming them here puts them into our catalogue.
_OF_WTFORMS = (
    _l("Not a valid choice."),
    _l("Invalid Choice: could not coerce."),
    _l("Not a valid integer value."),
    _l("Not a valid date value."),
    _l("This field is required."),
    _l("CSRF token missing."),
)


def strip(value: Any) -> Any:
    """A filter: people's spaces at the ends mean nothing."""
    return value.strip() if isinstance(value, str) else value


def needed(message: Any = None) -> validators.DataRequired:
    return validators.DataRequired(message or _l("Fill in this field."))


def longest(characters: int) -> validators.Length:
    return validators.Length(max=characters, message=_l("Write at most %(max)d characters."))


def email() -> validators.Email:
    return validators.Email(_l("Write a mail address such as anna@example.dk."))


class Form(FlaskForm):
    """``status`` is 400 when the page shows a refused form, else 200."""

    class Meta:
        # WTForms has no Danish catalogue: its few own messages are written where they are used,
        # and the rest goes through ours.
        locales = ("en",)

        def get_translations(self, _form: Any) -> Any:
            return _Ours()

    @property
    def status(self) -> int:
        return 400 if any(self.errors.values()) else 200

    def refuse(self, error: RuleBroken) -> None:
        """Show a broken rule beside its field, or above the form when no field can put it right."""
        message = str(translate(error.text))
        if error.field and error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)


class _Ours:
    """WTForms asks here for its own messages."""

    def gettext(self, message: str) -> str:
        return str(gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)
