"""Forms of who may be shown at all, legal assessments, and the time limits."""

from __future__ import annotations

from wtforms import BooleanField, DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from branding.consent.forms.requests import CHANNELS, ManyField
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel, Purpose
from branding.consent.values.rulebook import QUESTIONS, NewAssessment, RulesRequest, SetPolicy
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

#: The choice that takes a unit's own word away.
ABOVE = "above"


class PolicyForm(Form):
    openness = RadioField(
        _l("Who may be shown"),
        [InputRequired(_l("Choose one."))],
        choices=[
            SelectChoice(ABOVE, _l("As decided above")),
            SelectChoice(Openness.FORBIDDEN.value, _l("Closed: nobody recognisable goes out")),
            SelectChoice(
                Openness.NEEDS_ASSESSMENT.value, _l("Needs an assessment: open only where one says so")
            ),
            SelectChoice(Openness.ALLOWED.value, _l("Open with consent")),
        ],
    )
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput(), default=0)

    def nothing_stands_above(self) -> None:
        """For the whole organisation the first choice is what Stafet begins with."""
        _, *others = self.openness.choices or []
        self.openness.choices = [SelectChoice(ABOVE, _l("As Stafet begins")), *others]

    def to_values(self, unit_id: int | None, kind: PolicyKind) -> SetPolicy:
        chosen = None if self.openness.data == ABOVE else Openness(self.openness.data)
        return SetPolicy(unit_id, kind, chosen, self.version.data or 0)


class AssessmentForm(Form):
    """The view gives the units to choose from."""

    reference = StringField(_l("Case number"), [needed(), longest(80)], filters=[strip])
    decided_by = StringField(_l("Who decided"), [needed(), longest(120)], filters=[strip])
    decided_on = DateField(_l("Decided on"), [InputRequired(_l("Fill in this field."))])
    review_on = DateField(_l("Looked at again by"), [InputRequired(_l("Fill in this field."))])
    unit_ids = ManyField(_l("Units"), coerce=int)
    kinds = ManyField(
        _l("Whom it is about"),
        choices=[
            SelectChoice(PolicyKind.CITIZEN.value, _l("Citizens")),
            SelectChoice(PolicyKind.MINOR.value, _l("Children and young people")),
            SelectChoice(PolicyKind.OTHER.value, _l("Visitors, relatives and partners")),
        ],
    )
    purposes = ManyField(
        _l("Purposes"),
        choices=[
            SelectChoice(Purpose.RECRUITING.value, _l("Recruiting")),
            SelectChoice(Purpose.INFORMATION.value, _l("Information")),
        ],
    )
    channels = ManyField(_l("Channels"), choices=CHANNELS)
    dependence = TextAreaField(
        _l("Do the people depend on the unit at present?"), [needed(), longest(2000)], filters=[strip]
    )
    asker = TextAreaField(_l("Who asks them?"), [needed(), longest(2000)], filters=[strip])
    necessity = TextAreaField(
        _l("Can the aim be met without showing them?"), [needed(), longest(2000)], filters=[strip]
    )
    dpia = TextAreaField(
        _l("Is there an impact assessment (DPIA), and where?"), [needed(), longest(2000)], filters=[strip]
    )
    guardian_alone = BooleanField(_l("A guardian may answer for a person who cannot, if the person agrees"))

    def to_values(self) -> NewAssessment:
        return NewAssessment(
            self.reference.data or "",
            self.decided_by.data or "",
            self.decided_on.data,
            self.review_on.data,
            tuple(self.unit_ids.data or ()),
            frozenset(PolicyKind(one) for one in self.kinds.data or ()),
            frozenset(Purpose(one) for one in self.purposes.data or ()),
            frozenset(Channel(one) for one in self.channels.data or ()),
            tuple((name, self[name].data or "") for name in QUESTIONS),
            bool(self.guardian_alone.data),
        )


def _number(label: object) -> IntegerField:
    return IntegerField(label, [InputRequired(_l("Write a number."))])


class RulesForm(Form):
    reflection_hours = _number(_l("Time to think (hours)"))
    citizen_months = _number(_l("A citizen's consent lasts (months)"))
    colleague_months = _number(_l("A colleague's consent lasts (months)"))
    citizen_live_days = _number(_l("A post with a citizen stays up (days)"))
    evidence_days = _number(_l("Signed forms are kept after the last use (days)"))
    refusal_months = _number(_l("A no thank you is remembered (months)"))
    log_months = _number(_l("The log of readings is kept (months)"))
    colleague_written = BooleanField(_l("Colleagues must sign too"))
    one_custody_holder = BooleanField(_l("One custody holder's signature is enough"))
    journal_first = BooleanField(_l("Signed forms go to the records system before they are deleted"))
    controller = StringField(_l("Who is responsible for the data"), [longest(160)], filters=[strip])
    dpo_contact = StringField(
        _l("How the data protection officer is reached"), [longest(200)], filters=[strip]
    )
    phone = StringField(_l("The number to call to take a consent back"), [longest(40)], filters=[strip])
    version = IntegerField(_l("Version"), [Optional()], widget=HiddenInput(), default=1)

    def to_values(self) -> RulesRequest:
        return RulesRequest(
            self.reflection_hours.data or 0,
            self.citizen_months.data or 0,
            self.colleague_months.data or 0,
            self.citizen_live_days.data or 0,
            self.evidence_days.data or 0,
            self.refusal_months.data or 0,
            self.log_months.data or 0,
            bool(self.colleague_written.data),
            bool(self.one_custody_holder.data),
            bool(self.journal_first.data),
            self.controller.data or "",
            self.dpo_contact.data or "",
            self.phone.data or "",
            self.version.data or 1,
        )
