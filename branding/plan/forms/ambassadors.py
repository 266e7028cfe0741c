"""Joining the ambassadors, and writing what they share."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField, TextAreaField

from branding.plan.forms.activities import number
from branding.plan.values import Joining, KitRequest
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


def one_line(value: object) -> object:
    """A filter: names go into mails, where a line of their own could say anything."""
    return " ".join(value.split()) if isinstance(value, str) else value


class JoinForm(Form):
    """``website`` is for programs that fill in everything; people never see it."""

    name = StringField(_l("Name"), filters=[one_line], validators=[needed(), longest(120)])
    email = StringField(_l("Mail"), filters=[strip], validators=[needed(), longest(254), email()])
    website = StringField(_l("Leave this empty"))

    def to_values(self) -> Joining:
        return Joining(self.name.data or "", self.email.data or "")


class LinkForm(Form):
    """Nought stands for the whole organisation."""

    unit_id = SelectField(_l("Whose list"), coerce=int)


class KitForm(Form):
    title = StringField(_l("What is it about?"), filters=[one_line], validators=[needed(), longest(160)])
    text = TextAreaField(_l("A suggestion to write"), filters=[strip], validators=[longest(1500)])
    address = StringField(_l("Where should the link lead?"), filters=[strip], validators=[longest(500)])
    version = HiddenField()

    def to_values(self, activity_id: int | None = None, publication_id: str | None = None) -> KitRequest:
        return KitRequest(
            self.title.data or "",
            self.text.data or "",
            self.address.data or "",
            activity_id,
            publication_id,
            number(self.version),
        )
