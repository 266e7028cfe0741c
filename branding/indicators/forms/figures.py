"""Forms of key figures and of importing tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from branding.indicators.forms.indicators import is_number, is_planned_on
from branding.indicators.rules.figures import LONGEST_NAME, read_span
from branding.indicators.values.figures import PointRequest
from branding.indicators.values.numbers import read_number
from branding.indicators.values.tree import LONGEST_NOTE, LONGEST_UNIT
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


def is_span(_form: Any, field: Field) -> None:
    if read_span(field.data or "") is None:
        raise ValidationError(_l("Write a month (2022-03), a quarter (2022-K1) or a year (2022)."))


class FigureForm(Form):
    """One number of one key figure."""

    series = StringField(_l("Key figure"), [needed(), longest(LONGEST_NAME)], filters=[strip])
    unit = StringField(_l("Unit of the number"), [longest(LONGEST_UNIT)], filters=[strip])
    period = StringField(_l("Period"), [needed(), is_span], filters=[strip])
    value = StringField(_l("Value"), [needed(), is_number], filters=[strip])
    note = TextAreaField(_l("Note"), [longest(LONGEST_NOTE)], filters=[strip])
    version = HiddenField()

    def to_values(self) -> PointRequest:
        span = read_span(self.period.data or "")
        assert span is not None, "the field's validator has looked"
        note = (self.note.data or "").replace("\r\n", "\n")
        value = read_number(self.value.data or "") or Decimal(0)
        return PointRequest(self.series.data or "", self.unit.data or "", span, value, note)


class TableForm(Form):
    """A table of key figures: a file, or pasted."""

    file = FileField(_l("File (CSV, XLSX or ODS)"))
    pasted = TextAreaField(_l("… or paste the table here"))
    #: The table on its way from the preview.
    table = HiddenField()


class MapTableForm(TableForm):
    """A table of the strategy map; no row says from when on it is judged."""

    begins_on = DateField(_l("Counted from"), [InputRequired(_l("Fill in this field.")), is_planned_on])
