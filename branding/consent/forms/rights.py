"""Forms of what people ask of us."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from branding.consent.values.rights import NewRight, Right
from branding.web.forms import Form, needed
from branding.web.forms import gettext_lazy as _l


class WishForm(Form):
    kind = RadioField(
        _l("What does the person want?"),
        choices=[
            SelectChoice(Right.ACCESS.value, _l("To see what we keep")),
            SelectChoice(Right.RECTIFICATION.value, _l("To have something put right")),
            SelectChoice(Right.ERASURE.value, _l("To be erased")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    received_on = DateField(_l("When did we hear of it?"), validators=[needed()])

    def to_values(self) -> NewRight:
        return NewRight(Right(self.kind.data), self.received_on.data)


class EraseForm(Form):
    understood = BooleanField(
        _l("I know that nobody can bring it back"),
        validators=[InputRequired(_l("Tick the box to go on."))],
    )
