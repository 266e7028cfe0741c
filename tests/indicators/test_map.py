"""The map in the database: importing, changing at the same time, order, results and what others are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core.actor import SYSTEM
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.indicators import queries
from branding.indicators.queries.figures import exported_figures
from branding.indicators.queries.pages import exported_map, node_page
from branding.indicators.queries.tree import indicator_view
from branding.indicators.service import figures, importing, indicators, nodes, readings, tying
from branding.indicators.values.measures import (
    IndicatorRequest,
    Kind,
    Measure,
    PeriodKind,
    ReadingRequest,
    Rhythm,
)
from branding.indicators.values.standing import State
from branding.indicators.values.tables import Mark
from branding.indicators.values.tree import NodeKind, NodeRequest, NodeStatus, ref_of
from branding.plan import queries as plan
from branding.plan.service import activities, channels
from branding.plan.values import ActivityKind, ActivityRequest, ChannelKind, ChannelRequest, Status
from branding.rotation.spreadsheet import read_file
from tests.indicators import factories as f

At = Callable[[str], datetime]
KAREN = f.COMMUNICATIONS


@pytest.fixture
def now(at: At) -> datetime:
    return at("2022-11-14 09:00")


def test_the_export_of_the_real_map_is_the_table_it_came_from(session: Session, now: datetime) -> None:
    f.import_2022(session, now)
    rows = exported_map(session, now.date())
    assert write_csv(rows).decode("utf-8-sig").splitlines() == f.table().decode().splitlines()


def test_the_same_table_twice_changes_nothing_also_from_a_spreadsheet(
    session: Session, now: datetime
) -> None:
    f.import_2022(session, now)
    count = len(session.exec(select(AuditEntry.id)).all())
    again = read_file(write_xlsx(exported_map(session, now.date()), "Kort"))
    found = importing.import_map(session, KAREN, again, date(2023, 1, 1), now=now)
    assert {one.mark for one in found.lines} == {Mark.SAME}
    assert len(session.exec(select(AuditEntry.id)).all()) == count


def test_everything_that_the_form_can_say_reads_back_from_the_export(session: Session, now: datetime) -> None:
    ids = f.small_map(session, now)
    aims = [
        replace(f.aim(), unit="opslag"),
        replace(f.aim(measure=Measure.HAND, of=Rhythm(PeriodKind.WEEKS, f.BEGINS, 3)), target=Decimal("2.5")),
        replace(
            f.aim(Kind.MILESTONE, None, f.rhythm(PeriodKind.NONE), Measure.HAND), due_on=date(2022, 6, 1)
        ),
        f.aim(of=Rhythm(PeriodKind.NAMED, f.BEGINS, 1, date(2022, 2, 1), date(2022, 5, 1))),
    ]
    for number, aim in enumerate(aims):
        request = IndicatorRequest(f"Prøve {number}", aim, "Stab", "En note")
        indicators.add_indicator(session, KAREN, ids["initiative"], request, now=now)
    told = NodeRequest("Prøve initiative", "Ekstern", "Vigtig", NodeStatus.STOPPED)
    nodes.change_node(session, KAREN, ids["initiative"], told, 1, now=now)
    rows = exported_map(session, now.date())
    found = importing.preview_map(session, KAREN, read_file(write_csv(rows)), f.BEGINS)
    assert [one.mark for one in found.lines] == [Mark.SAME] * len(found.lines), found
    for one in queries.initiatives(session):
        nodes.put_node_away(session, KAREN, one.id, now=now)
    importing.import_map(session, KAREN, read_file(write_csv(rows)), f.BEGINS, now=now)
    assert exported_map(session, now.date()) == rows


def test_a_faulty_row_keeps_everything_out(session: Session, now: datetime) -> None:
    rows = [["Niveau", "Mål"], ["vision", "Drømme"], ["måske", "Noget"]]
    with pytest.raises(RuleBroken):
        importing.import_map(session, KAREN, rows, f.BEGINS, now=now)
    assert queries.strategy_map(session, now.date()).is_empty
    twice = importing.preview_map(session, KAREN, [*rows[:2], rows[1]], f.BEGINS)
    assert [one.mark for one in twice.lines] == [Mark.NEW, Mark.FAULTY]


def test_the_second_of_two_editors_sees_both_versions(session: Session, now: datetime) -> None:
    ids = f.small_map(session, now)
    nodes.change_node(session, KAREN, ids["goal"], NodeRequest("Først"), 1, now=now)
    with pytest.raises(Conflict) as found:
        nodes.change_node(session, KAREN, ids["goal"], NodeRequest("Bagefter"), 1, now=now)
    assert (found.value.mine[0][1], found.value.theirs[0][1]) == ("Bagefter", "Først")


def test_the_map_keeps_its_shape(session: Session, now: datetime) -> None:
    ids = f.small_map(session, now)
    with pytest.raises(RuleBroken):
        nodes.add_node(session, KAREN, NodeKind.INITIATIVE, ids["audience"], NodeRequest("Skævt"), now=now)
    with pytest.raises(RuleBroken):
        nodes.move_node(session, KAREN, ids["goal"], ids["vision"], now=now)
    nodes.move_node(session, KAREN, ids["goal"], ids["perspective"], now=now)
    with pytest.raises(RuleBroken):
        indicators.add_indicator(session, KAREN, ids["initiative"], IndicatorRequest("", f.aim()), now=now)
    with pytest.raises(Missing):
        indicators.add_indicator(session, KAREN, ids["goal"], IndicatorRequest("x", f.aim()), now=now)


def test_boxes_are_put_in_order_and_put_away(session: Session, now: datetime) -> None:
    ids = f.small_map(session, now)
    more = [
        nodes.add_node(session, KAREN, NodeKind.INITIATIVE, ids["goal"], NodeRequest(f"Nr. {n}"), now=now)
        for n in range(2)
    ]
    first = ids["initiative"]
    order = lambda: [one.id for one in queries.initiatives(session)]  # noqa: E731
    assert order() == [first, *more]
    assert nodes.follower_of(session, first) == more[0]
    nodes.step_node(session, KAREN, more[1], up=True, now=now)
    assert order() == [first, more[1], more[0]]
    nodes.place_node(session, KAREN, first, None, now=now)
    assert order() == [more[1], more[0], first]
    nodes.place_node(session, KAREN, first, more[1], now=now)
    assert order() == [first, more[1], more[0]]
    with pytest.raises(RuleBroken):
        nodes.place_node(session, KAREN, first, ids["goal"], now=now)
    nodes.put_node_away(session, KAREN, ids["goal"], now=now)
    assert order() == []
    nodes.bring_node_back(session, KAREN, ids["goal"], now=now)
    assert order() == [first, more[1], more[0]]


def test_a_node_knows_its_why_up_to_the_vision(session: Session, now: datetime) -> None:
    f.import_2022(session, now)
    found = next(one for one in queries.initiatives(session) if one.text == "Kronikker til fagmedier")
    page = node_page(session, found.id, now.date())
    assert [[one.text for one in step] for step in page.why] == [
        ["Borgeren kan leve sine ønsker, håb og drømme ud"],
        ["Attraktiv samarbejdspartner (viden og udvikling)", "Attraktiv arbejdsplads (bløde værdier)"],
        ["Målgrupper"],
        ["Beslutningstagere"],
        ["Socialområdet på dagsordenen"],
    ]


def test_only_those_who_may_change_anything(session: Session, now: datetime) -> None:
    ids = f.small_map(session, now)
    with pytest.raises(NotAllowed):
        nodes.put_node_away(session, f.READER, ids["goal"], now=now)
    with pytest.raises(NotAllowed):
        importing.preview_map(session, f.READER, [], f.BEGINS)
    with pytest.raises(NotAllowed):
        figures.preview_figures(session, f.READER, [])


def test_a_result_belongs_to_a_period_that_has_begun(session: Session, now: datetime) -> None:
    ids = f.small_map(session, now)
    aim = f.aim(Kind.SHARE, "75", f.rhythm(PeriodKind.QUARTER), Measure.HAND)
    one = indicators.add_indicator(session, KAREN, ids["initiative"], IndicatorRequest("Andel", aim), now=now)
    today = now.date()
    readings.write_reading(session, KAREN, one, ReadingRequest(today, Decimal(80)), today=today, now=now)
    standing = indicator_view(session, one, today).standing
    assert (standing.state, standing.value) == (State.ON_TRACK, 80)
    for on, value in (
        (today, "80"),
        (date(2023, 1, 1), "80"),
        (date(2022, 9, 30), "101"),
        (date(2022, 9, 1), "-1"),
    ):
        with pytest.raises(RuleBroken):
            readings.write_reading(
                session, KAREN, one, ReadingRequest(on, Decimal(value)), today=today, now=now
            )


def test_what_is_done_in_the_plan_counts_and_can_be_tied_to_an_initiative(
    session: Session, now: datetime
) -> None:
    f.import_2022(session, now)
    today = now.date()
    channel = channels.add_channel(session, SYSTEM, ChannelRequest(ChannelKind.LINKEDIN, "LinkedIn"), now=now)
    request = ActivityRequest("Opslag", channel, ActivityKind.POST, today, today, Status.DONE)
    activity = activities.add_activity(session, SYSTEM, request, now=now, today=today)
    named = {one.name: one for one in queries.strategy_map(session, today).all_indicators()}
    assert named["Opslag på LinkedIn"].standing.state is State.MET
    assert named["Indlæg bragt"].standing.state is State.ON_TRACK
    node = queries.initiatives(session)[0]
    tied = tying.tie_activities(session, KAREN, node.id, [activity], [activity], now=now)
    assert tied == 1
    assert plan.activity_by_id(session, activity).initiative_ref == ref_of(node.id)
    aim = replace(f.aim(measure=Measure.TIED), counts="")
    new = indicators.add_indicator(session, KAREN, node.id, IndicatorRequest("Bundne", aim), now=now)
    assert indicator_view(session, new, today).standing.value == 1
    assert tying.tie_activities(session, KAREN, node.id, [activity], [], now=now) == 1
    assert indicator_view(session, new, today).standing.value == 0


def test_others_are_told_who_is_behind_and_how_every_period_went(session: Session, now: datetime) -> None:
    f.import_2022(session, now)
    late = {(one.name, one.responsible, one.standing.state) for one in queries.behind(session, now.date())}
    assert ("Opslag på LinkedIn", "Stab", State.BEHIND) in late
    assert ("Messer med deltagelse", "Stab", State.MISSED) in late
    found = queries.standings(session, date(2022, 7, 1), date(2022, 9, 30))
    weekly = [one for one in found if one.name == "Opslag på LinkedIn"]
    assert [one.period.first for one in weekly] == [date(2022, 6, 27) + timedelta(weeks=n) for n in range(13)]
    assert {one.standing.state for one in weekly} == {State.MISSED}
    quarter = [one for one in found if one.name == "Indlæg bragt"]
    assert [(str(one.label), one.value, one.target, one.standing.state) for one in quarter] == [
        ("quarter 3 of 2022", 0, 1, State.MISSED)
    ]
    year = [one for one in found if one.name == "Intern jobrotation"]
    assert [one.standing.state for one in year] == [State.NOT_MEASURED]
    stopped = next(
        one for one in queries.initiatives(session) if one.text == "LinkedIn-profil med klar målgruppe"
    )
    told = NodeRequest(stopped.text, "Stab", "", NodeStatus.STOPPED)
    nodes.change_node(session, KAREN, stopped.id, told, stopped.facts.version, now=now)
    assert "Opslag på LinkedIn" not in {one.name for one in queries.behind(session, now.date())}


def test_key_figures_come_back_as_they_were(session: Session, now: datetime) -> None:
    rows = read_file(f.table("key-figures.csv"))
    figures.import_figures(session, KAREN, rows, now=now)
    found = [";".join(row) for row in exported_figures(session)]
    assert sorted(found) == sorted(f.table("key-figures.csv").decode().splitlines())
    again = figures.import_figures(session, KAREN, rows, now=now)
    assert {one.mark for one in again.lines} == {Mark.SAME}
    changed = figures.preview_figures(session, KAREN, [["Nøgletal", "Periode", "Værdi", "Enhed"],
        ["Årsværk", "2022-03", "1", "årsværk"], ["Årsværk", "2022-04", "1", "%"]])  # fmt: skip
    assert [one.mark for one in changed.lines] == [Mark.CHANGED, Mark.FAULTY]
