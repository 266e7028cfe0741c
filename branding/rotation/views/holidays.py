"""Holiday weeks: a year at a time, public holidays beside, and what a new week would shift."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.isoweek import Week
from branding.core.text import say
from branding.rotation import queries, service
from branding.rotation.forms import CopyForm, HolidayForm, HolidayNameForm
from branding.rotation.public_holidays import public_holidays_between
from branding.rotation.values import HolidayKind, HolidayRequest, HolidaysAdded
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db

#: The largest number that every database here can keep, as in the addresses of single rows.
LARGEST_ID = 2**31 - 1


@bp.get("/holiday-weeks")
@requires("rotation:plan:view")
def holidays_page() -> Any:
    year = _year(request.args.get("year"))
    this = Week.of(clock.today()).year
    days = (Week(year, 1).monday, (Week(year + 1, 1) + -1).sunday)
    return page(
        "rotation/holidays.html",
        year=year,
        years=sorted({*queries.holiday_years(db()), this, this + 1, year}),
        weeks=queries.holiday_weeks_between(db(), *days),
        public=public_holidays_between(*days),
        plans=dict(choices.plans()),
        missing_years=queries.missing_holiday_years(db(), clock.today()),
    )


@bp.route("/holiday-weeks/new", methods=["GET", "POST"])
@requires("rotation:holiday:edit")
def new_holiday_page() -> Any:
    """Weeks that shift nobody are saved at once; otherwise the page first says what would follow."""
    form, plan = HolidayForm(), None
    form.offer([(0, _("Everybody")), *choices.plans()])
    if request.method == "GET":
        form.year.data = _year(request.args.get("year"))
    if form.validate_on_submit():
        try:
            wanted = form.to_values(service.read_block(form.weeks.data or "", form.year.data or 0))
            plan = service.plan_holidays(db(), actor(), wanted)
            # Other weeks than those that were shown are shown first, too.
            if not plan.steps or form.stamp.data == plan.stamp:
                added = service.add_holidays(db(), actor(), wanted, form.stamp.data or "", now=clock.now())
                return _added(added, wanted)
            form.stamp.data = plan.stamp
        except RuleBroken as error:
            form.refuse(error)
    return page("rotation/new_holiday.html", form=form, plan=plan, status=form.status)


@bp.route("/holiday-weeks/copy", methods=["GET", "POST"])
@requires("rotation:holiday:edit")
def copy_holidays_page() -> Any:
    """A whole year's weeks in one go, shown before they are saved."""
    year = _year(request.args.get("year"))
    wanted = service.copied_holidays(db(), year)
    plan = service.plan_holidays(db(), actor(), wanted)
    form = CopyForm()
    if form.validate_on_submit() and wanted and form.stamp.data == plan.stamp:
        try:
            return _added(
                service.add_holidays(db(), actor(), wanted, form.stamp.data or "", now=clock.now()), wanted
            )
        except RuleBroken as error:
            form.refuse(error)
    form.stamp.data = plan.stamp
    return page(
        "rotation/copy_holidays.html", form=form, year=year, wanted=wanted, plan=plan, status=form.status
    )


@bp.route("/holiday-weeks/<int:holiday_id>/edit", methods=["GET", "POST"])
@requires("rotation:holiday:edit")
def edit_holiday_page(holiday_id: int) -> Any:
    holiday = queries.holiday_view(db(), holiday_id)
    form = HolidayNameForm(obj=holiday)
    if form.validate_on_submit():
        kind = HolidayKind(form.kind.data)
        try:
            service.edit_holiday(
                db(), actor(), holiday_id, form.name.data, kind, form.expected(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            was: dict[str, Any] = {
                "name": holiday.name,
                "kind": holiday.kind.value,
                "version": form.expected() + 1,
            }
            undo = url_for("rotation.undo_holiday_edit", holiday_id=holiday_id, **was)
            return go("rotation.holidays_page", year=holiday.week.year, notice=say("Saved."), undo=undo)
    return page("rotation/edit_holiday.html", form=form, holiday=holiday, status=form.status)


@bp.post("/holiday-weeks/<int:holiday_id>/undo-edit")
@requires("rotation:holiday:edit")
def undo_holiday_edit(holiday_id: int) -> Any:
    holiday = queries.holiday_view(db(), holiday_id)
    kind, version = _kind(request.args.get("kind")), request.args.get("version", 0, int)
    service.edit_holiday(
        db(), actor(), holiday_id, request.args.get("name", ""), kind, version, now=clock.now()
    )
    return go("rotation.holidays_page", year=holiday.week.year, notice=say("The change is undone."))


@bp.post("/holiday-weeks/<int:holiday_id>/remove")
@requires("rotation:holiday:edit")
def remove_holiday(holiday_id: int) -> Any:
    was = service.remove_holiday(db(), actor(), holiday_id, now=clock.now())
    facts: dict[str, Any] = {
        "week": str(was.week),
        "name": was.name,
        "kind": was.kind.value,
        "plan": was.plan_id,
    }
    notice = say("Week %(week)s is an ordinary week again.", week=was.week.number)
    undo = url_for("rotation.restore_holiday", **facts)
    return go("rotation.holidays_page", year=was.week.year, notice=notice, undo=undo)


@bp.post("/holiday-weeks/restore")
@requires("rotation:holiday:edit")
def restore_holiday() -> Any:
    week = _week(request.args.get("week", ""))
    plan_id = next(iter(_ids("plan")), None)
    wanted = HolidayRequest(week, request.args.get("name", ""), _kind(request.args.get("kind")), plan_id)
    service.restore_holiday(db(), actor(), wanted, now=clock.now())
    return go("rotation.holidays_page", year=week.year, notice=say("The holiday week is back."))


@bp.post("/holiday-weeks/undo")
@requires("rotation:holiday:edit")
def undo_holidays() -> Any:
    added = HolidaysAdded(_ids("holiday"), _ids("move"))
    service.undo_holidays(db(), actor(), added, now=clock.now())
    return go("rotation.holidays_page", year=_year(request.args.get("year")), notice=say("It is undone."))


def _added(added: HolidaysAdded, wanted: list[HolidayRequest]) -> Any:
    year = wanted[0].week.year
    undo = url_for("rotation.undo_holidays", holiday=added.holiday_ids, move=added.move_ids, year=year)
    if len(wanted) == 1:
        notice = say("Week %(week)s is now %(name)s.", week=wanted[0].week.number, name=wanted[0].name)
    else:
        notice = say("%(count)s holiday weeks are added.", count=len(wanted))
    return go("rotation.holidays_page", year=year, notice=notice, undo=undo)


def _year(written: str | None) -> int:
    """A year in an address; anything else is this one."""
    if written and written.isdecimal() and len(written) == 4 and 2000 <= int(written) <= 2098:
        return int(written)
    return Week.of(clock.today()).year


def _ids(name: str) -> tuple[int, ...]:
    """Rows in an address; a number that no row can have is an address that does not exist."""
    found = request.args.getlist(name, type=int)
    for one in found:
        if not 0 < one <= LARGEST_ID:
            raise Missing(name, one)
    return tuple(found)


def _week(written: str) -> Week:
    try:
        return Week.parse(written)
    except ValueError:
        raise Missing("week", written) from None


def _kind(written: str | None) -> HolidayKind:
    return HolidayKind.SCHOOL if written == HolidayKind.SCHOOL else HolidayKind.CLOSING
