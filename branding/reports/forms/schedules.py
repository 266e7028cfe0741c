"""When a report is made and who gets it."""

from __future__ import annotations

import re
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField, ValidationError

from branding.reports.values.orders import Form as Written
from branding.reports.values.orders import Kind
from branding.reports.values.schedules import Rhythm, Scheduled, Span
from branding.web.forms import Form, gettext_lazy, longest, needed, strip

_l = gettext_lazy


class ScheduleForm(Form):
    """The choices are set by the view."""

    kind = SelectField(_l("Which report?"))
    rhythm = SelectField(_l("When?"))
    span = SelectField(_l("About which days?"))
    unit = SelectField(_l("About whom?"))
    form = SelectField(_l("In which form?"))
    mails = TextAreaField(
        _l("Who gets it?"),
        filters=[strip],
        validators=[needed(_l("Write at least one mail address.")), longest(3000)],
    )
    for_leaders = BooleanField(_l("Name nobody"))
    as_link = BooleanField(_l("Send a link instead of the file"))
    version = HiddenField(default="0")

    def validate_mails(self, field: Any) -> None:
        for address in _addresses(field.data):
            try:
                validate_email(address, check_deliverability=False)
            except EmailNotValidError:
                message = self.mails.gettext("“%(address)s” is not a mail address.") % {"address": address}
                raise ValidationError(message) from None

    def to_values(self) -> Scheduled:
        return Scheduled(
            Kind(self.kind.data),
            Written(self.form.data),
            Rhythm(self.rhythm.data),
            Span(self.span.data),
            int(self.unit.data) if (self.unit.data or "").isdecimal() else None,
            bool(self.for_leaders.data),
            _addresses(self.mails.data),
            bool(self.as_link.data),
            int(self.version.data) if (self.version.data or "").isdecimal() else 0,
        )


#: The message above is put together when it is shown.
_OF_MAILS = _l("“%(address)s” is not a mail address.")


def _addresses(text: str | None) -> tuple[str, ...]:
    """One on each line, or with commas between; each once."""
    found = [one.strip() for one in re.split(r"[\s,;]+", text or "") if one.strip()]
    return tuple(dict.fromkeys(one.lower() for one in found))
