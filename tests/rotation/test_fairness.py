"""The fairness report looks at the profile, not at one plan: a fresh plan has no past of its own."""

from __future__ import annotations

from sqlmodel import Session

from branding.core.isoweek import Week
from branding.rotation import queries, service
from branding.rotation.values import PlanRequest
from tests.rotation.factories import AREAS, COMMUNICATIONS, NOW, make_areas, make_plan, make_slot

THIS = Week(2023, 2)


def turns(session: Session, plan_id: int) -> dict[int, int]:
    return {one.unit_id: one.turns for one in queries.fairness_of(session, plan_id, THIS).units}


def new_plan(session: Session, name: str, like: int, area_id: int | None = None) -> int:
    request = PlanRequest(name, queries.plan_by_id(session, like).profile_id, area_id)
    return service.create_plan(session, COMMUNICATIONS, request, now=NOW)


def test_last_years_plan_on_the_profile_counts_also_when_it_is_archived(session: Session) -> None:
    units = make_areas(session)
    old = make_plan(session, "Takeover 2022")
    make_slot(session, old, units["SAU"], 40, 2)
    make_slot(session, old, units["SUA"], 50, 1, year=2021)  # more than a year ago
    service.archive_plan(session, COMMUNICATIONS, old, now=NOW)
    new = new_plan(session, "Takeover 2023", old)
    make_slot(session, new, units["SBU"], 10, 2, year=2023)
    found = turns(session, new)
    assert (found[units["SAU"]], found[units["SUA"]], found[units["SBU"]]) == (1, 0, 1)


def test_turns_on_another_profile_and_those_of_an_areas_departments_do_not_count(session: Session) -> None:
    units = make_areas(session)
    plan = make_plan(session, "Takeover 2022")
    other = make_plan(session, "Facebook 2022")
    make_slot(session, other, units["SAU"], 40, 2)
    inside = new_plan(session, "SOH indbyrdes", plan, area_id=units["SOH"])
    make_slot(session, inside, units["SOH"], 45, 1)
    found = turns(session, plan)
    assert not any(found.values())


def standings(session: Session, lengths: dict[str, int]) -> tuple[list[int], str]:
    units = make_areas(session)
    plan, week = make_plan(session, "Takeover 2023"), 5
    for name, weeks in lengths.items():
        for done in range(0, weeks, 2):
            length = min(2, weeks - done)
            make_slot(session, plan, units[name], week, length, year=2023)
            week += length
    report = queries.fairness_of(session, plan, THIS)
    of_unit = {one.unit_id: one.standing for one in report.units}
    return [of_unit[units[name]] for name in lengths], " ".join(str(text) for text in report.sentences)


def test_more_than_one_usualdone_apart_is_more_and_less_than_the_others(session: Session) -> None:
    lengths = dict.fromkeys(AREAS, 2) | {AREAS[0]: 1, AREAS[1]: 4}
    found, told = standings(session, lengths)
    assert found == [-1, 1, 0, 0, 0, 0, 0, 0]
    assert "From 1 to 4 weeks." in told


def test_one_usualdone_apart_is_fine(session: Session) -> None:
    found, told = standings(session, dict.fromkeys(AREAS, 2) | {AREAS[1]: 4})
    assert not any(found) and "From 2 to 4 weeks." in told
