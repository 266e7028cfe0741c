"""Forms of takeovers and hosts."""

from __future__ import annotations

import re

from wtforms import (
    DateField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import say
from branding.rotation.values import MoveRequest
from branding.takeovers.values import (
    Answer,
    Evaluate,
    LeaderAnswer,
    Login,
    MoveTakeover,
    NameHost,
    PlanTakeover,
    Recommend,
    SignUp,
)
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


def one_line(value: object) -> object:
    """A filter: names go into mails, where a line of their own could say anything."""
    return " ".join(value.split()) if isinstance(value, str) else value


class TakeoverForm(Form):
    unit_id = SelectField(_l("Who hosts"), coerce=int)
    starts_on = DateField(_l("First day"), validators=[needed()])
    ends_on = DateField(_l("Last day"), validators=[needed()])

    def to_values(self, slot_id: int) -> PlanTakeover:
        return PlanTakeover(slot_id, self.unit_id.data, self.starts_on.data, self.ends_on.data)


class MoveTakeoverForm(Form):
    starts_on = DateField(_l("First day"), validators=[needed()])
    ends_on = DateField(_l("Last day"), validators=[needed()])
    version = HiddenField()

    def to_values(self, takeover_id: int) -> MoveTakeover:
        return MoveTakeover(takeover_id, self.starts_on.data, self.ends_on.data, _number(self.version))


def _number(field: HiddenField) -> int:
    """The version that a form was made from; 0, which nothing has, when it does not say."""
    return int(field.data) if (field.data or "").isdecimal() else 0


class HostForm(Form):
    name = StringField(_l("Name"), filters=[one_line], validators=[needed(), longest(120)])
    email = StringField(_l("Work mail"), filters=[strip], validators=[needed(), longest(254), email()])
    phone = TelField(_l("Phone"), filters=[strip], validators=[Optional(), longest(30)])
    profession_id = SelectField(_l("Profession"), coerce=int)
    version = HiddenField()

    def to_values(self) -> NameHost:
        return NameHost(
            self.name.data or "",
            self.email.data or "",
            self.phone.data or "",
            self.profession_id.data or None,
            _number(self.version),
        )


class TaskForm(Form):
    label = StringField(_l("What must be remembered"), filters=[strip], validators=[needed(), longest(200)])
    due_on = DateField(_l("Day"), validators=[needed()])


class MoveSlotForm(Form):
    """The week picker; ``stamp`` says which consequences were shown."""

    to = StringField(_l("First week"), filters=[strip], validators=[needed()])
    stamp = HiddenField()
    #: The calendar's year that the turn was dragged in.
    back = HiddenField()

    @property
    def year(self) -> int | None:
        return int(self.back.data) if re.fullmatch(r"20\d\d", self.back.data or "") else None

    def to_values(self, slot_id: int) -> MoveRequest:
        return MoveRequest(slot_id, read_week(self.to.data or ""), self.stamp.data or "")


def read_week(text: str) -> Week:
    """A week as the picker sends it, ``2022-W45``; RuleBroken says what would be right."""
    try:
        return Week.parse(text)
    except ValueError:
        message = say("“%(read)s” is not a week of that year. Choose one from the list.", read=text[:20])
        raise RuleBroken("not_a_week", message, "to") from None


class RulesForm(Form):
    """The ticks have the names of the rules' lines and are read from the request as they are."""


class ButtonForm(Form):
    """A page whose only answer is its button."""


class LeaderAnswerForm(Form):
    answer = HiddenField(validators=[AnyOf([LeaderAnswer.OK, LeaderAnswer.NO])])
    note = StringField(_l("A word to the coordinator"), filters=[one_line], validators=[longest(300)])

    def to_values(self, host_id: int) -> Answer:
        return Answer(host_id, LeaderAnswer(self.answer.data or ""), self.note.data or "")


class SuggestForm(Form):
    """What a leader writes about somebody who would like to host."""

    name = StringField(_l("Name"), filters=[one_line], validators=[needed(), longest(120)])
    email = StringField(_l("Work mail"), filters=[strip], validators=[needed(), longest(254), email()])

    def to_values(self) -> SignUp:
        return SignUp(self.name.data or "", self.email.data or "")


class VolunteerForm(SuggestForm):
    """``website`` is for programs that fill in everything; people never see it."""

    profession_id = SelectField(_l("Profession"), coerce=int)
    wish = StringField(_l("When does it suit you?"), filters=[one_line], validators=[longest(200)])
    website = StringField(_l("Leave this empty"))

    def to_values(self) -> SignUp:
        profession_id = self.profession_id.data or None
        return SignUp(self.name.data or "", self.email.data or "", profession_id, self.wish.data or "")


class VolunteerLinkForm(Form):
    unit_id = SelectField(_l("Whose list"), coerce=int)


class ChooseForm(Form):
    takeover_id = SelectField(_l("Takeover"), coerce=int)


class EvaluationForm(Form):
    equipped = RadioField(
        _l("Did you feel equipped?"),
        validators=[needed(_l("Choose one of the answers."))],
        choices=[
            SelectChoice("5", _l("Yes, fully")),
            SelectChoice("4", _l("Yes, mostly")),
            SelectChoice("3", _l("Both yes and no")),
            SelectChoice("2", _l("No, not quite")),
            SelectChoice("1", _l("No, not at all")),
        ],
    )
    recommend = RadioField(
        _l("Would you recommend it to a colleague?"),
        validators=[needed(_l("Choose one of the answers."))],
        choices=[
            SelectChoice(Recommend.YES.value, _l("Yes")),
            SelectChoice(Recommend.MAYBE.value, _l("Maybe")),
            SelectChoice(Recommend.NO.value, _l("No")),
        ],
    )
    advice = TextAreaField(_l("What should the next host know?"), filters=[strip], validators=[longest(600)])

    def to_values(self) -> Evaluate:
        return Evaluate(int(self.equipped.data), Recommend(self.recommend.data), self.advice.data or "")


class LoginForm(Form):
    """The password is taken as it is: spaces at its ends may belong to it."""

    username = StringField(_l("User name"), filters=[strip], validators=[needed(), longest(120)])
    password = PasswordField(_l("Password"), validators=[needed(), longest(200)])

    def to_values(self) -> Login:
        return Login(self.username.data or "", self.password.data or "")


class FeedForm(Form):
    """Nought stands for the whole rotation."""

    unit_id = SelectField(_l("What should the calendar hold?"), coerce=int)

    def to_values(self) -> int | None:
        return self.unit_id.data or None
