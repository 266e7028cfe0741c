"""Who is behind on the real map of 2022, worked out by hand from eight activities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlmodel import Session

from branding.core.actor import SYSTEM
from branding.indicators import queries
from branding.indicators.values.standing import State
from branding.plan.queries import channels
from branding.plan.service.activities import add_activity
from branding.plan.service.channels import begin_with_usual
from branding.plan.values import ActivityKind, ActivityRequest, ChannelKind, Status
from branding.reminders.queries.of_plan import plan_occasions
from branding.reminders.queries.span import Span
from branding.reminders.values.triggers import Trigger
from tests.indicators import factories as f
from tests.plan import factories as plan

LINKEDIN, PRESS = ("Opslag på LinkedIn", "Stab", State.BEHIND), ("Indlæg bragt", "Stab", State.BEHIND)
VIDEO = ("Ny video på intranettet", "Stab", State.BEHIND)
#: Three of four in the school year 2021/22, which is over.
FAIRS = ("Messer med deltagelse", "Stab", State.MISSED)
DONE = (
    (ChannelKind.FAIR, "2022-03-10"), (ChannelKind.FAIR, "2022-05-11"), (ChannelKind.FAIR, "2022-07-31"),
    (ChannelKind.FAIR, "2022-08-01"), (ChannelKind.PRESS, "2022-08-10"), (ChannelKind.INTRANET, "2022-10-07"),
    (ChannelKind.LINKEDIN, "2022-10-11"), (ChannelKind.LINKEDIN, "2022-10-18"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # Weeks 41-42 have no video and end on Sunday; week 42 has its post; the quarter is young.
        ("2022-10-21", [VIDEO, FAIRS]),
        # What weeks 41-42 missed weighs in weeks 43-44; a Monday is too early for LinkedIn.
        ("2022-10-24", [VIDEO, FAIRS]),
        # Friday of week 43: no post yet.
        ("2022-10-28", [LINKEDIN, VIDEO, FAIRS]),
        # Four sevenths of the fourth quarter are over, and nothing was printed.
        ("2022-12-01", [LINKEDIN, PRESS, VIDEO, FAIRS]),
    ],
)
def test_who_is_behind_in_autumn_2022(
    session: Session, at: Callable[[str], datetime], on: str, expected: list[tuple[str, str, State]]
) -> None:
    now = at("2022-12-01 09:00")
    f.import_2022(session, now)
    begin_with_usual(session, SYSTEM, now=now)
    of_kind = {one.kind: one.id for one in channels(session)}
    for kind, text in DONE:
        day = date.fromisoformat(text)
        request = ActivityRequest("Noget", of_kind[kind], ActivityKind.OTHER, day, day, Status.DONE)
        add_activity(session, SYSTEM, request, now=now, today=now.date())
    late = queries.behind(session, date.fromisoformat(on))
    assert [(one.name, one.responsible, one.standing.state) for one in late] == expected
    (fairs,) = [one.standing for one in late if one.standing.state is State.MISSED]
    assert (fairs.value, fairs.target) == (Decimal(3), Decimal(4))


def test_what_people_are_reminded_of_opens_where_its_link_leads(
    session: Session, app: Flask, at: Callable[[str], datetime]
) -> None:
    now = at("2022-10-28 09:00")
    f.import_2022(session, now)
    on = plan.world(session, now)
    plan.weekly(session, on, "2022-10-24")
    days = dict.fromkeys((Trigger.PLAN_GAP, Trigger.INDICATOR), (date(2022, 10, 1), date(2022, 12, 1)))
    found = list(plan_occasions(session, Span(now, now.date(), now.date(), days)))
    opens = app.url_map.bind("localhost").match
    assert {opens(one.path)[0] for one in found} == {"plan.formats_page", "indicators.indicator_page"}
