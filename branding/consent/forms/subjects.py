"""Forms of the register: people, and those who may sign for them."""

from __future__ import annotations

from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from branding.consent.values.answers import NewSubject
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.register import NewRepresentation
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

#: In plain words, and never why.
ROUTES = [
    SelectChoice(Route.SELF.value, _l("The person signs")),
    SelectChoice(Route.SELF_AND_GUARDIAN.value, _l("The person and a guardian both sign")),
    SelectChoice(Route.GUARDIAN_WITH_ASSENT.value, _l("A guardian signs, and the person does not say no")),
    SelectChoice(
        Route.NONE_POSSIBLE.value,
        _l("Nobody can sign. The person is never shown so that others can tell who it is"),
    ),
]
HOLDS = [
    SelectChoice(Hold.NONE.value, _l("No, consents decide")),
    SelectChoice(Hold.DISPUTE.value, _l("Yes: a conflict, or a job that ends")),
    SelectChoice(Hold.PROTECTED_ADDRESS.value, _l("Yes: protected name and address")),
    SelectChoice(Hold.DECEASED.value, _l("Yes: the person has died")),
    SelectChoice(Hold.OTHER.value, _l("Yes: something else")),
]
MANDATES = [
    SelectChoice(Mandate.GUARDIAN_PERSONAL.value, _l("Guardian in personal matters")),
    SelectChoice(Mandate.GUARDIAN_BOTH.value, _l("Guardian in personal and money matters")),
    SelectChoice(Mandate.GUARDIAN_FINANCIAL.value, _l("Guardian in money matters only")),
    SelectChoice(Mandate.CO_GUARDIAN.value, _l("Co-guardian (section 7)")),
    SelectChoice(Mandate.FUTURE_POWER.value, _l("Future power of attorney")),
    SelectChoice(Mandate.CUSTODY.value, _l("Holder of custody")),
]


class SubjectForm(Form):
    """The kind stands in the address: it decides which of these fields the page shows."""

    label = StringField(_l("Name"), filters=[strip], validators=[needed(), longest(80)])
    unit_id = SelectField(_l("Unit"), coerce=int)
    email = StringField(_l("Mail"), filters=[strip], validators=[Optional(), longest(254), email()])
    phone = TelField(_l("Phone"), filters=[strip], validators=[Optional(), longest(30)])
    route = RadioField(
        _l("Who signs"),
        choices=ROUTES,
        default=Route.SELF.value,
        validators=[Optional()],
    )
    is_minor = BooleanField(_l("The person is under 18"))
    born_day = IntegerField(_l("Day"), validators=[Optional()])
    born_month = IntegerField(_l("Month"), validators=[Optional()])
    born_year = IntegerField(_l("Year"), validators=[Optional()])
    also_citizen = BooleanField(_l("The colleague is also a citizen of one of our services"))
    left_on = DateField(_l("Last day at work"), validators=[Optional()])
    hold = SelectField(
        _l("Must nothing go out for now?"),
        choices=HOLDS,
        default=Hold.NONE.value,
    )
    version = HiddenField()
    #: Ticked on the page that says that somebody of that name is there already.
    is_somebody_else = BooleanField(_l("This is somebody else"))

    @property
    def born(self) -> date | None:
        """The day that was typed; it is not stored.  RuleBroken when it is no day."""
        parts = (self.born_year.data, self.born_month.data, self.born_day.data)
        if not self.is_minor.data or not any(parts):
            return None
        try:
            return date(*(int(part or 0) for part in parts))
        except ValueError:
            raise RuleBroken(
                "no_day", say("Write the day of birth as numbers: 24 12 2012."), "born_day"
            ) from None

    def to_values(self, kind: Kind, birthdays: tuple[date | None, date | None]) -> NewSubject:
        return NewSubject(
            kind,
            self.label.data or "",
            self.unit_id.data,
            self.email.data or "",
            self.phone.data or "",
            Route(self.route.data or Route.SELF),
            bool(self.also_citizen.data) and kind is Kind.COLLEAGUE,
            *birthdays,
            self.left_on.data if kind is Kind.COLLEAGUE else None,
            Hold(self.hold.data or Hold.NONE),
        )

    @property
    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0


class RepresentationForm(Form):
    mandate = RadioField(_l("What right is it?"), choices=MANDATES)
    name = StringField(_l("Name"), filters=[strip], validators=[needed(), longest(120)])
    email = StringField(_l("Mail"), filters=[strip], validators=[Optional(), longest(254), email()])
    phone = TelField(_l("Phone"), filters=[strip], validators=[Optional(), longest(30)])
    covers_images = BooleanField(_l("The document covers being shown in public"))
    seen_on = DateField(_l("I saw the document on"), validators=[needed()])
    valid_from = DateField(_l("Valid from"), validators=[needed()])
    valid_until = DateField(_l("Valid until"), validators=[Optional()])
    review_on = DateField(_l("Look again on"), validators=[Optional()])
    version = HiddenField()

    def to_values(self) -> NewRepresentation:
        return NewRepresentation(
            Mandate(self.mandate.data),
            self.name.data or "",
            bool(self.covers_images.data),
            self.seen_on.data,
            self.valid_from.data,
            self.valid_until.data,
            self.review_on.data,
            self.email.data or "",
            self.phone.data or "",
        )

    @property
    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0
