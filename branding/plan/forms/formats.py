"""Writing recurring formats and channels."""

from __future__ import annotations

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from branding.plan.forms.activities import WhoForm, number, read_time
from branding.plan.values import ChannelKind, ChannelRequest, FormatRequest, Rhythm
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class FormatForm(WhoForm):
    every = IntegerField(_l("Every"), validators=[InputRequired(_l("Write a number."))])
    rhythm = SelectField(_l("Rhythm"))
    weekday = SelectField(
        _l("Weekday"),
        coerce=int,
        choices=[
            SelectChoice("0", _l("Monday")),
            SelectChoice("1", _l("Tuesday")),
            SelectChoice("2", _l("Wednesday")),
            SelectChoice("3", _l("Thursday")),
            SelectChoice("4", _l("Friday")),
            SelectChoice("5", _l("Saturday")),
            SelectChoice("6", _l("Sunday")),
        ],
    )
    starts_on = DateField(_l("Counts from"), validators=[InputRequired(_l("Choose a day."))])
    until = DateField(_l("Until"), validators=[Optional()])

    def to_values(self) -> FormatRequest:
        assert self.starts_on.data is not None
        return FormatRequest(
            title=self.title.data or "",
            channel_id=self.channel_id.data,
            kind=self.chosen_kind(),
            rhythm=Rhythm(self.rhythm.data),
            every=self.every.data or 0,
            weekday=self.weekday.data,
            starts_on=self.starts_on.data,
            until=self.until.data,
            at=read_time(self.at.data or ""),
            unit_id=self.unit_id.data or None,
            audience=self.audience.data or "",
            goal=self.goal.data or "",
            responsible_id=self.responsible_id.data or None,
            responsible_name=self.responsible_name.data or "",
            version=number(self.version),
        )


class ChannelForm(Form):
    kind = SelectField(_l("Kind"))
    name = StringField(_l("Name"), filters=[strip], validators=[needed(), longest(80)])
    audience = StringField(_l("Audience"), filters=[strip], validators=[longest(200)])
    purpose = StringField(_l("Purpose"), filters=[strip], validators=[longest(300)])
    profile_id = SelectField(_l("Profile"), coerce=int)
    version = HiddenField()

    def to_values(self, colour: int | None = None) -> ChannelRequest:
        return ChannelRequest(
            ChannelKind(self.kind.data),
            self.name.data or "",
            self.audience.data or "",
            self.purpose.data or "",
            colour,
            self.profile_id.data or None,
            number(self.version),
        )
