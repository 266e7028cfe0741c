"""Faggrupper."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries, service
from branding.organisation.forms import ProfessionForm
from branding.organisation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/organisation/professions")
@requires("organisation:view")
def professions_page() -> Any:
    return page("organisation/professions.html", professions=queries.professions(db(), archived=True))


@bp.route("/organisation/professions/new", methods=["GET", "POST"])
@requires("organisation:manage")
def new_profession_page() -> Any:
    form = ProfessionForm()
    if form.validate_on_submit():
        try:
            service.add_profession(db(), actor(), form.name.data, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.professions_page", notice=say("%(name)s is added.", name=form.name.data))
    return page("organisation/profession.html", form=form, profession=None, status=form.status)


@bp.route("/organisation/professions/<int:profession_id>", methods=["GET", "POST"])
@requires("organisation:manage")
def profession_page(profession_id: int) -> Any:
    profession = queries.profession_by_id(db(), profession_id)
    form = ProfessionForm(obj=profession)
    if form.validate_on_submit():
        try:
            service.rename_profession(
                db(), actor(), profession_id, form.name.data, form.version.data or 0, now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("organisation.professions_page", notice=say("%(name)s is saved.", name=form.name.data))
    return page("organisation/profession.html", form=form, profession=profession, status=form.status)


@bp.post("/organisation/professions/<int:profession_id>/archive")
@requires("organisation:manage")
def archive_profession(profession_id: int) -> Any:
    name = queries.profession_by_id(db(), profession_id).name
    service.archive_profession(db(), actor(), profession_id, now=clock.now())
    undo = url_for("organisation.restore_profession", profession_id=profession_id)
    return go("organisation.professions_page", notice=say("%(name)s is put away.", name=name), undo=undo)


@bp.post("/organisation/professions/<int:profession_id>/restore")
@requires("organisation:manage")
def restore_profession(profession_id: int) -> Any:
    name = queries.profession_by_id(db(), profession_id).name
    service.restore_profession(db(), actor(), profession_id, now=clock.now())
    undo = url_for("organisation.archive_profession", profession_id=profession_id)
    return go("organisation.professions_page", notice=say("%(name)s is in use again.", name=name), undo=undo)
