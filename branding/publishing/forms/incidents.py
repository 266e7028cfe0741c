"""Something went wrong with a post: what happened, who was told, and what was decided."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

YES, NO = "yes", "no"


class ReportForm(Form):
    what = TextAreaField(_l("What happened?"), filters=[strip], validators=[longest(4000)])


class CaseForm(Form):
    what = TextAreaField(_l("What happened?"), filters=[strip], validators=[longest(4000)])
    told = TextAreaField(_l("Who has been told, and when?"), filters=[strip], validators=[longest(4000)])
    version = HiddenField()

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0


class DecideForm(Form):
    answer = RadioField(
        _l("Is the authority told?"),
        choices=[
            SelectChoice(YES, _l("Yes, it is reported to the Data Protection Agency")),
            SelectChoice(NO, _l("No, it is not reported")),
        ],
        validators=[InputRequired(_l("Choose yes or no."))],
    )
    because = TextAreaField(_l("Why?"), filters=[strip], validators=[needed(_l("Write why.")), longest(4000)])
    case_number = StringField(_l("Case number there"), filters=[strip], validators=[longest(60)])
    version = HiddenField()

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0
