"""Specialområder and afdelinger."""

from __future__ import annotations

from typing import Any

from flask import url_for
from wtforms.fields.choices import SelectChoice

from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries, service
from branding.organisation.forms import AreaForm, DepartmentForm, offered
from branding.organisation.values import UnitKind, UnitView
from branding.organisation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/organisation")
@requires("organisation:view")
def organisation_page() -> Any:
    everything = queries.units(db(), archived=True)
    hidden = {unit.id for unit in everything if unit.is_archived}
    departments: dict[int, list[UnitView]] = {}
    for unit in everything:
        if unit.kind == UnitKind.DEPARTMENT and unit.id not in hidden:
            departments.setdefault(unit.area_id, []).append(unit)
    return page(
        "organisation/units.html",
        areas=[unit for unit in everything if unit.kind == UnitKind.AREA and unit.id not in hidden],
        departments=departments,
        archived=[unit for unit in everything if unit.is_archived],
    )


@bp.route("/organisation/areas/new", methods=["GET", "POST"])
@requires("organisation:manage")
def new_area_page() -> Any:
    form = AreaForm()
    if form.validate_on_submit():
        try:
            service.add_unit(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.organisation_page", notice=say("%(name)s is added.", name=form.name.data))
    return page("organisation/unit.html", form=form, unit=None, is_area=True, status=form.status)


@bp.route("/organisation/areas/<int:area_id>/departments/new", methods=["GET", "POST"])
@requires("organisation:manage")
def new_department_page(area_id: int) -> Any:
    area = queries.unit_by_id(db(), area_id)
    if area.kind != UnitKind.AREA:
        raise Missing("unit", area_id)
    form = DepartmentForm(area_id=area_id)
    form.area_id.choices = _areas()
    if form.validate_on_submit():
        try:
            service.add_unit(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.organisation_page", notice=say("%(name)s is added.", name=form.name.data))
    return page("organisation/unit.html", form=form, unit=None, is_area=False, status=form.status)


@bp.route("/organisation/units/<int:unit_id>", methods=["GET", "POST"])
@requires("organisation:manage")
def unit_page(unit_id: int) -> Any:
    unit = queries.unit_by_id(db(), unit_id)
    is_area = unit.kind == UnitKind.AREA
    form = _form(unit)
    if form.validate_on_submit():
        try:
            version = service.change_unit(
                db(), actor(), unit_id, form.to_values(), form.version.data or 0, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = url_for("organisation.undo_unit_change", unit_id=unit_id, version=version)
            return _done(say("%(name)s is saved.", name=form.name.data), undo)
    return page("organisation/unit.html", form=form, unit=unit, is_area=is_area, status=form.status)


def _form(unit: UnitView) -> AreaForm | DepartmentForm:
    if unit.kind == UnitKind.AREA:
        return AreaForm(data={**_values(unit), "short_name": unit.short_name, "colour": str(unit.colour)})
    form = DepartmentForm(data={**_values(unit), "area_id": unit.area_id})
    form.area_id.choices = _areas(unit.area_id)
    return form


def _values(unit: UnitView) -> dict[str, Any]:
    return {
        "name": unit.name,
        "version": unit.version,
        "leader_name": unit.leader_name,
        "leader_email": unit.leader_email,
    }


def _areas(own: int | None = None) -> list[SelectChoice]:
    """The areas in use, and the one that a department has already."""
    every = queries.units(db(), archived=True)
    areas = [u for u in every if u.kind == UnitKind.AREA and (not u.is_archived or u.id == own)]
    return offered((area.id, area.name) for area in areas)


@bp.post("/organisation/units/<int:unit_id>/undo/<int:version>")
@requires("organisation:manage")
def undo_unit_change(unit_id: int, version: int) -> Any:
    service.undo_change(db(), actor(), unit_id, version, now=clock.now())
    return _done(say("The change is undone."))


@bp.post("/organisation/units/<int:unit_id>/archive")
@requires("organisation:manage")
def archive_unit(unit_id: int) -> Any:
    name = queries.unit_by_id(db(), unit_id).name
    service.archive_unit(db(), actor(), unit_id, now=clock.now())
    undo = url_for("organisation.restore_unit", unit_id=unit_id)
    return _done(say("%(name)s is put away.", name=name), undo)


@bp.post("/organisation/units/<int:unit_id>/restore")
@requires("organisation:manage")
def restore_unit(unit_id: int) -> Any:
    name = queries.unit_by_id(db(), unit_id).name
    service.restore_unit(db(), actor(), unit_id, now=clock.now())
    return _done(
        say("%(name)s is in use again.", name=name), url_for("organisation.archive_unit", unit_id=unit_id)
    )


def _done(notice: Text, undo: str | None = None) -> Any:
    return go("organisation.organisation_page", notice=notice, undo=undo)
