from __future__ import annotations

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core import clock
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.organisation import queries, service
from branding.organisation.values import UnitKind, UnitRequest
from tests.organisation.factories import COMMUNICATIONS, area, department


def change(session: Session, unit_id: int, request: UnitRequest, version: int = 1) -> int:
    return service.change_unit(session, COMMUNICATIONS, unit_id, request, version, now=clock.now())


def test_units_come_in_danish_order_each_area_with_its_departments(session: Session) -> None:
    holm, aarhus, soh = (area(session, name) for name in ("Ørsted", "Aarhus", "SOH"))
    for name in ("Åkanden", "Zebra", "Æblet"):
        department(session, soh, name)
    found = [(unit.name, unit.area_id) for unit in queries.units(session)]
    assert found == [
        ("SOH", soh),
        ("Zebra", soh),
        ("Æblet", soh),
        ("Åkanden", soh),
        ("Ørsted", holm),
        ("Aarhus", aarhus),
    ]


def test_departments_wear_the_colour_and_short_name_of_their_area(session: Session) -> None:
    soh = area(session, "Specialområde Hjerneskade", "SOH")
    found = queries.unit_by_id(session, department(session, soh))
    assert (found.kind, found.area_id, found.area_short_name) == (UnitKind.DEPARTMENT, soh, "SOH")
    assert found.colour == queries.unit_by_id(session, soh).colour


def test_eight_areas_get_eight_colours(session: Session) -> None:
    for number in range(8):
        area(session, f"Område {number}")
    assert sorted(queries.area_colours(session)) == list(range(1, 9))


def test_a_unit_is_found_by_name_and_short_name(session: Session) -> None:
    soh = area(session, "Specialområde Hjerneskade", "SOH")
    for wanted in ("soh", " Specialområde  hjerneskade"):
        found = queries.find_unit(session, wanted)
        assert found is not None
        assert found.id == soh
    assert queries.find_unit(session, "") is None
    assert queries.find_unit(session, "SVO") is None


def test_what_lies_under_an_area_holds_the_area_itself(session: Session) -> None:
    soh, svo = area(session), area(session, "SVO")
    inside = department(session, soh)
    assert queries.ids_under(session, {soh}) == {soh, inside}
    assert queries.ids_under(session, {inside, svo}) == {inside, svo}
    assert queries.ids_under(session, set()) == frozenset()


def test_a_change_is_undone_once(session: Session) -> None:
    soh = area(session)
    version = change(session, soh, UnitRequest("Hjerneskade", "SOH", None, 5))
    service.undo_change(session, COMMUNICATIONS, soh, version, now=clock.now())
    found = queries.unit_by_id(session, soh)
    assert (found.name, found.short_name, found.colour) == ("SOH", "", 1)
    with pytest.raises(RuleBroken):
        service.undo_change(session, COMMUNICATIONS, soh, version, now=clock.now())


def test_the_second_of_two_editors_sees_both_versions(session: Session) -> None:
    soh = area(session)
    change(session, soh, UnitRequest("Først", "F"))
    with pytest.raises(Conflict) as error:
        change(session, soh, UnitRequest("Sidst", "S"))
    assert [value for _, value in error.value.mine] == ["Sidst", "S"]
    assert [value for _, value in error.value.theirs] == ["Først", "F"]


def test_every_change_is_in_the_log(session: Session) -> None:
    soh = area(session)
    change(session, soh, UnitRequest("Hjerneskade"))
    service.archive_unit(session, COMMUNICATIONS, soh, now=clock.now())
    service.restore_unit(session, COMMUNICATIONS, soh, now=clock.now())
    tags = [entry.tag.rsplit(":", 1)[1] for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]
    assert tags == ["added", "changed", "archived", "restored"]


def test_a_department_moves_to_another_area(session: Session) -> None:
    soh, svo = area(session), area(session, "SVO")
    unit_id = department(session, soh)
    change(session, unit_id, UnitRequest("Høskoven", "", svo))
    assert queries.unit_by_id(session, unit_id).area_id == svo


def test_an_area_does_not_become_a_department_nor_the_other_way(session: Session) -> None:
    soh, svo = area(session), area(session, "SVO")
    with pytest.raises(Missing):
        change(session, svo, UnitRequest("SVO", "", soh))
    with pytest.raises(Missing):
        change(session, department(session, soh), UnitRequest("Høskoven"))
    with pytest.raises(RuleBroken):
        service.add_unit(
            session, SYSTEM, UnitRequest("Dyb", "", department(session, soh, "Lag")), now=clock.now()
        )


