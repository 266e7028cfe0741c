"""Sets of hashtags: whose they are, where they are offered, and who keeps them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from branding.core.actor import SYSTEM, Actor, Role
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.drafts.queries.hashtags import all_sets, set_by_id, sets_for
from branding.drafts.service import hashtags
from branding.drafts.values.hashtags import NewSet
from branding.organisation import service as organisation
from branding.organisation.values import Channel, ProfileRequest
from tests.drafts import factories as f
from tests.support.client import InspectingClient

SignIn = Callable[..., int]


def _add(session: Session, name: str, now: datetime, tags: str = "#MitSocial", **scope: int) -> int:
    return hashtags.add_set(session, f.COMMUNICATIONS, NewSet(name, tags, **scope), now=now)


def test_a_set_is_offered_where_nothing_in_it_says_no(session: Session, on: f.Stage, now: datetime) -> None:
    other = organisation.add_profile(
        session, SYSTEM, ProfileRequest(Channel.INSTAGRAM, "andet", "Andet"), now=now
    )
    nurse = organisation.add_profession(session, SYSTEM, "Sygeplejerske", now=now)
    teacher = organisation.add_profession(session, SYSTEM, "Pædagog", now=now)
    _add(session, "Alle", now)
    _add(session, "Profilen", now, profile_id=on.world.profile)
    _add(session, "Anden profil", now, profile_id=other)
    _add(session, "Området", now, unit_id=on.world.area)
    _add(session, "Afdelingen", now, unit_id=on.world.department)
    _add(session, "Andet område", now, unit_id=on.world.other_area)
    _add(session, "Sygeplejersker", now, profession_id=nurse)
    gone = _add(session, "Gemt væk", now)
    hashtags.put_away(session, f.COMMUNICATIONS, gone, now=now)

    def offered(unit_id: int, profession_id: int | None = None) -> set[str]:
        return {one.name for one in sets_for(session, on.world.profile, unit_id, profession_id)}

    everywhere = {"Alle", "Profilen"}
    assert offered(on.world.area) == everywhere | {"Området"}
    assert offered(on.world.department) == everywhere | {"Området", "Afdelingen"}
    assert offered(on.world.other_area, teacher) == everywhere | {"Andet område"}
    assert offered(on.world.area, nurse) == everywhere | {"Området", "Sygeplejersker"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("#Et #To", "#Et #To"),
        ("Et, to;tre", "#Et #to #tre"),
        (" ##Et  #Et ", "#Et"),
        ("#pædagog #2026Året", "#pædagog #2026Året"),
    ],
)
def test_hashtags_are_taken_as_people_write_them(
    session: Session, on: f.Stage, now: datetime, written: str, kept: str
) -> None:
    assert set_by_id(session, _add(session, "Sæt", now, written)).text == kept


@pytest.mark.parametrize(
    ("name", "tags", "field"),
    [
        ("", "#Et", "name"),
        ("x" * 81, "#Et", "name"),
        ("Sæt", "", "tags"),
        ("Sæt", "#et-to", "tags"),
        ("Sæt", "#123", "tags"),
        ("Sæt", " ".join(f"#tag{n}" for n in range(31)), "tags"),
    ],
)
def test_what_is_no_hashtag_is_refused_at_its_field(
    session: Session, on: f.Stage, now: datetime, name: str, tags: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        _add(session, name, now, tags)
    assert refused.value.field == field and all_sets(session, archived=True) == []


def test_two_sets_are_not_called_the_same(session: Session, on: f.Stage, now: datetime) -> None:
    first = _add(session, "Fast", now)
    second = _add(session, "Løs", now)
    with pytest.raises(RuleBroken) as refused:
        _add(session, "Fast", now)
    assert refused.value.field == "name"
    with pytest.raises(RuleBroken):
        hashtags.change_set(session, f.COMMUNICATIONS, second, NewSet("Fast", "#Et"), 1, now=now)
    assert set_by_id(session, first).name == "Fast" and set_by_id(session, second).name == "Løs"


def test_a_coordinator_keeps_the_own_units_sets_only(session: Session, on: f.Stage, now: datetime) -> None:
    own = NewSet("Vores", "#Et", unit_id=on.world.area)
    set_id = hashtags.add_set(session, on.coordinator, own, now=now)
    for new in (NewSet("Alle", "#Et"), NewSet("Andre", "#Et", unit_id=on.world.other_area)):
        with pytest.raises(Missing):
            hashtags.add_set(session, on.coordinator, new, now=now)
        with pytest.raises(Missing):
            hashtags.change_set(session, on.coordinator, set_id, new, 1, now=now)
    foreign = _add(session, "Fælles", now)
    with pytest.raises(Missing):
        hashtags.put_away(session, on.coordinator, foreign, now=now)
    for actor in (on.host, Actor("user", 9, roles=frozenset({Role.READER}))):
        with pytest.raises(NotAllowed):
            hashtags.put_away(session, actor, set_id, now=now)


def test_the_second_of_two_editors_sees_both(session: Session, on: f.Stage, now: datetime) -> None:
    set_id = _add(session, "Fast", now, "#Et")
    hashtags.change_set(session, f.COMMUNICATIONS, set_id, NewSet("Fast", "#To"), 1, now=now)
    with pytest.raises(Conflict) as refused:
        hashtags.change_set(session, f.COMMUNICATIONS, set_id, NewSet("Fast", "#Tre"), 1, now=now)
    assert [value for _, value in refused.value.mine][1] == "#Tre"
    assert [value for _, value in refused.value.theirs][1] == "#To"


def test_sets_are_made_changed_put_away_and_brought_back_on_the_pages(
    session: Session, on: f.Stage, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    sign_in("coordinator", on.world.area)
    assert "Ingen sæt endnu" in client.page("/hashtags").text()
    page = client.page("/hashtags/new")
    fields = {**page.fields(), "name": "Vores", "tags": "MitSocial GodtArbejde"}
    assert fields["unit_id"] == str(on.world.area)
    after = client.send("/hashtags/new", fields)
    assert "#MitSocial #GodtArbejde" in after.text()
    page = client.page("/hashtags/1")
    assert "#GodtArbejde" in client.send("/hashtags/1", {**page.fields(), "tags": "#GodtArbejde"}).text()
    away = client.send("/hashtags/1/put-away", page.fields("/put-away"))
    assert "1 sæt er lagt væk" in away.text()
    back = client.send("/hashtags/1/bring-back", away.fields("/bring-back"))
    assert "lagt væk" not in back.text()
    refused = client.post("/hashtags/new", data={**fields, "tags": "ikke-en"})
    assert refused.status_code == 400 and "Skriv hashtags med kun bogstaver" in refused.get_data(as_text=True)


def test_somebody_elses_set_is_seen_and_not_opened(
    session: Session, on: f.Stage, now: datetime, client: InspectingClient, sign_in: SignIn
) -> None:
    _add(session, "Fælles", now)
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.page("/hashtags")
    assert "Fælles" in page.text() and "/hashtags/1" not in page.links().values()
    assert client.get("/hashtags/1").status_code == 404
    assert client.post("/hashtags/1/put-away").status_code == 404
