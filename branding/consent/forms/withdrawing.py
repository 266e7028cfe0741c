"""Taking a consent back: the person's own button, an employee's three fields, and the open page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wtforms import (
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from branding.consent.values.records import Channel
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core.clock import COPENHAGEN
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

#: Everything the person ever said yes to.
ALL = "all"


class ManyField(SelectMultipleField):
    """A line to tick for each choice."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OwnForm(Form):
    """One button; the channels stand behind a fold, for who wants to keep some."""

    channels = ManyField(_l("Only these"), choices=[])

    @property
    def chosen(self) -> frozenset[Channel]:
        return frozenset(Channel(one) for one in self.channels.data or [])


class WithdrawForm(Form):
    """What, where and when; never why, and not by whom."""

    consent_id = RadioField(_l("What is taken back?"), validators=[InputRequired(_l("Choose one."))])
    channels = ManyField(_l("Only on these places"), choices=[])
    day = DateField(_l("Day"), validators=[needed()])
    time = TimeField(_l("Time"), validators=[needed()])

    def to_values(self, subject_id: str, now: datetime) -> NewWithdrawal:
        assert self.day.data is not None
        assert self.time.data is not None
        said = datetime.combine(self.day.data, self.time.data, COPENHAGEN).astimezone(UTC)
        # The page knows minutes: to the end of it, so that what was given in the same minute is meant too.
        if said <= now:
            said = min(said + timedelta(seconds=59), now)
        channels = frozenset(Channel(one) for one in self.channels.data or [])
        consent_id = None if self.consent_id.data == ALL else self.consent_id.data
        return NewWithdrawal(subject_id, said, consent_id, channels or None)


class MessageForm(Form):
    """The open page: own words are enough."""

    text = TextAreaField(
        _l("What should we stop showing?"), filters=[strip], validators=[needed(), longest(2000)]
    )
    unit_id = SelectField(_l("Which place is it?"), coerce=int)
    website = StringField(_l("Leave this field empty"))


class ResolveForm(Form):
    """Who was meant; ``none``: nobody on the register."""

    subject_id = SelectField(_l("Who is it?"), validators=[needed(_l("Choose one."))])


NOBODY = "none"
