"""Forms of asking: what is asked for, shoots, and a paper form that came back."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from branding.consent.values.people import Kind
from branding.consent.values.records import Channel, MediaKind
from branding.consent.values.requests import About, NewRequest, NewShoot, Offered
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

CHANNELS = [
    SelectChoice(Channel.INSTAGRAM.value, "Instagram"),
    SelectChoice(Channel.FACEBOOK.value, "Facebook"),
    SelectChoice(Channel.LINKEDIN.value, "LinkedIn"),
    SelectChoice(Channel.WEBSITE.value, _l("Our website")),
    SelectChoice(Channel.INTRANET.value, _l("The intranet")),
    SelectChoice(Channel.PRINT.value, _l("On paper")),
]
MEDIA = [SelectChoice(MediaKind.PHOTO.value, _l("Pictures")), SelectChoice(MediaKind.VIDEO.value, _l("Film"))]
KINDS = [
    SelectChoice(Kind.COLLEAGUE.value, _l("Colleague")),
    SelectChoice(Kind.CITIZEN.value, _l("Citizen")),
    SelectChoice(Kind.OTHER.value, _l("Visitor, relative or partner")),
]
#: In the list of what is asked for: a shoot that is made on the way.
NEW_SHOOT = "new"


class ManyField(SelectMultipleField):
    """A line to tick for each choice."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OfferedFields(Form):
    """What is asked for; the defaults are the usual: a picture on Instagram."""

    media = ManyField(
        _l("What may we do?"),
        choices=MEDIA,
        default=[MediaKind.PHOTO.value],
    )
    channels = ManyField(
        _l("Where is it shown?"),
        choices=CHANNELS,
        default=[Channel.INSTAGRAM.value],
    )
    name = BooleanField(_l("Ask about the name too"))
    voice = BooleanField(_l("Ask about the voice too"))
    paid = BooleanField(_l("Ask about advertisements too"))
    lasts_until = DateField(_l("A yes lasts until"), validators=[Optional()])

    @property
    def offered(self) -> Offered:
        return Offered(
            frozenset(Channel(one) for one in self.channels.data or ()),
            frozenset(MediaKind(one) for one in self.media.data or ()),
            name=bool(self.name.data),
            voice=bool(self.voice.data),
            paid=bool(self.paid.data),
        )


class AskForm(OfferedFields):
    about = RadioField(_l("What is it for?"), validators=[InputRequired(_l("Choose one."))])
    title = StringField(_l("What is the new shoot called?"), filters=[strip], validators=[longest(120)])
    held_on = DateField(_l("When is it?"), validators=[Optional()])
    place = StringField(_l("Where do you ask?"), filters=[strip], validators=[longest(120)])
    has_power = BooleanField(_l("I decide on the person's help, or I am the person's manager"))
    power_reason = StringField(_l("Why do you ask yourself?"), filters=[strip], validators=[longest(300)])

    def to_values(self, subject_id: str, about: About) -> NewRequest:
        return NewRequest(
            subject_id,
            about,
            self.offered,
            self.lasts_until.data,
            self.place.data or "",
            bool(self.has_power.data),
            self.power_reason.data or "",
        )


class ShootForm(OfferedFields):
    title = StringField(_l("What is it called?"), filters=[strip], validators=[needed(), longest(120)])
    unit_id = SelectField(_l("Unit"), coerce=int)
    place = StringField(_l("Where is it?"), filters=[strip], validators=[longest(120)])
    held_on = DateField(_l("When is it?"), validators=[needed()])

    def to_values(self) -> NewShoot:
        return NewShoot(
            self.unit_id.data,
            self.title.data or "",
            self.held_on.data,
            self.offered,
            self.place.data or "",
            self.lasts_until.data,
        )


class BlanksForm(Form):
    kind = RadioField(
        _l("Who fills them in?"),
        choices=KINDS,
        default=Kind.CITIZEN.value,
    )
    count = IntegerField(
        _l("How many?"),
        default=10,
        validators=[needed(), NumberRange(1, 50, _l("Write a number from 1 to 50."))],
    )


class JoinForm(Form):
    """A first name at a shoot; ``website`` is for programs that fill in everything."""

    label = StringField(_l("Your first name"), filters=[strip], validators=[needed(), longest(60)])
    kind = RadioField(
        _l("Who are you?"),
        choices=[
            SelectChoice(Kind.COLLEAGUE.value, _l("I work here")),
            SelectChoice(Kind.CITIZEN.value, _l("I get help here")),
            SelectChoice(Kind.OTHER.value, _l("I am visiting")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
    website = StringField(_l("Leave this empty"))


class CodeForm(Form):
    """The code of a paper form; the name only where nobody knows yet who filled it in."""

    code = StringField(_l("Code on the paper"), filters=[strip], validators=[needed(), longest(12)])
    label = StringField(_l("First name on the paper"), filters=[strip], validators=[longest(80)])


class ScanForm(Form):
    """The lines of each signer have names of their own and are read by the view."""

    pages = MultipleFileField(_l("Pictures or scan of the paper"))
    signed_on = DateField(_l("Date on the paper"), validators=[needed()])
    answer = RadioField(
        _l("What does the paper say?"),
        choices=[SelectChoice("yes", _l("Yes, and ticks in the lines")), SelectChoice("no", _l("No thanks"))],
        validators=[InputRequired(_l("Choose one."))],
    )
