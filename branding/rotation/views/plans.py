"""Plans: the list, one plan as a table, its facts, its export and its archive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, request, url_for

from branding.core import clock
from branding.core.danish import sort_key
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.rotation import queries, service
from branding.rotation.forms import PlanForm
from branding.rotation.views import choices
from branding.rotation.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import attachment, go, page
from branding.web.transaction import db

#: A plan that ends within this time has its next period to be laid.
_SOON = timedelta(weeks=12)


@bp.get("/plans")
@requires("rotation:plan:view")
def plans_page() -> Any:
    archived = request.args.get("archived") == "1"
    return page(
        "rotation/plans.html",
        plans=queries.plans(db(), archived=archived),
        archived=archived,
        units=choices.units_by_id(),
        profiles={profile.id: profile for profile in organisation.profiles(db(), archived=True)},
        has_profiles=bool(organisation.profiles(db())),
        missing_years=queries.missing_holiday_years(db(), clock.today()),
    )


@bp.get("/plans/<int:plan_id>")
@requires("rotation:plan:view")
def plan_page(plan_id: int) -> Any:
    plan = queries.plan_view(db(), plan_id)
    used = queries.find_used_proposal(db(), plan_id)
    return page(
        "rotation/plan.html",
        plan=plan,
        lines=queries.plan_lines(db(), plan_id),
        proposal=queries.find_open_proposal(db(), plan_id),
        ends_soon=plan.last_on is None or plan.last_on < clock.today() + _SOON,
        used=used,
        laid_on=clock.local(used.used_at).date() if used and used.used_at else None,
        cancelled=queries.cancelled_slots(db(), plan_id),
        units=choices.units_by_id(),
        professions={one.id: one.name for one in organisation.professions(db(), archived=True)},
        profile=organisation.profile_by_id(db(), plan.profile_id),
    )


@bp.route("/plans/new", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def new_plan_page() -> Any:
    form = PlanForm()
    form.offer(choices.areas(), choices.profiles())
    if form.validate_on_submit():
        try:
            plan_id = service.create_plan(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            notice = say("The plan is ready. Now add the slots, or import a table.")
            return go("rotation.plan_page", plan_id=plan_id, notice=notice)
    return page("rotation/new_plan.html", form=form, status=form.status)


@bp.route("/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@requires("rotation:plan:edit")
def edit_plan_page(plan_id: int) -> Any:
    plan = queries.plan_view(db(), plan_id)
    form = PlanForm(obj=plan, data={"area_id": plan.area_id or 0})
    form.offer(choices.areas(plan.area_id), choices.profiles(plan.profile_id))
    if request.method == "GET":
        form.area_id.data = plan.area_id or 0
    if form.validate_on_submit():
        try:
            service.edit_plan(db(), actor(), plan_id, form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("rotation.plan_page", plan_id=plan_id, notice=say("Saved."))
    return page("rotation/edit_plan.html", form=form, plan=plan, status=form.status)


@bp.post("/plans/<int:plan_id>/archive")
@requires("rotation:plan:edit")
def archive_plan(plan_id: int) -> Any:
    name = queries.plan_view(db(), plan_id).name
    service.archive_plan(db(), actor(), plan_id, now=clock.now())
    undo = url_for("rotation.restore_plan", plan_id=plan_id)
    return go("rotation.plans_page", notice=say("%(name)s is archived.", name=name), undo=undo)


@bp.post("/plans/<int:plan_id>/restore")
@requires("rotation:plan:edit")
def restore_plan(plan_id: int) -> Any:
    service.restore_plan(db(), actor(), plan_id, now=clock.now())
    return go("rotation.plan_page", plan_id=plan_id, notice=say("The plan is back."))


@bp.get("/plans/<int:plan_id>/export/csv")
@requires("rotation:plan:view")
def export_csv(plan_id: int) -> Response:
    return _file(service.export_csv(db(), actor(), plan_id), "text/csv", plan_id, "csv")


@bp.get("/plans/<int:plan_id>/export/xlsx")
@requires("rotation:plan:view")
def export_xlsx(plan_id: int) -> Response:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(service.export_xlsx(db(), actor(), plan_id), kind, plan_id, "xlsx")


def _file(data: bytes, kind: str, plan_id: int, ending: str) -> Response:
    name = queries.plan_view(db(), plan_id).name
    plain = "".join(
        letter if letter.isascii() and letter.isalnum() else "-" for letter in _ascii(name)
    ).strip("-")
    return attachment(data, kind, f"{plain or 'plan'}.{ending}")


def _ascii(name: str) -> str:
    """A file name for every machine: æ, ø and å as people write them without a Danish keyboard."""
    key = sort_key(name)
    return key.replace("\uf8f0", "ae").replace("\uf8f1", "oe").replace("\uf8f2", "aa")
