"""Forms of an indicator and of its results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import DateField, Field, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from branding.core.isoweek import YEARS
from branding.indicators.values.measures import (
    KIND_NAMES,
    MEASURE_NAMES,
    ON_CHANNEL,
    PERIOD_NAMES,
    Aim,
    IndicatorRequest,
    Kind,
    Measure,
    PeriodKind,
    ReadingRequest,
    Rhythm,
)
from branding.indicators.values.numbers import read_number
from branding.indicators.values.tree import LONGEST_NOTE, LONGEST_TEXT, LONGEST_UNIT, LONGEST_WHO
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l
from branding.web.i18n import translate


def is_number(_form: Any, field: Field) -> None:
    """A validator: with a comma or a point."""
    if field.data and read_number(field.data) is None:
        raise ValidationError(_l("Write a number, for example 3 or 2,5."))


def is_planned_on(_form: Any, field: Field) -> None:
    """A validator: a day of a time that people plan in."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(_l("Choose a day between 2000 and 2099."))


class IndicatorForm(Form):
    """The choices of channel and kind of activity are set by the view."""

    name = StringField(_l("What is looked at"), [longest(LONGEST_TEXT)], filters=[strip])
    kind = SelectField(_l("Kind"))
    target = StringField(_l("Target"), [Optional(), is_number], filters=[strip])
    unit = StringField(_l("Unit of the number"), [longest(LONGEST_UNIT)], filters=[strip])
    period = SelectField(_l("Period"))
    every = IntegerField(_l("How many weeks"), [Optional(), NumberRange(1, 52)], default=2)
    starts_on = DateField(_l("First day"), [Optional()])
    ends_on = DateField(_l("Last day"), [Optional()])
    begins_on = DateField(_l("Counted from"), [InputRequired(_l("Fill in this field."))])
    due_on = DateField(_l("To be reached by"), [Optional()])
    measure = SelectField(_l("How it is counted"))
    channel = SelectField(_l("Channel"))
    activity = SelectField(_l("Kind of activity"))
    responsible = StringField(_l("Responsible"), [longest(LONGEST_WHO)], filters=[strip])
    note = TextAreaField(_l("Note"), [longest(LONGEST_NOTE)], filters=[strip])
    version = HiddenField()

    def offer(self, channels: list[tuple[str, Any]], activities: list[tuple[str, Any]]) -> None:
        self.kind.choices = [SelectChoice(one.value, translate(name)) for one, name in KIND_NAMES.items()]
        self.period.choices = [SelectChoice(one.value, translate(name)) for one, name in PERIOD_NAMES.items()]
        self.measure.choices = [
            SelectChoice(one.value, translate(name)) for one, name in MEASURE_NAMES.items()
        ]
        self.channel.choices = [SelectChoice(*one) for one in channels]
        self.activity.choices = [SelectChoice(*one) for one in activities]

    def to_values(self, old: IndicatorRequest | None = None) -> IndicatorRequest:
        """``old`` keeps what only a table can say, while the form says the same about it."""
        rhythm = self._rhythm(old)
        kind, measure = Kind(self.kind.data), Measure(self.measure.data)
        counts = self.channel.data if measure in ON_CHANNEL else ""
        counts = self.activity.data if measure is Measure.ACTIVITY else counts
        target = read_number(self.target.data or "")
        aim = Aim(
            kind, rhythm, target, self.unit.data or "", measure, counts or "", self.due_on.data,
            old.aim.done_on if old and kind is Kind.MILESTONE else None,
        )  # fmt: skip
        note = (self.note.data or "").replace("\r\n", "\n")
        kind_text = old.kind_text if old and old.aim.kind is kind else ""
        target_text = old.target_text if old and target is None else ""
        return IndicatorRequest(
            self.name.data or "", aim, self.responsible.data or "", note, kind_text, target_text
        )

    def _rhythm(self, old: IndicatorRequest | None) -> Rhythm:
        kind = PeriodKind(self.period.data)
        is_named = kind is PeriodKind.NAMED
        found = Rhythm(
            kind,
            self.begins_on.data or date.min,
            (self.every.data or 2) if kind is PeriodKind.WEEKS else 1,
            self.starts_on.data if is_named else None,
            self.ends_on.data if is_named else None,
        )
        before = old.aim.rhythm if old else None
        if before and (before.kind, before.every, before.first, before.last) == (
            found.kind, found.every, found.first, found.last,
        ):  # fmt: skip
            return Rhythm(found.kind, found.begins_on, found.every, found.first, found.last, before.written)
        return found


class ReadingForm(Form):
    """A result for the period that holds the day."""

    on = DateField(_l("A day in the period"), [InputRequired(_l("Fill in this field.")), is_planned_on])
    value = StringField(_l("Result"), [needed(), is_number], filters=[strip])
    note = TextAreaField(_l("Note"), [longest(LONGEST_NOTE)], filters=[strip])
    version = HiddenField()

    def to_values(self) -> ReadingRequest:
        value = read_number(self.value.data or "") or Decimal(0)
        return ReadingRequest(self.on.data or date.min, value, (self.note.data or "").replace("\r\n", "\n"))


class TickForm(Form):
    """When a milestone was reached."""

    on = DateField(_l("Reached on"), [InputRequired(_l("Fill in this field.")), is_planned_on])
