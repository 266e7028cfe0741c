"""Forms of the map's boxes and of activities that are tied to an initiative."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from branding.indicators.values.tree import LONGEST_NOTE, LONGEST_TEXT, LONGEST_WHO, NodeRequest, NodeStatus
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

_STATUSES = [
    SelectChoice(NodeStatus.PLANNED.value, _l("not begun")),
    SelectChoice(NodeStatus.RUNNING.value, _l("under way")),
    SelectChoice(NodeStatus.DONE.value, _l("done")),
    SelectChoice(NodeStatus.STOPPED.value, _l("stopped")),
]


class NodeForm(Form):
    """Not ``status``: that is whether the form was refused."""

    text = StringField(_l("Text"), [needed(), longest(LONGEST_TEXT)], filters=[strip])
    parent_id = SelectField(_l("Answers why for"), coerce=int)
    state = SelectField(_l("Status"), choices=_STATUSES, default=NodeStatus.RUNNING.value)
    responsible = StringField(_l("Responsible"), [longest(LONGEST_WHO)], filters=[strip])
    note = TextAreaField(_l("Note"), [longest(LONGEST_NOTE)], filters=[strip])
    version = HiddenField()

    def to_values(self) -> NodeRequest:
        note = (self.note.data or "").replace("\r\n", "\n")
        return NodeRequest(
            self.text.data or "", self.responsible.data or "", note, NodeStatus(self.state.data)
        )


class TieForm(Form):
    """Which of the activities that were shown belong to the initiative."""

    chosen = SelectMultipleField(
        _l("Activities"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    #: What was shown: what was not cannot be untied by leaving it out.
    offered = HiddenField()

    def offer(self, choices: list[tuple[int, Any]]) -> None:
        self.chosen.choices = [SelectChoice(value, name) for value, name in choices]


def number_of(field: Any) -> int:
    """A hidden number; 0 when it is none."""
    text = str(field.data or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
