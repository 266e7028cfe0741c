"""The form that a person answers, made for the lines that this person is asked."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from branding.consent import drawing
from branding.consent.values.records import EvidenceKind
from branding.consent.values.requests import Given
from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l

_LINE = "choice_"


class SigningForm(Form):
    """``part`` says whose turn the page was made for; the lines are added by :func:`signing_form`."""

    part = HiddenField()
    strokes = HiddenField()
    name = StringField(_l("Your name"), filters=[strip], validators=[longest(120)])
    by_mark = BooleanField(_l("I cannot write my name. I answer by pointing, with a sign or with a word."))

    @property
    def lines(self) -> dict[str, RadioField]:
        """The lines to answer, by what they ask."""
        return {
            name.removeprefix(_LINE): field for name, field in self._fields.items() if name.startswith(_LINE)
        }

    @property
    def choices(self) -> dict[str, bool]:
        return {key: field.data == "yes" for key, field in self.lines.items()}

    def to_values(self, *, user_agent: str = "", address: str = "") -> Given:
        """RuleBroken when the drawing cannot be read."""
        svg = drawing.signature_svg(self.strokes.data or "")
        return Given(
            self.part.data or "",
            self.choices,
            EvidenceKind.DRAWN if svg else EvidenceKind.TYPED,
            self.name.data or "",
            svg,
            bool(self.by_mark.data),
            user_agent[:300],
            address,
        )

    def refusal(self, *, user_agent: str = "", address: str = "") -> Given:
        """A no needs no signature."""
        return Given(
            self.part.data or "", {}, EvidenceKind.CLICK, user_agent=user_agent[:300], address=address
        )


def signing_form(keys: Iterable[str]) -> SigningForm:
    """The form with one line for each of these, nothing chosen beforehand."""
    lines = {
        _LINE + key: RadioField(
            choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
            validators=[InputRequired(_l("Choose yes or no."))],
        )
        for key in keys
    }
    made: SigningForm = type("SigningFormWithLines", (SigningForm,), lines)()
    return made
