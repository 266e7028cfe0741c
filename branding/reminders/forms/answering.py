"""Forms of the answers to a reminder, and of the page that looks ahead."""

from __future__ import annotations

from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from branding.reminders.values.choosing import Later
from branding.web.forms import Form
from branding.web.forms import gettext_lazy as _l


class LaterForm(Form):
    """When it is said again."""

    later = RadioField(
        _l("When shall we say it again?"),
        choices=[
            SelectChoice(Later.TOMORROW.value, _l("tomorrow")),
            SelectChoice(Later.IN_THREE_DAYS.value, _l("in three days")),
            SelectChoice(Later.MONDAY.value, _l("on Monday")),
        ],
        default=Later.TOMORROW.value,
    )


class NotMeForm(Form):
    """Who gets it instead; the choices are the view's."""

    instead = SelectField(_l("Who should have it?"), default="")


class DayForm(Form):
    """A day to look ahead from; read from the address."""

    class Meta(Form.Meta):
        csrf = False

    day = DateField(_l("From the day"), validators=[Optional(strip_whitespace=False)])
