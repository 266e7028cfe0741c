"""Is it out?  A person has looked at the profile."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l

YES, NO = "yes", "no"


class SettleForm(Form):
    answer = RadioField(
        _l("Is the post on the profile?"),
        choices=[SelectChoice(YES, _l("Yes, it is out")), SelectChoice(NO, _l("No, it is not out"))],
        validators=[InputRequired(_l("Look at the profile and choose."))],
    )
    permalink = StringField(_l("The post's address"), filters=[strip], validators=[longest(300)])
    version = HiddenField()

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0
