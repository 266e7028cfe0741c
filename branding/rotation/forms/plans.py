"""Forms of plans, slots, holiday weeks and import; choices are set by the views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from branding.rotation.values import (
    LENGTHS,
    Block,
    HolidayKind,
    HolidayRequest,
    ImportRequest,
    NewSlot,
    PlanRequest,
    Rows,
    SlotFacts,
    SlotStatus,
)
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

Choices = Sequence[tuple[int, Any]]

_STATUSES = [
    SelectChoice(SlotStatus.CONFIRMED.value, _l("fixed")),
    SelectChoice(SlotStatus.TENTATIVE.value, _l("tentative")),
]
_KINDS = [
    SelectChoice(HolidayKind.SCHOOL.value, _l("school holiday")),
    SelectChoice(HolidayKind.CLOSING.value, _l("own closing week")),
]


def offered(choices: Choices) -> list[Any]:
    """Pairs of value and name as the options of a select."""
    return [SelectChoice(value, name) for value, name in choices]


def _year() -> list[Any]:
    message = _l("Write a year, for example 2022.")
    return [InputRequired(message), NumberRange(2000, 2099, message)]


class PlanForm(Form):
    name = StringField(
        _l("Name"),
        [needed(_l("Give the plan a name, for example Takeover 2022.")), longest(LENGTHS["name"])],
        filters=[strip],
    )
    area_id = SelectField(_l("Who takes turns"), coerce=int)
    profile_id = SelectField(_l("Profile that is lent out"), coerce=int)
    version = HiddenField()

    def offer(self, areas: Choices, profiles: Choices) -> None:
        self.area_id.choices, self.profile_id.choices = offered(areas), offered(profiles)

    def to_values(self) -> PlanRequest:
        area_id, version = self.area_id.data or None, version_of(self.version.data)
        return PlanRequest(self.name.data or "", self.profile_id.data, area_id, version)


class _SlotFields(Form):
    profession_id = SelectField(_l("Profession"), coerce=int)
    topic = StringField(_l("Topic"), [longest(LENGTHS["topic"])], filters=[strip])
    responsible = StringField(_l("Responsible"), [longest(LENGTHS["responsible"])], filters=[strip])
    #: Not ``status``: that is whether the form was refused.
    state = SelectField(_l("Status"), choices=_STATUSES)
    note = TextAreaField(_l("Note"), [longest(LENGTHS["note"])], filters=[strip])


class NewSlotForm(_SlotFields):
    unit_id = SelectField(_l("Unit"), coerce=int)
    year = IntegerField(_l("Year"), _year())
    weeks = StringField(
        _l("Weeks"), [needed(_l("Write the weeks, for example 33 or 33 + 34."))], filters=[strip]
    )

    def offer(self, units: Choices, professions: Choices) -> None:
        self.unit_id.choices, self.profession_id.choices = offered(units), offered(professions)

    def to_values(self, plan_id: int, block: Block) -> NewSlot:
        return NewSlot(
            plan_id=plan_id,
            unit_id=self.unit_id.data,
            block=block,
            profession_id=self.profession_id.data or None,
            topic=self.topic.data or "",
            responsible=self.responsible.data or "",
            note=_lines(self.note.data),
            status=SlotStatus(self.state.data),
        )


class SlotForm(_SlotFields):
    version = HiddenField()

    def offer(self, professions: Choices) -> None:
        self.profession_id.choices = offered(professions)

    def to_values(self, slot_id: int, *, with_responsible: bool) -> SlotFacts:
        return SlotFacts(
            slot_id=slot_id,
            version=version_of(self.version.data),
            profession_id=self.profession_id.data or None,
            topic=self.topic.data or "",
            responsible=(self.responsible.data or "") if with_responsible else None,
            note=_lines(self.note.data),
            status=SlotStatus(self.state.data),
        )


class HolidayForm(Form):
    year = IntegerField(_l("Year"), _year())
    weeks = StringField(
        _l("Weeks"), [needed(_l("Write the weeks, for example 33 or 33 + 34."))], filters=[strip]
    )
    name = StringField(_l("Name"), [needed(_l("Give the week a name, for example efterårsferie.")),
                                    longest(LENGTHS["holiday"])], filters=[strip])  # fmt: skip
    kind = SelectField(_l("Kind"), choices=_KINDS)
    plan_id = SelectField(_l("Who keeps it"), coerce=int)
    stamp = HiddenField()

    def offer(self, plans: Choices) -> None:
        self.plan_id.choices = offered(plans)

    def to_values(self, block: Block) -> list[HolidayRequest]:
        kind, plan_id = HolidayKind(self.kind.data), self.plan_id.data or None
        return [HolidayRequest(week, self.name.data or "", kind, plan_id) for week in block]


class HolidayNameForm(Form):
    name = StringField(_l("Name"), [needed(_l("Give the week a name, for example efterårsferie.")),
                                    longest(LENGTHS["holiday"])], filters=[strip])  # fmt: skip
    kind = SelectField(_l("Kind"), choices=_KINDS)
    version = HiddenField()

    def expected(self) -> int:
        return version_of(self.version.data)


class CopyForm(Form):
    """One button: the year and what the preview showed."""

    stamp = HiddenField()


class _ImportFacts(Form):
    plan_id = SelectField(_l("Plan"), coerce=int)
    plan_name = StringField(_l("Name of the new plan"), [longest(LENGTHS["name"])], filters=[strip])
    year = IntegerField(_l("Year"), _year())
    under_id = SelectField(_l("Who takes turns"), coerce=int)
    profile_id = SelectField(_l("Profile that is lent out"), [Optional()], coerce=int)
    create_units = BooleanField(_l("Create the units that are not there yet"))

    def offer(self, plans: Choices, areas: Choices, profiles: Choices) -> None:
        self.plan_id.choices, self.under_id.choices = offered(plans), offered(areas)
        self.profile_id.choices = offered(profiles)

    def to_values(self, rows: Rows, *, stamp: str | None = None) -> ImportRequest:
        plan_id = self.plan_id.data or None
        return ImportRequest(
            rows=rows,
            year=self.year.data or 0,
            plan_id=plan_id,
            plan_name="" if plan_id else self.plan_name.data or "",
            # An existing plan knows whose it is.
            under_id=None if plan_id else self.under_id.data or None,
            profile_id=self.profile_id.data or None,
            create_units=bool(self.create_units.data),
            stamp=stamp,
        )


class ImportForm(_ImportFacts):
    file = FileField(_l("File (CSV, XLSX or ODS)"))
    pasted = TextAreaField(_l("… or paste the table here"))
    #: A table chosen earlier, when the person only changes the answers around it.
    table = HiddenField()


class ConfirmForm(_ImportFacts):
    """The same answers and the table again, with what the preview showed."""

    table = HiddenField()
    stamp = HiddenField()


def _lines(text: str | None) -> str:
    """Browsers send CRLF in a text field."""
    return (text or "").replace("\r\n", "\n")


def version_of(written: object) -> int:
    """A hidden version; 0 is nobody's, so whatever else was sent is a conflict."""
    text = str(written)
    return int(text) if text.isdecimal() and len(text) < 10 else 0
