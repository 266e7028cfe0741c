"""Forms of the planner: filling a period, replanning, copying a year, and units' requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from branding.core.errors import RuleBroken
from branding.core.isoweek import Week
from branding.core.text import say
from branding.rotation.forms.plans import Choices, offered
from branding.rotation.values import LENGTHS, Block
from branding.rotation.values.planning import (
    LARGEST_GAP,
    LARGEST_SHARE,
    LONGEST_TURN,
    REASON_LENGTH,
    CopyRequest,
    FillRequest,
    NewWeekRequest,
    ReplanRequest,
    RequestKind,
)
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

_KINDS = [
    SelectChoice(RequestKind.WISH.value, _l("Wish: we would like a turn here")),
    SelectChoice(RequestKind.BLOCKED.value, _l("Blocked: we cannot have a turn here")),
]


def _whole(least: int, most: int, message: Any) -> list[Any]:
    return [InputRequired(message), NumberRange(least, most, message)]


def _year() -> list[Any]:
    return _whole(2000, 2099, _l("Write a year, for example 2022."))


def _number() -> list[Any]:
    return _whole(1, 53, _l("Write a week number from 1 to 53."))


def week_of(number: int | None, year: int | None, field: str) -> Week:
    """The week of two number fields; RuleBroken when the year has no such week."""
    try:
        return Week(year or 0, number or 0)
    except ValueError:
        text = say("%(year)s has no week %(week)s.", year=year, week=number)
        raise RuleBroken("no_such_week", text, field) from None


class FillForm(Form):
    first_week = IntegerField(_l("From week"), _number())
    first_year = IntegerField(_l("Year"), _year())
    last_week = IntegerField(_l("To week"), _number())
    last_year = IntegerField(_l("Year"), _year())
    length = IntegerField(_l("Weeks in a turn"), _whole(1, LONGEST_TURN, _l("Write a number from 1 to 8.")))
    gap = IntegerField(
        _l("Least weeks between two turns of the same unit"),
        _whole(0, LARGEST_GAP, _l("Write a number from 0 to 26.")),
    )

    def shares(self) -> list[tuple[int, IntegerField]]:
        """The fields of the shares, by unit."""
        found = [(name, field) for name, field in self._fields.items() if name.startswith("share_")]
        return [(int(name.removeprefix("share_")), field) for name, field in found]

    def fill_in(self, request: FillRequest) -> None:
        """Show a request; units that it does not know have the ordinary share."""
        self.first_week.data, self.first_year.data = request.first.number, request.first.year
        self.last_week.data, self.last_year.data = request.last.number, request.last.year
        self.length.data, self.gap.data = request.length, request.gap
        for unit_id, field in self.shares():
            field.data = request.shares.get(unit_id, 1)

    def to_values(self) -> FillRequest:
        return FillRequest(
            week_of(self.first_week.data, self.first_year.data, "first_week"),
            week_of(self.last_week.data, self.last_year.data, "last_week"),
            self.length.data or 0,
            self.gap.data or 0,
            {unit_id: field.data or 0 for unit_id, field in self.shares()},
        )


def fill_form(units: Mapping[int, str]) -> FillForm:
    """The form with one small number field for each unit."""
    message = _l("Write a number from 0 to 9.")
    fields = {
        f"share_{unit_id}": IntegerField(name, _whole(0, LARGEST_SHARE, message), default=1)
        for unit_id, name in units.items()
    }
    made: FillForm = type("FillFormOfPlan", (FillForm,), fields)()
    return made


class ReplanForm(Form):
    unit_id = SelectField(_l("Who drops out"), coerce=int)
    first_week = IntegerField(_l("From week"), _number())
    first_year = IntegerField(_l("Year"), _year())
    last_week = IntegerField(
        _l("To week"), [Optional(), NumberRange(1, 53, _l("Write a week number from 1 to 53."))]
    )
    last_year = IntegerField(
        _l("Year"), [Optional(), NumberRange(2000, 2099, _l("Write a year, for example 2022."))]
    )

    def offer(self, units: Choices) -> None:
        self.unit_id.choices = offered(units)

    def fill_in(self, request: ReplanRequest) -> None:
        self.unit_id.data = request.unit_id or 0
        self.first_week.data, self.first_year.data = request.first.number, request.first.year
        if request.last is not None:
            self.last_week.data, self.last_year.data = request.last.number, request.last.year

    def to_values(self) -> ReplanRequest:
        first = week_of(self.first_week.data, self.first_year.data, "first_week")
        last = None
        if self.last_week.data:
            last = week_of(self.last_week.data, self.last_year.data or first.year, "last_week")
        return ReplanRequest(first, last, self.unit_id.data or None)


class CopyYearForm(Form):
    source_year = SelectField(_l("The year that is copied"), coerce=int)
    target_year = IntegerField(_l("To the year"), _year())
    target_plan_id = SelectField(_l("Into the plan"), coerce=int)
    name = StringField(_l("Name of the new plan"), [longest(LENGTHS["name"])], filters=[strip])

    def offer(self, years: Sequence[int], plans: Choices) -> None:
        self.source_year.choices = offered([(year, str(year)) for year in years])
        self.target_plan_id.choices = offered(plans)

    def fill_in(self, request: CopyRequest) -> None:
        self.source_year.data, self.target_year.data = request.source_year, request.target_year
        self.target_plan_id.data, self.name.data = request.target_plan_id or 0, request.name

    def to_values(self) -> CopyRequest:
        target = self.target_plan_id.data or None
        name = "" if target else self.name.data or ""
        return CopyRequest(self.source_year.data, self.target_year.data or 0, target, name)


class WeekRequestForm(Form):
    kind = RadioField(_l("What is it"), [InputRequired(_l("Choose wish or blocked."))], choices=_KINDS)
    unit_id = SelectField(_l("Unit"), coerce=int)
    weeks = StringField(
        _l("Weeks"), [needed(_l("Write the weeks, for example 33 or 33 + 34."))], filters=[strip]
    )
    year = IntegerField(_l("Year"), _year())
    reason = StringField(_l("Reason"), [longest(REASON_LENGTH)], filters=[strip])
    plan_id = SelectField(_l("Plan"), coerce=int)

    def offer(self, units: Choices, plans: Choices) -> None:
        self.unit_id.choices, self.plan_id.choices = offered(units), offered(plans)

    def to_values(self, block: Block) -> NewWeekRequest:
        return NewWeekRequest(
            self.unit_id.data,
            RequestKind(self.kind.data),
            block,
            self.reason.data or "",
            self.plan_id.data or None,
        )
