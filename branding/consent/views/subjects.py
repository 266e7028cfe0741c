"""The register: a new person, changes, and those who may sign for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request, url_for

from branding.consent.forms.subjects import RepresentationForm, SubjectForm
from branding.consent.queries import subjects as queries
from branding.consent.service import representations
from branding.consent.service import subjects as service
from branding.consent.values.people import Hold, Kind, Route
from branding.consent.values.register import SubjectView
from branding.consent.views.blueprint import bp
from branding.consent.views.units import unit_choices
from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.guards import actor, requires
from branding.web.pages import go, go_to, page
from branding.web.transaction import db

_EDIT = "consent:subject:edit"


@bp.route("/consent/people/new", methods=["GET", "POST"])
@requires(_EDIT)
def new_subject_page() -> Any:
    """First what the person is to the unit, then only what that needs."""
    return new_subject(
        lambda kind: url_for("consent.new_subject_page", kind=kind),
        lambda subject_id: url_for("home.ask_about_page", subject_id=subject_id),
        cancel=url_for("home.front_page"),
    )


def new_subject(
    here: Callable[[Kind], str], then: Callable[[str], str], *, cancel: str, unit_id: int | None = None
) -> Any:
    """The pages of a new person; higher rooms say where it goes on (``then``, with the person's id)."""
    kind = _kind(request.args.get("kind", ""))
    if kind is None:
        links = {one: here(one) for one in Kind}
        return page("consent/new_subject.html", links=links, cancel=cancel)
    form = SubjectForm(data={"unit_id": unit_id} if unit_id else None)
    form.unit_id.choices = unit_choices(_EDIT)
    alike: list[SubjectView] = []
    if form.validate_on_submit():
        try:
            new = form.to_values(kind, service.birthdays_of(form.born, clock.today(), form.is_minor.data))
            alike = [] if form.is_somebody_else.data else queries.alike(db(), [new.unit_id], new.label)
            if not alike:
                subject_id = service.add_subject(db(), actor(), new, now=clock.now())
                return go_to(then(subject_id), notice=say("%(name)s is on the register.", name=new.label))
        except RuleBroken as error:
            form.refuse(error)
    return page(
        "consent/subject_form.html",
        form=form,
        kind=kind,
        person=None,
        alike=alike,
        then=then,
        cancel=cancel,
        status=400 if alike else form.status,
    )


def _kind(name: str) -> Kind | None:
    return Kind(name) if name in set(Kind) else None


@bp.route("/consent/people/<id:subject_id>/edit", methods=["GET", "POST"])
@requires(_EDIT)
def edit_subject_page(subject_id: str) -> Any:
    person = person_for(subject_id, _EDIT)
    kind = _kind(request.values.get("kind", "")) or person.kind
    form = SubjectForm(data=_data(person))
    form.unit_id.choices = _choices_with(person.unit_id)
    if form.validate_on_submit():
        try:
            dates = service.new_birthdays(person, form.born, clock.today(), form.is_minor.data)
            new = form.to_values(kind, dates)
            service.change_subject(db(), actor(), subject_id, new, form.seen_version, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("consent.subject_page", subject_id=subject_id, notice=say("Saved."))
    return page(
        "consent/subject_form.html",
        form=form,
        kind=kind,
        person=person,
        alike=[],
        cancel=url_for("consent.subject_page", subject_id=subject_id),
        representations=queries.representations_of(db(), subject_id),
        money_only=representations.MONEY_ONLY,
        status=form.status,
    )


def _data(person: SubjectView) -> dict[str, Any]:
    return {
        "label": person.label,
        "unit_id": person.unit_id,
        "email": person.email,
        "phone": person.phone,
        "route": (Route.SELF if person.route is Route.CUSTODY else person.route).value,
        "is_minor": person.turns_18_on is not None and person.turns_18_on > clock.today(),
        "also_citizen": person.also_citizen,
        "left_on": person.left_on,
        "hold": (person.hold or Hold.NONE).value,
        "version": person.version,
    }


def _choices_with(unit_id: int) -> list[tuple[int, str]]:
    """A person of a unit that was put away stays there until somebody chooses another."""
    found = unit_choices(_EDIT)
    if unit_id not in dict(found):
        found.append((unit_id, organisation.unit_by_id(db(), unit_id).name))
    return found


def person_for(subject_id: str, action: str) -> SubjectView:
    """A person of the actor's units; another unit's answers as if there was nobody."""
    person = queries.subject_by_id(db(), subject_id)
    policy.check(actor(), action, person.unit_id, thing="subject", key=subject_id)
    return person


@bp.route("/consent/people/<id:subject_id>/representations/new", methods=["GET", "POST"])
@requires(_EDIT)
def new_representation_page(subject_id: str) -> Any:
    person = person_for(subject_id, _EDIT)
    today = clock.today()
    default = "custody" if person.turns_18_on and person.turns_18_on > today else "guardian_personal"
    form = RepresentationForm(data={"seen_on": today, "valid_from": today, "mandate": default})
    if form.validate_on_submit():
        try:
            service_id = representations.add_representation(
                db(), actor(), subject_id, form.to_values(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            signs = form.to_values().mandate not in representations.MONEY_ONLY
            notice = (
                say("Saved.")
                if signs
                else say("Saved. This right is about money only and cannot sign for pictures.")
            )
            undo = url_for("consent.end_representation", subject_id=subject_id, representation_id=service_id)
            return go("consent.edit_subject_page", subject_id=subject_id, notice=notice, undo=undo)
    return page(
        "consent/subject_representation.html", form=form, person=person, shown=None, status=form.status
    )


@bp.route("/consent/people/<id:subject_id>/representations/<id:representation_id>", methods=["GET", "POST"])
@requires(_EDIT)
def representation_page(subject_id: str, representation_id: str) -> Any:
    person = person_for(subject_id, _EDIT)
    shown = queries.representation_by_id(db(), subject_id, representation_id)
    form = RepresentationForm(obj=shown, data={"mandate": shown.mandate.value})
    if form.validate_on_submit():
        try:
            representations.change_representation(
                db(),
                actor(),
                subject_id,
                representation_id,
                form.to_values(),
                form.seen_version,
                now=clock.now(),
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("consent.edit_subject_page", subject_id=subject_id, notice=say("Saved."))
    return page(
        "consent/subject_representation.html", form=form, person=person, shown=shown, status=form.status
    )


@bp.post("/consent/people/<id:subject_id>/representations/<id:representation_id>/end")
@requires(_EDIT)
def end_representation(subject_id: str, representation_id: str) -> Any:
    representations.end_representation(
        db(), actor(), subject_id, representation_id, today=clock.today(), now=clock.now()
    )
    return go("consent.edit_subject_page", subject_id=subject_id, notice=say("The right ends today."))
