"""Forms of units, professions, profiles, people and the organisation itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from branding.accounts.values import Grant, PersonRequest
from branding.core.actor import Role
from branding.organisation.values import (
    Channel,
    ContactRequest,
    ProfileRequest,
    StartRequest,
    UnitRequest,
)
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

#: The eight hues by name, in the order of the style sheet.
COLOUR_NAMES = [
    SelectChoice("1", _l("Blue")),
    SelectChoice("2", _l("Orange")),
    SelectChoice("3", _l("Green")),
    SelectChoice("4", _l("Pink")),
    SelectChoice("5", _l("Yellow")),
    SelectChoice("6", _l("Purple")),
    SelectChoice("7", _l("Turquoise")),
    SelectChoice("8", _l("Olive")),
]
CHANNELS = [
    SelectChoice(Channel.INSTAGRAM.value, "Instagram"),
    SelectChoice(Channel.FACEBOOK.value, "Facebook"),
    SelectChoice(Channel.LINKEDIN.value, "LinkedIn"),
]


def offered(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Choices that a view has found, as (value, words)."""
    return [SelectChoice(str(value), words) for value, words in pairs]


class ManyChoices(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        message = _l("Choose among those shown.")
        super().__init__(
            *args,
            invalid_value_message=message,
            invalid_choice_message=lambda _count: str(message),
            **kwargs,
        )


class LeaderFields(Form):
    """The head of a unit, who hears of takeovers early."""

    leader_name = StringField(_l("Name of the leader"), [longest(120)], filters=[strip])
    leader_email = EmailField(_l("The leader's mail"), [Optional(), longest(254), email()], filters=[strip])

    @property
    def leader(self) -> tuple[str, str]:
        return self.leader_name.data or "", self.leader_email.data or ""


class AreaForm(LeaderFields):
    name = StringField(_l("Name"), [needed(), longest(120)], filters=[strip])
    short_name = StringField(_l("Short name"), [longest(24)], filters=[strip])
    colour = RadioField(_l("Colour"), [Optional()], choices=COLOUR_NAMES)
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput())

    def to_values(self) -> UnitRequest:
        colour = int(self.colour.data) if self.colour.data else None
        return UnitRequest(self.name.data, self.short_name.data or "", None, colour, self.leader)


class DepartmentForm(LeaderFields):
    """The view gives the areas to choose from."""

    name = StringField(_l("Name"), [needed(), longest(120)], filters=[strip])
    area_id = SelectField(_l("Area"), coerce=int)
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput())

    def to_values(self) -> UnitRequest:
        return UnitRequest(self.name.data, "", self.area_id.data, leader=self.leader)


class TableForm(Form):
    file = FileField(_l("CSV file"))
    pasted = TextAreaField(_l("Or paste the table"), [longest(500_000)])

    def content(self) -> bytes | str | None:
        """The chosen file, else the pasted text."""
        chosen = self.file.data
        data: bytes = chosen.read() if chosen else b""
        return data or (self.pasted.data or "").strip() or None


class TableConfirmForm(Form):
    text = TextAreaField(_l("Table"), [needed(), longest(500_000)])


class ProfessionForm(Form):
    name = StringField(_l("Name"), [needed(), longest(80)], filters=[strip])
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput())


class ProfileForm(Form):
    name = StringField(_l("What you call it"), [needed(), longest(120)], filters=[strip])
    channel = SelectField(_l("Channel"), choices=CHANNELS)
    handle = StringField(_l("Name on the channel"), [needed(), longest(120)], filters=[strip])
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput())

    def to_values(self) -> ProfileRequest:
        return ProfileRequest(Channel(self.channel.data), self.handle.data, self.name.data)


class PersonForm(Form):
    """The view gives the roles and the areas to choose from."""

    name = StringField(_l("Name"), [needed(), longest(120)], filters=[strip])
    email = EmailField(_l("Mail"), [needed(), longest(254), email()], filters=[strip])
    roles = ManyChoices(_l("Roles"), coerce=Role, validate_choice=True)
    areas = ManyChoices(_l("Coordinator of"), coerce=int)
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput())

    def validate_areas(self, field: Any) -> None:
        if field.data and Role.COORDINATOR not in (self.roles.data or []):
            raise ValidationError(_l("Only coordinators have an area of their own."))

    def to_values(self) -> PersonRequest:
        grants = {Grant(role) for role in self.roles.data if role != Role.COORDINATOR}
        if Role.COORDINATOR in self.roles.data:
            areas = self.areas.data or [None]
            grants |= {Grant(Role.COORDINATOR, area) for area in areas}
        return PersonRequest(self.name.data, self.email.data, frozenset(grants))


class ContactForm(Form):
    name = StringField(_l("Name of the organisation"), [needed(), longest(120)], filters=[strip])
    contact_name = StringField(_l("Contact person"), [longest(120)], filters=[strip])
    contact_phone = TelField(_l("Phone"), [longest(40)], filters=[strip])
    contact_email = EmailField(_l("Mail"), [Optional(), longest(254), email()], filters=[strip])
    version = IntegerField(_l("Version"), [needed()], widget=HiddenInput())

    def to_values(self) -> ContactRequest:
        return ContactRequest(
            self.name.data,
            self.contact_name.data or "",
            self.contact_phone.data or "",
            self.contact_email.data or "",
            self.version.data,
        )


class StartForm(Form):
    name = StringField(_l("Name of the organisation"), [needed(), longest(120)], filters=[strip])
    handle = StringField(_l("Instagram profile"), [needed(), longest(120)], filters=[strip])
    admin_name = StringField(_l("Your name"), [needed(), longest(120)], filters=[strip])
    admin_email = EmailField(_l("Your mail address"), [needed(), longest(254), email()], filters=[strip])
    password = PasswordField(_l("Choose a password"), [needed(), longest(200)])
    confirm = StringField(_l("Type the words “delete the examples”"), [needed()], filters=[strip])

    def validate_confirm(self, field: Any) -> None:
        wanted = {"delete the examples", str(_l("delete the examples"))}
        if field.data.casefold().strip("“”\"'.") not in wanted:
            raise ValidationError(_l("The words are not the same."))

    def to_values(self) -> StartRequest:
        return StartRequest(
            self.name.data, self.handle.data, self.admin_name.data, self.admin_email.data, self.password.data
        )
