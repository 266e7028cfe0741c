"""Forms of takeovers and hosts."""

from __future__ import annotations

from wtforms import DateField, HiddenField, SelectField, StringField, TelField
from wtforms.validators import Optional

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import say
from branding.rotation.values import MoveRequest
from branding.takeovers.values import MoveTakeover, NameHost, PlanTakeover
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class TakeoverForm(Form):
    unit_id = SelectField(_l("Who hosts"), coerce=int)
    starts_on = DateField(_l("First day"), validators=[needed()])
    ends_on = DateField(_l("Last day"), validators=[needed()])

    def to_values(self, slot_id: int) -> PlanTakeover:
        return PlanTakeover(slot_id, self.unit_id.data, self.starts_on.data, self.ends_on.data)


class MoveTakeoverForm(Form):
    starts_on = DateField(_l("First day"), validators=[needed()])
    ends_on = DateField(_l("Last day"), validators=[needed()])
    version = HiddenField()

    def to_values(self, takeover_id: int) -> MoveTakeover:
        return MoveTakeover(takeover_id, self.starts_on.data, self.ends_on.data, _number(self.version))


def _number(field: HiddenField) -> int:
    """The version that a form was made from; 0, which nothing has, when it does not say."""
    return int(field.data) if (field.data or "").isdecimal() else 0


class HostForm(Form):
    name = StringField(_l("Name"), filters=[strip], validators=[needed(), longest(120)])
    email = StringField(_l("Work mail"), filters=[strip], validators=[needed(), longest(254), email()])
    phone = TelField(_l("Phone"), filters=[strip], validators=[Optional(), longest(30)])
    profession_id = SelectField(_l("Profession"), coerce=int)
    version = HiddenField()

    def to_values(self) -> NameHost:
        return NameHost(
            self.name.data or "",
            self.email.data or "",
            self.phone.data or "",
            self.profession_id.data or None,
            _number(self.version),
        )


class TaskForm(Form):
    label = StringField(_l("What must be remembered"), filters=[strip], validators=[needed(), longest(200)])
    due_on = DateField(_l("Day"), validators=[needed()])


class MoveSlotForm(Form):
    """The week picker; ``stamp`` says which consequences were shown."""

    to = StringField(_l("First week"), filters=[strip], validators=[needed()])
    stamp = HiddenField()

    def to_values(self, slot_id: int) -> MoveRequest:
        return MoveRequest(slot_id, read_week(self.to.data or ""), self.stamp.data or "")


def read_week(text: str) -> Week:
    """A week as the picker sends it, ``2022-W45``; RuleBroken says what would be right."""
    try:
        return Week.parse(text)
    except ValueError:
        message = say("“%(read)s” is not a week of that year. Choose one from the list.", read=text[:20])
        raise RuleBroken("not_a_week", message, "to") from None


class RulesForm(Form):
    """The ticks have the names of the rules' lines and are read from the request as they are."""
