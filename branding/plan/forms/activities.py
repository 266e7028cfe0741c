"""Writing activities: all of one, another day, done, and the year that is copied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Optional

from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.plan.rules import times
from branding.plan.values import ActivityKind, ActivityRequest, Status
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


def number(field: HiddenField) -> int:
    """The version that a form was made from; 0, which nothing has, when it does not say."""
    text = field.data or ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def read_time(text: str, field: str = "at") -> time | None:
    """Nothing is no time."""
    if not text:
        return None
    try:
        return times.read_time(text)
    except ValueError:
        raise RuleBroken("bad_time", say("Write the time such as 10.00."), field) from None


class WhoForm(Form):
    """What activities and formats have in common: where, for whom, by whom."""

    title = StringField(_l("Title"), filters=[strip], validators=[needed(), longest(120)])
    channel_id = SelectField(_l("Channel"), coerce=int)
    kind = SelectField(_l("Kind"))
    unit_id = SelectField(_l("Unit"), coerce=int)
    at = StringField(_l("Time of day"), filters=[strip], validators=[longest(10)])
    audience = StringField(_l("Audience"), filters=[strip], validators=[longest(200)])
    goal = StringField(_l("Purpose"), filters=[strip], validators=[longest(300)])
    responsible_id = SelectField(_l("Responsible"), coerce=int)
    responsible_name = StringField(
        _l("Or somebody without an account"), filters=[strip], validators=[longest(120)]
    )
    version = HiddenField()
    #: By channel: what is meant when no kind is chosen.
    usual_kinds: Mapping[int, ActivityKind] = {}

    def chosen_kind(self) -> ActivityKind:
        return ActivityKind(self.kind.data or self.usual_kinds[self.channel_id.data])


class ActivityForm(WhoForm):
    starts_on = DateField(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    ends_on = DateField(_l("Last day"), validators=[Optional()])
    #: Not "status": that is what a form answers to its page.
    state = SelectField(_l("Status"))
    link = StringField(_l("Link"), filters=[strip], validators=[longest(500)])
    note = TextAreaField(_l("Note"), filters=[strip], validators=[longest(2000)])
    #: What a new activity fills, and belongs to.
    format_id = HiddenField()
    slot_on = HiddenField()
    initiative_ref = HiddenField(validators=[longest(64)])

    def to_values(self) -> ActivityRequest:
        assert self.starts_on.data is not None
        slot_on = self._slot()
        return ActivityRequest(
            title=self.title.data or "",
            channel_id=self.channel_id.data,
            kind=self.chosen_kind(),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            status=Status(self.state.data),
            at=read_time(self.at.data or ""),
            unit_id=self.unit_id.data or None,
            audience=self.audience.data or "",
            goal=self.goal.data or "",
            responsible_id=self.responsible_id.data or None,
            responsible_name=self.responsible_name.data or "",
            link=self.link.data or "",
            note=self.note.data or "",
            initiative_ref=self.initiative_ref.data or None,
            format_id=number(self.format_id) or None if slot_on else None,
            slot_on=slot_on if number(self.format_id) else None,
            version=number(self.version),
        )

    def _slot(self) -> date | None:
        try:
            return date.fromisoformat(self.slot_on.data or "")
        except ValueError:
            return None


class DayForm(Form):
    """Another day, for moving and for copying."""

    day = DateField(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    version = HiddenField()


class DoneForm(Form):
    """One tap; the address where it can be seen, for those who have it."""

    seen_at = StringField(_l("Where can it be seen?"), filters=[strip], validators=[longest(500)])


class ButtonForm(Form):
    """A page whose only answer is its button."""


class ManyTicks(SelectMultipleField):
    """A list of ticks."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class YearForm(Form):
    """Which of the lines are planned again."""

    chosen = ManyTicks(_l("What should be planned again?"), coerce=int)
