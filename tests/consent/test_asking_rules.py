"""Who must answer in which words, and what the answers add up to."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.consent.drawing import signature_svg
from branding.consent.rules.ages import birthday, birthdays
from branding.consent.rules.asking import earliest_use, main_audience, parts_for, scopes_of, together
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.records import Audience, Channel, EvidenceKind, MediaKind
from branding.consent.values.register import RepresentationView, SubjectView
from branding.consent.values.requests import CHOICES, Given, Kept, Offered
from branding.core.errors import RuleBroken

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def person(kind: Kind = Kind.CITIZEN, route: Route = Route.SELF, age: int = 40, **facts: bool) -> SubjectView:
    born = date(TODAY.year - age, 1, 1)
    dates = birthdays(born, TODAY) if age < 18 else (None, None)
    also = facts.get("also_citizen", False)
    return SubjectView("p", kind, also, "Vega", 1, "", "", route, *dates, None, Hold.NONE, None, NOW, 1)


def right(
    mandate: Mandate, name: str = "g", *, covers: bool = True, until: date | None = None
) -> RepresentationView:
    return RepresentationView(
        name, "p", mandate, "Gerda", "", "", covers, 1, TODAY, date(2026, 1, 1), until, None, NOW, 1
    )


CUSTODY = [right(Mandate.CUSTODY, "a"), right(Mandate.CUSTODY, "b")]
GUARDIAN = [right(Mandate.GUARDIAN_PERSONAL)]


@pytest.mark.parametrize(
    ("who", "rights", "parts", "form"),
    [
        (person(), [], ["self"], Audience.CITIZEN_EASY),
        (person(), [right(Mandate.GUARDIAN_FINANCIAL)], ["self"], Audience.CITIZEN_EASY),
        (person(route=Route.SELF_AND_GUARDIAN), GUARDIAN, ["self", "guardian-g"], Audience.CITIZEN_EASY),
        (person(route=Route.GUARDIAN_WITH_ASSENT), GUARDIAN, ["assent", "guardian-g"], Audience.GUARDIAN),
        (
            person(age=9, route=Route.CUSTODY),
            CUSTODY,
            ["assent", "custody-a", "custody-b"],
            Audience.GUARDIAN,
        ),
        (person(age=16, route=Route.CUSTODY), CUSTODY, ["self", "custody-a", "custody-b"], Audience.YOUTH),
        (person(age=16), CUSTODY, ["self", "custody-a", "custody-b"], Audience.YOUTH),
        (person(route=Route.CUSTODY), CUSTODY, ["self"], Audience.CITIZEN_EASY),
        (person(Kind.COLLEAGUE), [], ["self"], Audience.COLLEAGUE_WRITTEN),
        (person(Kind.COLLEAGUE, also_citizen=True), [], ["self"], Audience.CITIZEN_EASY),
        (person(Kind.OTHER), [], ["self"], Audience.OTHER),
    ],
)
def test_who_signs_and_on_which_form(
    who: SubjectView, rights: list[RepresentationView], parts: list[str], form: Audience
) -> None:
    found = parts_for(who, rights, TODAY)
    assert [part.key for part in found] == parts
    assert main_audience(found) is form


@pytest.mark.parametrize(
    "rights",
    [
        [],
        [right(Mandate.GUARDIAN_FINANCIAL)],
        [right(Mandate.CO_GUARDIAN)],
        [right(Mandate.GUARDIAN_PERSONAL, covers=False)],
        [right(Mandate.GUARDIAN_PERSONAL, until=TODAY)],
        CUSTODY,
    ],
)
def test_whoever_has_no_right_in_force_cannot_sign_for_an_adult(rights: list[RepresentationView]) -> None:
    with pytest.raises(RuleBroken) as broken:
        parts_for(person(route=Route.SELF_AND_GUARDIAN), rights, TODAY)
    assert broken.value.code == "no_guardian"


def test_nobody_signs_where_nobody_can() -> None:
    with pytest.raises(RuleBroken):
        parts_for(person(route=Route.NONE_POSSIBLE), GUARDIAN, TODAY)


def test_one_parent_is_enough_where_the_organisation_says_so() -> None:
    found = parts_for(person(age=9), CUSTODY, TODAY, one_custody_holder=True)
    assert [part.key for part in found] == ["assent", "custody-a"]


def test_birthdays_are_kept_and_the_day_of_birth_is_not() -> None:
    assert birthdays(date(2014, 5, 3), TODAY) == (date(2029, 5, 3), date(2032, 5, 3))
    assert birthdays(date(2010, 5, 3), TODAY) == (None, date(2028, 5, 3))
    assert birthday(date(2012, 2, 29), 15) == date(2027, 3, 1)
    for born in (TODAY + timedelta(days=1), date(1990, 1, 1), date(2008, 11, 23)):
        with pytest.raises(RuleBroken):
            birthdays(born, TODAY)
    assert birthdays(date(2008, 11, 24), TODAY) == (None, date(2026, 11, 24))


answers = st.dictionaries(st.sampled_from(CHOICES), st.booleans())
offers = st.builds(
    Offered,
    st.frozensets(st.sampled_from([one for one in Channel if one is not Channel.PARTNER]), min_size=1),
    st.frozensets(st.sampled_from(list(MediaKind)), min_size=1),
    name=st.booleans(),
    voice=st.booleans(),
    paid=st.booleans(),
)


@given(offers, st.lists(answers, min_size=1, max_size=4))
def test_one_more_signer_never_opens_more(offered: Offered, said: list[dict[str, bool]]) -> None:
    full = [{key: one.get(key, False) for key in offered.choices} for one in said]
    fewer, more = scopes_of(offered, together(full[:-1] or full)), scopes_of(offered, together(full))
    by_channel = {scope.channel: scope for scope in fewer}
    for scope in more:
        before = by_channel[scope.channel]
        assert scope.media <= before.media and scope.may_name <= before.may_name
        assert scope.may_voice <= before.may_voice and scope.may_be_paid <= before.may_be_paid


@given(offers)
def test_nothing_but_what_was_offered_is_opened(offered: Offered) -> None:
    scopes = scopes_of(offered, dict.fromkeys(CHOICES, True))
    assert {scope.channel for scope in scopes} == offered.channels
    assert all(scope.media == offered.media for scope in scopes)
    assert Offered.from_json(json.loads(json.dumps(offered.to_json()))) == offered


def test_what_is_kept_comes_back_as_it_was() -> None:
    kept = Kept(Given("self", {"photo": True}, EvidenceKind.DRAWN, "Vega", "<svg/>", True), NOW, "youth-1-da")
    assert Kept.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_citizens_have_time_to_think_it_over_and_colleagues_need_none() -> None:
    assert earliest_use(NOW, as_citizen=True, reflection_hours=24) == NOW + timedelta(hours=24)
    assert earliest_use(NOW, as_citizen=False, reflection_hours=24) == NOW


def sent(strokes: object, width: object = 600, height: object = 200) -> str:
    return json.dumps({"width": width, "height": height, "strokes": strokes})


def test_a_drawing_becomes_our_own_picture_of_numbers() -> None:
    svg = signature_svg(sent([[[1, 2], [50.25, 60]], [[700, -5], [10, 10]]]))
    assert '<polyline points="1,2 50.2,60"/><polyline points="600,0 10,10"/>' in svg
    assert signature_svg("") == signature_svg(sent([])) == signature_svg(sent([[[1, 1], [2, 2]]])) == ""


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        "[" * 100_000,
        sent("x"),
        sent([["<script>"]]),
        sent([[[1, "2"]]]),
        sent([[[1, 10**400]]]),
        sent([[[1, True]]]),
        sent([[[1]]]),
        sent([[[1, 2]]], width=10**9),
        sent([[[1, 2]] * 20_000]),
        sent([[[1, 2]]] * 500),
        '{"width": NaN, "height": 100, "strokes": []}',
        "x" * 400_000,
    ],
)
def test_a_drawing_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        signature_svg(text)


@given(st.lists(st.lists(st.tuples(st.floats(), st.floats()), max_size=6), max_size=4))
def test_no_numbers_get_anything_but_numbers_into_the_picture(
    strokes: list[list[tuple[float, float]]],
) -> None:
    try:
        svg = signature_svg(json.dumps({"width": 600, "height": 200, "strokes": strokes}))
    except RuleBroken:
        return
    inside = svg.partition(">")[2].replace("<polyline points=", "").replace("/></svg>", "").replace("/>", "")
    assert set(inside.replace("</svg>", "")) <= set('0123456789., "')
