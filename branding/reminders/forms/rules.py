"""Forms of rules: one rule, the quiet hours, and one's own choices."""

from __future__ import annotations

from datetime import time

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from branding.outbox.values import Via
from branding.reminders.values.reminding import Quiet, RuleRequest
from branding.reminders.values.triggers import Audience, Counted, Trigger
from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l

_EIGHT = time(8)
_MOST_HOURS = 9999


class ManyChoices(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RuleForm(Form):
    """When, to whom, how and in which words; ``version`` is what the page was made from."""

    version = HiddenField()
    trigger = HiddenField()
    offset = IntegerField(
        _l("How many days or hours?"), validators=[InputRequired(_l("Write a whole number."))]
    )
    #: Nobody should have to write a minus; without it, the number's own sign counts.
    side = RadioField(
        _l("Before or after?"),
        choices=[SelectChoice("before", _l("before")), SelectChoice("after", _l("after"))],
        validators=[Optional()],
        validate_choice=False,
    )
    counted = RadioField(_l("Counted in"))
    at = TimeField(_l("Time of day"), validators=[Optional()], render_kw={"step": "900"})
    audiences = ManyChoices(_l("Who is told?"))
    channels = ManyChoices(_l("How?"))
    subject = StringField(_l("Subject"), filters=[strip], validators=[longest(200)])
    text = TextAreaField(_l("Text"), filters=[strip], validators=[longest(4000)])
    is_urgent = BooleanField(_l("Also on weekends and holidays"))
    is_before = BooleanField(_l("On a day off: the working day before, not the one after"))
    stale_hours = IntegerField(
        _l("Dropped when it is so many hours late"), validators=[InputRequired(_l("Write a whole number."))]
    )
    is_on = BooleanField(_l("In use"))

    def show(self, rule: RuleRequest, version: int) -> None:
        """Fill the fields from a rule."""
        self.version.data, self.trigger.data = str(version), rule.trigger.value
        self.offset.data, self.side.data = abs(rule.offset), "before" if rule.offset < 0 else "after"
        self.counted.data, self.at.data = rule.counted.value, rule.at
        self.audiences.data = [one.value for one in rule.audiences]
        self.channels.data = [one.value for one in rule.channels]
        self.subject.data, self.text.data = rule.subject, rule.text
        self.is_urgent.data, self.is_before.data = rule.is_urgent, rule.is_before
        self.stale_hours.data, self.is_on.data = rule.stale_hours, rule.is_on

    def to_values(self, trigger: Trigger) -> RuleRequest:
        offset, stale = self.offset.data or 0, self.stale_hours.data or 0
        if self.side.data in ("before", "after"):
            offset = -abs(offset) if self.side.data == "before" else abs(offset)
        return RuleRequest(
            trigger=trigger,
            offset=max(-_MOST_HOURS, min(_MOST_HOURS, offset)),
            counted=Counted(self.counted.data),
            at=self.at.data or _EIGHT,
            audiences=tuple(Audience(one) for one in self.audiences.data or ()),
            channels=tuple(Via(one) for one in self.channels.data or ()),
            subject=" ".join((self.subject.data or "").split()),
            text=(self.text.data or "").replace("\r\n", "\n"),
            is_urgent=bool(self.is_urgent.data),
            is_before=bool(self.is_before.data),
            stale_hours=max(0, min(_MOST_HOURS, stale)),
            is_on=bool(self.is_on.data),
        )

    @property
    def version_number(self) -> int:
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class TriggerForm(Form):
    """What a new rule is about."""

    trigger = SelectField(_l("What is it about?"))


class QuietForm(Form):
    """Between which hours nobody is told anything."""

    begins = IntegerField(_l("From"), validators=[InputRequired(_l("Write a whole number."))])
    ends = IntegerField(_l("Until"), validators=[InputRequired(_l("Write a whole number."))])

    def to_values(self) -> Quiet:
        return Quiet(self.begins.data or 0, self.ends.data or 0)
