"""Asking for a swap."""

from __future__ import annotations

from wtforms import SelectField, TextAreaField

from branding.rotation.forms.plans import Choices, offered
from branding.rotation.values.swaps import MESSAGE_LENGTH, SwapRequest
from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l


class SwapForm(Form):
    other_id = SelectField(_l("Weeks to ask for"), coerce=int)
    message = TextAreaField(
        _l("A word to your colleague"), [longest(MESSAGE_LENGTH)], filters=[strip], render_kw={"rows": 3}
    )

    def offer(self, slots: Choices) -> None:
        self.other_id.choices = offered(slots)

    def to_values(self, slot_id: int) -> SwapRequest:
        return SwapRequest(slot_id, self.other_id.data, (self.message.data or "").replace("\r\n", "\n"))
