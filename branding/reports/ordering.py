"""A report as the command line asks for one."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.reports.service import building
from branding.reports.service.periods import chosen_days
from branding.reports.values.orders import TITLES, Form, Kind, Order, forms_of
from branding.reports.writing import written
from branding.takeovers.calendar_file import calendar_file
from branding.web.i18n import translate


def ordered(
    session: Session,
    kind: Kind,
    days: tuple[str, str],
    unit: str,
    form: Form,
    for_leaders: bool,
    *,
    now: datetime,
) -> bytes:
    """The file's bytes, of everything unless a unit is named.  Raises ``RuleBroken`` for what cannot be."""
    if form not in forms_of(kind):
        raise RuleBroken("no_such_form", say("This report cannot be had in that form."))
    first, last = chosen_days(kind, *days, clock.local(now).date())
    found = organisation.find_unit(session, unit) if unit else None
    if unit and found is None:
        raise RuleBroken("no_such_unit", say("No unit is called “%(name)s”.", name=unit))
    order = Order(kind, first, last, found.id if found else None, for_leaders=for_leaders)
    if form is Form.ICS:
        events = building.plan_events(session, SYSTEM, order, now=now)
        return calendar_file(translate(TITLES[kind]), events)
    owner = organisation.find_organisation(session)
    report = building.report(session, SYSTEM, order, now=now)
    return written(report, form, owner.name if owner else "", now=now)
