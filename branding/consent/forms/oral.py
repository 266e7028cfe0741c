"""A colleague's spoken answer; nothing is ticked beforehand."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from branding.consent.values.oral import NO_CHOICE, NOT_CLEAR, NOT_TOLD, NewOral
from branding.consent.values.requests import About
from branding.web.forms import Form, email, longest, strip
from branding.web.forms import gettext_lazy as _l
from branding.web.i18n import translate

_YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
#: In the list of colleagues: somebody who is not on it yet.
NEW = ""


class OralForm(Form):
    """``answer`` is which button was pressed: ``yes``, or ``no`` for "the colleague said no"."""

    answer = StringField()
    name = StringField(_l("The colleague's name"), filters=[strip], validators=[longest(80)])
    email = StringField(_l("Mail"), filters=[strip], validators=[Optional(), longest(200), email()])
    phone = TelField(_l("Mobile"), filters=[strip], validators=[Optional(), longest(40)])
    said_instagram = BooleanField(_l("I said clearly that it goes on Instagram"))
    said_yes = BooleanField(_l("The colleague clearly answered yes"))
    may_name = RadioField(_l("May the name be written?"), choices=_YES_NO, validators=[Optional()])
    may_voice = RadioField(_l("May the voice be heard?"), choices=_YES_NO, validators=[Optional()])
    place = StringField(_l("Where"), filters=[strip], validators=[longest(120)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is missing is said at once; a no needs no boxes."""
        is_valid = bool(super().validate(extra_validators))
        if self.answer.data == "no":
            return is_valid
        for field, message in (
            (self.said_instagram, NOT_TOLD),
            (self.said_yes, NOT_CLEAR),
            (self.may_name, NO_CHOICE),
            (self.may_voice, NO_CHOICE),
        ):
            if not field.data:
                field.errors = [*field.errors, str(translate(message))]
                is_valid = False
        return is_valid

    def to_values(self, about: About, unit_id: int, subject_id: str | None = None) -> NewOral:
        return NewOral(
            about=about,
            unit_id=unit_id,
            subject_id=subject_id,
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            said_instagram=bool(self.said_instagram.data),
            said_yes=bool(self.said_yes.data),
            may_name=_answer(self.may_name.data),
            may_voice=_answer(self.may_voice.data),
            place=self.place.data or "",
            **self._power(),
        )

    def _power(self) -> dict[str, Any]:
        return {}


class StaffOralForm(OralForm):
    """For staff, who may be somebody's manager, and choose whom and what it is about."""

    subject_id = SelectField(_l("Who was asked?"))
    about = SelectField(_l("For which pictures?"))
    unit_id = SelectField(_l("Unit"), coerce=int)
    has_power = BooleanField(_l("I am the colleague's manager"))
    power_reason = StringField(_l("Why do you ask yourself?"), filters=[strip], validators=[longest(300)])

    def _power(self) -> dict[str, Any]:
        return {"has_power": bool(self.has_power.data), "power_reason": self.power_reason.data or ""}


def _answer(chosen: str | None) -> bool | None:
    return None if chosen not in ("yes", "no") else chosen == "yes"
