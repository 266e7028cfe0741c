from __future__ import annotations

import pytest
from sqlmodel import Session

from branding.consent.values.gate import ATTESTATION_LASTS
from branding.core import clock
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.organisation import queries, service
from branding.organisation.values import SHARING_LASTS, Channel, ContactRequest, ProfileRequest
from tests.organisation.factories import COMMUNICATIONS, organisation

INSTAGRAM = ProfileRequest(Channel.INSTAGRAM, "@MitSocial", "Mit social")


def test_professions_come_in_danish_order_without_those_put_away(session: Session) -> None:
    ids = service.ensure_professions(session, COMMUNICATIONS, ["Ærgo", "Pædagog", "SOSU"], now=clock.now())
    service.archive_profession(session, COMMUNICATIONS, ids["SOSU"], now=clock.now())
    assert [found.name for found in queries.professions(session)] == ["Pædagog", "Ærgo"]
    assert len(queries.professions(session, archived=True)) == 3


def test_ensuring_a_profession_finds_it_whatever_the_case_and_takes_it_out_again(session: Session) -> None:
    first = service.ensure_professions(session, COMMUNICATIONS, ["Pædagog"], now=clock.now())
    service.archive_profession(session, COMMUNICATIONS, first["Pædagog"], now=clock.now())
    again = service.ensure_professions(session, COMMUNICATIONS, ["PÆDAGOG", "AC"], now=clock.now())
    assert again["PÆDAGOG"] == first["Pædagog"]
    assert {found.name for found in queries.professions(session)} == {"Pædagog", "AC"}


def test_a_profession_has_one_name_whatever_the_case(session: Session) -> None:
    service.add_profession(session, COMMUNICATIONS, "Ærgo", now=clock.now())
    with pytest.raises(RuleBroken) as error:
        service.add_profession(session, COMMUNICATIONS, " ærgo ", now=clock.now())
    assert error.value.field == "name"


def test_a_profession_is_renamed_and_a_stale_form_is_told(session: Session) -> None:
    found = service.add_profession(session, COMMUNICATIONS, "SOSU", now=clock.now())
    service.rename_profession(session, COMMUNICATIONS, found, "SOSU-assistent", 1, now=clock.now())
    with pytest.raises(Conflict):
        service.rename_profession(session, COMMUNICATIONS, found, "SOSU-hjælper", 1, now=clock.now())


def test_a_profile_keeps_its_name_in_lower_case_with_its_address(session: Session) -> None:
    found = queries.profile_by_id(
        session, service.add_profile(session, COMMUNICATIONS, INSTAGRAM, now=clock.now())
    )
    assert (found.handle, found.url) == ("mitsocial", "https://www.instagram.com/mitsocial/")


def test_a_profile_is_there_once_on_each_channel(session: Session) -> None:
    service.add_profile(session, COMMUNICATIONS, INSTAGRAM, now=clock.now())
    service.add_profile(
        session, COMMUNICATIONS, ProfileRequest(Channel.FACEBOOK, "mitsocial", "Mit"), now=clock.now()
    )
    with pytest.raises(RuleBroken) as error:
        service.add_profile(session, COMMUNICATIONS, INSTAGRAM, now=clock.now())
    assert error.value.field == "handle"


def test_a_profile_is_changed_put_away_and_taken_out(session: Session) -> None:
    found = service.add_profile(session, COMMUNICATIONS, INSTAGRAM, now=clock.now())
    other = ProfileRequest(Channel.INSTAGRAM, "socialmidt", "Social Midt")
    service.change_profile(session, COMMUNICATIONS, found, other, 1, now=clock.now())
    with pytest.raises(Conflict):
        service.change_profile(session, COMMUNICATIONS, found, INSTAGRAM, 1, now=clock.now())
    service.archive_profile(session, COMMUNICATIONS, found, now=clock.now())
    assert queries.profiles(session) == []
    service.restore_profile(session, COMMUNICATIONS, found, now=clock.now())
    assert [profile.handle for profile in queries.profiles(session)] == ["socialmidt"]
    with pytest.raises(Missing):
        queries.profile_by_id(session, 999)


def test_there_is_one_organisation_with_one_contact(session: Session) -> None:
    organisation(session)
    with pytest.raises(RuleBroken):
        organisation(session)
    request = ContactRequest("Region  Prøve", "Kim", "12 34 56 78", "kim@example.dk", 1)
    service.set_contact(session, COMMUNICATIONS, request, now=clock.now())
    found = queries.find_organisation(session)
    assert found is not None
    assert (found.name, found.contact_phone, found.is_demo) == ("Region Prøve", "12 34 56 78", False)
    with pytest.raises(Conflict):
        service.set_contact(session, COMMUNICATIONS, request, now=clock.now())


def test_the_word_on_sharing_lasts_as_long_as_the_gate_says() -> None:
    assert SHARING_LASTS == ATTESTATION_LASTS