def test_an_archived_area_hides_its_departments_and_brings_them_back(session: Session) -> None:
    soh = area(session)
    department(session, soh)
    service.archive_unit(session, COMMUNICATIONS, soh, now=clock.now())
    assert queries.units(session) == []
    assert len(queries.units(session, archived=True)) == 2
    service.restore_unit(session, COMMUNICATIONS, soh, now=clock.now())
    assert len(queries.units(session)) == 2


def test_a_department_is_not_restored_into_an_archived_area(session: Session) -> None:
    soh = area(session)
    unit_id = department(session, soh)
    for archived in (unit_id, soh):
        service.archive_unit(session, COMMUNICATIONS, archived, now=clock.now())
    with pytest.raises(RuleBroken):
        service.restore_unit(session, COMMUNICATIONS, unit_id, now=clock.now())


def test_a_name_of_an_archived_unit_is_not_given_twice(session: Session) -> None:
    soh = area(session)
    service.archive_unit(session, COMMUNICATIONS, soh, now=clock.now())
    with pytest.raises(RuleBroken) as error:
        area(session)
    assert error.value.field == "name"


def test_ensuring_units_makes_only_what_is_missing(session: Session) -> None:
    soh = area(session, "Specialområde Hjerneskade", "SOH")
    away = department(session, soh, "Elbæk")
    service.archive_unit(session, COMMUNICATIONS, away, now=clock.now())
    areas = service.ensure_units(session, SYSTEM, ["SOH", "svo", "SVO"], None, now=clock.now())
    assert areas["SOH"] == soh
    assert areas["svo"] == areas["SVO"]
    inside = service.ensure_units(session, SYSTEM, ["Elbæk", "Høskoven AC"], soh, now=clock.now())
    assert inside["Elbæk"] == away
    assert not queries.unit_by_id(session, away).is_archived
    assert queries.unit_by_id(session, inside["Høskoven AC"]).area_id == soh
    assert service.ensure_units(session, SYSTEM, ["Elbæk", "Høskoven AC"], soh, now=clock.now()) == inside


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.READER, Role.DPO, Role.HOST])
def test_only_communications_and_administrators_change_units(session: Session, role: Role) -> None:
    soh = area(session)
    actor = Actor("user", 1, roles=frozenset({role}), units=frozenset({soh}))
    with pytest.raises(NotAllowed):
        service.add_unit(session, actor, UnitRequest("Ny"), now=clock.now())
    with pytest.raises(NotAllowed):
        service.archive_unit(session, actor, soh, now=clock.now())


LONE = ("Lone Prøve", "lone@example.dk")


def test_a_unit_has_a_leader_with_name_and_mail_or_none(session: Session) -> None:
    soh = area(session)
    change(session, soh, UnitRequest("SOH", "SOH", leader=(" Lone  Prøve ", "Lone@example.dk")))
    unit = queries.unit_by_id(session, soh)
    assert (unit.leader_name, unit.leader_email) == LONE
    for half, field in ((("Lone", ""), "leader_email"), (("", "lone@example.dk"), "leader_name")):
        with pytest.raises(RuleBroken) as refusal:
            change(session, soh, UnitRequest("SOH", "SOH", leader=half), 2)
        assert refusal.value.field == field
    change(session, soh, UnitRequest("SOH", "SOH", leader=("", "")), 2)
    assert queries.unit_by_id(session, soh).leader_email == ""


def test_a_change_that_says_nothing_of_the_leader_keeps_the_leader(session: Session) -> None:
    soh = area(session)
    change(session, soh, UnitRequest("SOH", "SOH", leader=LONE))
    change(session, soh, UnitRequest("SOH", "Hjerne"), 2)
    unit = queries.unit_by_id(session, soh)
    assert (unit.leader_name, unit.leader_email) == LONE


def test_undo_puts_the_leader_back_and_two_editors_see_both(session: Session) -> None:
    soh = area(session)
    version = change(session, soh, UnitRequest("SOH", "SOH", leader=LONE))
    with pytest.raises(Conflict) as error:
        change(session, soh, UnitRequest("SOH", "SOH", leader=("Bo", "bo@example.dk")))
    assert "Bo, bo@example.dk" in [value for _, value in error.value.mine]
    assert ", ".join(LONE) in [value for _, value in error.value.theirs]
    service.undo_change(session, COMMUNICATIONS, soh, version, now=clock.now())
    assert queries.unit_by_id(session, soh).leader_name == ""
