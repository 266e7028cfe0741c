"""Who may be shown at all: policies, assessments and time limits, decided, shown and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.consent.models import ConsentRules
from branding.consent.queries import policies as queries
from branding.consent.queries import rulebook
from branding.consent.queries.settings import consent_rules
from branding.consent.service import assessments, policies
from branding.consent.values.policies import SHIPPED, Openness, PolicyKind
from branding.consent.values.records import Channel, Purpose
from branding.consent.values.rulebook import QUESTIONS, NewAssessment, RulesRequest, SetPolicy, Source
from branding.core.actor import SYSTEM, Actor, Role
from branding.core.db import Database
from branding.core.errors import Conflict, NotAllowed, RuleBroken
from branding.organisation import queries as organisation
from branding.organisation import service as units
from branding.organisation.values import UnitRequest
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
DPO = Actor("user", 7, roles=frozenset({Role.DPO}))
COMMUNICATIONS = Actor("user", 8, roles=frozenset({Role.COMMUNICATIONS}))
TODAY = date(2026, 10, 12)
CITIZEN = PolicyKind.CITIZEN


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 09:00")


@pytest.fixture
def soh(session: Session, now: datetime) -> int:
    return units.add_unit(session, SYSTEM, UnitRequest("Specialområde Hjerneskade", "SOH"), now=now)


@pytest.fixture
def grove(session: Session, soh: int, now: datetime) -> int:
    """An afdeling of SOH."""
    return units.add_unit(session, SYSTEM, UnitRequest("Høskoven AC", "", soh), now=now)


def _set(
    session: Session, unit_id: int | None, openness: Openness | None, now: datetime, version: int = 0
) -> None:
    policies.set_policy(session, DPO, SetPolicy(unit_id, CITIZEN, openness, version), now=now)


def _holds(session: Session, unit_id: int) -> Openness:
    return rulebook.read(session, [unit_id]).policy_of(unit_id).openness[CITIZEN]


def _assessment(*unit_ids: int, **told: Any) -> NewAssessment:
    usual: dict[str, Any] = {
        "reference": "26/1234",
        "decided_by": "Områdechef Prøve",
        "decided_on": TODAY,
        "review_on": date(2027, 10, 12),
        "unit_ids": unit_ids,
        "kinds": frozenset({CITIZEN}),
        "purposes": frozenset({Purpose.RECRUITING}),
        "channels": frozenset({Channel.INSTAGRAM}),
        "answers": tuple((name, "Svar") for name in QUESTIONS),
    }
    return NewAssessment(**{**usual, **told})


def _register(session: Session, new: NewAssessment, now: datetime) -> str:
    return assessments.register_assessment(session, COMMUNICATIONS, new, today=TODAY, now=now)


def test_a_fresh_organisation_has_what_is_shipped(session: Session, grove: int) -> None:
    found = rulebook.read(session, [grove])
    assert found.policy_of(grove).openness == SHIPPED
    assert found.policy_of(grove).assessments == ()


def test_own_word_before_area_before_organisation_before_shipped(
    session: Session, soh: int, grove: int, now: datetime
) -> None:
    said = []
    for unit_id, openness in (
        (None, Openness.ALLOWED),
        (soh, Openness.FORBIDDEN),
        (grove, Openness.NEEDS_ASSESSMENT),
    ):
        _set(session, unit_id, openness, now)
        said.append((_holds(session, soh), _holds(session, grove)))
    assert said == [
        (Openness.ALLOWED, Openness.ALLOWED),
        (Openness.FORBIDDEN, Openness.FORBIDDEN),
        (Openness.FORBIDDEN, Openness.NEEDS_ASSESSMENT),
    ]
    _set(session, grove, None, now, version=1)
    assert _holds(session, grove) == Openness.FORBIDDEN


def test_the_table_says_where_it_comes_from(session: Session, soh: int, grove: int, now: datetime) -> None:
    _set(session, soh, Openness.ALLOWED, now)
    _register(session, _assessment(grove), now)
    rows = queries.policy_table(session, organisation.units(session), queries.assessments(session), TODAY)
    assert [row.unit.id if row.unit else None for row in rows] == [None, soh, grove]
    assert [row.cell(CITIZEN).source for row in rows] == [Source.SHIPPED, Source.OWN, Source.AREA]
    assert [len(row.cell(CITIZEN).assessments) for row in rows] == [0, 0, 1]
    assert [row.cell(CITIZEN).is_open for row in rows] == [False, True, True]
    assert rows[1].cell(PolicyKind.COLLEAGUE).is_open and not rows[1].cell(PolicyKind.MINOR).is_open


def test_only_the_data_protection_officer_decides(session: Session, soh: int, now: datetime) -> None:
    wanted = SetPolicy(soh, CITIZEN, Openness.ALLOWED, 0)
    for role in set(Role) - {Role.DPO}:
        with pytest.raises(NotAllowed):
            policies.set_policy(session, Actor("user", 1, roles=frozenset({role})), wanted, now=now)


def test_two_who_decide_at_once_are_told(session: Session, soh: int, now: datetime) -> None:
    _set(session, soh, Openness.ALLOWED, now)
    with pytest.raises(Conflict) as caught:
        _set(session, soh, Openness.FORBIDDEN, now)
    assert caught.value.mine != caught.value.theirs


def test_a_decision_is_audited(session: Session, soh: int, now: datetime) -> None:
    _set(session, soh, Openness.ALLOWED, now)
    entries = session.exec(select(AuditEntry).where(AuditEntry.tag == "consent:policy:changed")).all()
    assert len(entries) == 1


def test_an_assessment_of_an_area_covers_its_afdelinger(
    session: Session, soh: int, grove: int, now: datetime
) -> None:
    _register(session, _assessment(soh), now)
    other = units.add_unit(session, SYSTEM, UnitRequest("Specialområde Voksne", "SVO"), now=now)
    found = rulebook.read(session, [grove, other])
    (one,) = found.policy_of(grove).assessments
    assert one.opens_at == now and one.closes_at == datetime.fromisoformat("2027-10-11T22:00+00:00")
    assert found.policy_of(other).assessments == ()


def test_an_assessment_never_opens_what_was_before_it_was_written_down(
    session: Session, soh: int, now: datetime
) -> None:
    _register(session, _assessment(soh, decided_on=date(2026, 10, 1), review_on=date(2027, 9, 1)), now)
    (one,) = rulebook.read(session, [soh]).policy_of(soh).assessments
    assert one.opens_at == now


def test_an_ended_assessment_closes_at_once_and_can_be_taken_up_again(
    session: Session, soh: int, now: datetime
) -> None:
    found = _register(session, _assessment(soh), now)
    later = now + timedelta(hours=1)
    for _ in range(2):
        assessments.end_assessment(session, COMMUNICATIONS, found, now=later)
    (one,) = rulebook.read(session, [soh]).policy_of(soh).assessments
    assert one.closes_at == later
    assessments.reopen_assessment(session, COMMUNICATIONS, found, now=later)
    (one,) = rulebook.read(session, [soh]).policy_of(soh).assessments
    assert one.closes_at > later


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": date(2027, 10, 13)}, "review_on"),
        ({"unit_ids": ()}, "unit_ids"),
        ({"kinds": frozenset()}, "kinds"),
        ({"kinds": frozenset({PolicyKind.COLLEAGUE})}, "kinds"),
        ({"purposes": frozenset()}, "purposes"),
        ({"channels": frozenset()}, "channels"),
        ({"answers": tuple((name, " " if name == "dpia" else "x") for name in QUESTIONS)}, "dpia"),
    ],
)
def test_an_assessment_is_complete_and_lasts_a_year_at_most(
    session: Session, soh: int, now: datetime, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as caught:
        _register(session, replace(_assessment(soh), **told), now)
    assert caught.value.field == field


def _rules(**told: Any) -> RulesRequest:
    usual = {
        "reflection_hours": 48,
        "citizen_months": 6,
        "colleague_months": 24,
        "citizen_live_days": 60,
        "evidence_days": 60,
        "refusal_months": 12,
        "log_months": 12,
        "colleague_written": True,
        "one_custody_holder": False,
        "journal_first": False,
        "controller": "Region Prøve",
        "dpo_contact": "dpo@example.dk",
        "phone": "",
        "version": 1,
    }
    return RulesRequest(**{**usual, **told})


def test_time_limits_are_changed_and_reach_the_gate(session: Session, soh: int, now: datetime) -> None:
    policies.set_rules(session, DPO, _rules(), now=now)
    rules = rulebook.read(session, [soh]).rules
    assert (rules.reflection, rules.colleague_written) == (timedelta(hours=48), True)
    assert consent_rules(session).controller == "Region Prøve"
    with pytest.raises(Conflict):
        policies.set_rules(session, DPO, _rules(citizen_months=3), now=now)


@pytest.mark.parametrize(
    ("name", "number"),
    [("reflection_hours", 23), ("reflection_hours", 0), ("citizen_months", 13), ("evidence_days", 181)],
)
def test_time_limits_have_their_bounds(session: Session, now: datetime, name: str, number: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        policies.set_rules(session, DPO, _rules(**{name: number}), now=now)
    assert caught.value.field == name
    assert session.get(ConsentRules, 1) is None


PAGES = ("/consent/policy", "/consent/assessments", "/consent/time-limits")


@pytest.mark.parametrize("role", ["admin", "communications", "coordinator", "dpo", "reader"])
def test_everybody_on_the_staff_may_read_what_is_decided(
    client: InspectingClient, sign_in: Callable[..., int], area: int, role: str
) -> None:
    sign_in(role, area if role == "coordinator" else None)
    for address in PAGES:
        client.page(address)
    may_decide = role == "dpo"
    may_register = role in ("dpo", "communications")
    edit = f"/consent/policy/edit?unit={area}&kind=citizen"
    client.page(edit, 200 if may_decide else 403)
    client.page("/consent/time-limits/edit", 200 if may_decide else 403)
    client.page("/consent/assessments/new", 200 if may_register else 403)


def test_the_officer_opens_a_unit_and_undoes_it(
    client: InspectingClient, sign_in: Callable[..., int], area: int, database: Database, at: At
) -> None:
    at("2026-10-12 09:00")
    sign_in("dpo")
    edit = f"/consent/policy/edit?unit={area}&kind=citizen"
    client.send(edit, {"openness": "allowed", "version": "0"})
    with database.reader() as session:
        assert _holds(session, area) == Openness.ALLOWED
    client.send(f"/consent/policy/undo?unit={area}&kind=citizen&openness=above")
    with database.reader() as session:
        assert _holds(session, area) == Openness.NEEDS_ASSESSMENT
    client.page("/consent/policy/edit?kind=dog", 404)
    client.page("/consent/policy/edit?unit=999&kind=citizen", 404)
    client.send(edit, {"openness": "", "version": "0"}, status=400)


@pytest.mark.parametrize(
    "query",
    [
        "kind=citizen&unit=99999999999999999999",
        "kind=citizen&unit=4711",
        "kind=robot",
        "kind=citizen&unit=abc",
    ],
)
def test_a_unit_or_a_kind_that_nobody_has_is_not_there(
    client: InspectingClient, sign_in: Callable[..., int], query: str
) -> None:
    sign_in("dpo")
    assert client.get(f"/consent/policy/edit?{query}").status_code == 404
    assert client.post(f"/consent/policy/undo?{query}").status_code == 404


def test_communications_register_see_end_and_renew_an_assessment(
    client: InspectingClient, sign_in: Callable[..., int], area: int, database: Database, at: At
) -> None:
    at("2026-10-12 09:00")
    sign_in("communications")
    told = {
        "reference": "26/1234",
        "decided_by": "Områdechef Prøve",
        "decided_on": "2026-10-12",
        "review_on": "2026-11-01",
        "unit_ids": [str(area)],
        "kinds": ["citizen"],
        "purposes": ["recruiting"],
        "channels": ["instagram"],
        **dict.fromkeys(QUESTIONS, "Svar"),
    }
    client.send("/consent/assessments/new", {**told, "dpia": ""}, status=400)
    client.send("/consent/assessments/new", told)
    with database.reader() as session:
        (found,) = queries.assessments(session)
    assert found.is_near(TODAY)
    for address in (*PAGES, f"/consent/assessments/{found.id}"):
        assert "26/1234" in client.page(address).source or address == "/consent/time-limits"
    assert "Områdechef Prøve" in client.page(f"/consent/assessments/new?renew={found.id}").source
    client.send(f"/consent/assessments/{found.id}/end")
    with database.reader() as session:
        assert queries.assessment_by_id(session, found.id).ended_at is not None
    client.send(f"/consent/assessments/{found.id}/reopen")
    client.page(f"/consent/assessments/{'f' * 32}", 404)


def test_the_officer_changes_the_time_limits(
    client: InspectingClient, sign_in: Callable[..., int], database: Database
) -> None:
    sign_in("dpo")
    told = {name: str(value) for name, value in asdict(_rules()).items() if value is not False}
    client.send("/consent/time-limits/edit", {**told, "reflection_hours": "0"}, status=400)
    client.send("/consent/time-limits/edit", told)
    with database.reader() as session:
        assert consent_rules(session).reflection_hours == 48


def test_an_assessment_says_when_the_unit_stays_closed_and_can_be_opened_again(
    client: InspectingClient, sign_in: Callable[..., int], area: int, database: Database, at: At
) -> None:
    at("2026-10-12 09:00")
    sign_in("communications")
    told = {
        "reference": "26/7",
        "decided_by": "Områdechef Prøve",
        "decided_on": "2026-10-12",
        "review_on": "2027-10-01",
        "unit_ids": [str(area)],
        "kinds": ["minor"],
        "purposes": ["recruiting"],
        "channels": ["instagram"],
        **dict.fromkeys(QUESTIONS, "Svar"),
    }
    page = client.send("/consent/assessments/new", told)
    assert "Registreret. Børn og unge er stadig lukket: databeskyttelsesrådgiveren skal åbne" in page.text()
    with database.reader() as session:
        (found,) = queries.assessments(session)
    address = f"/consent/assessments/{found.id}"
    assert "0 personer kan så ikke vises mere." in page.text("main")
    client.send(f"{address}/end")
    assert "Åbn igen" in client.page(address).text("main")
    assert "Vurderingen er åben igen." in client.send(f"{address}/reopen").text()
    assert "Åbn igen" not in client.page(address).text("main")
    client.send(f"{address}/end")
    at("2027-10-01 09:00")
    sign_in("communications")
    assert "Åbn igen" not in client.page(address).text("main")
