from __future__ import annotations

import pytest
from sqlmodel import Session, select

from branding.accounts import queries, service
from branding.accounts.values import Grant, PersonRequest
from branding.audit.models import AuditEntry
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.core.errors import Conflict, NotAllowed, RuleBroken
from tests.accounts.factories import EMAIL, Letterbox, admin, person
from tests.support.client import InspectingClient

READER = frozenset({Grant(Role.READER)})
BOTH = frozenset({Grant(Role.READER), Grant(Role.DPO)})


def change(session: Session, actor: Actor, user_id: int, request: PersonRequest, version: int = 1) -> None:
    service.change_person(session, actor, user_id, request, version, now=clock.now())


def test_roles_are_given_and_taken_with_an_entry_in_the_log(session: Session) -> None:
    actor, user_id = admin(session), person(session)
    change(session, actor, user_id, PersonRequest("Anna Prøve", EMAIL, BOTH))
    assert queries.person(session, user_id).roles == {Role.READER, Role.DPO}
    entry = session.exec(select(AuditEntry).where(AuditEntry.tag == "accounts:user:changed")).one()
    assert list(entry.marks) == ["roles"]
    change(session, actor, user_id, PersonRequest("Anna Prøve", EMAIL, READER), 2)
    assert queries.person(session, user_id).grants == READER


def test_the_second_of_two_administrators_sees_both_versions(session: Session) -> None:
    actor, user_id = admin(session), person(session)
    change(session, actor, user_id, PersonRequest("Anna Andersen", EMAIL, READER))
    with pytest.raises(Conflict) as error:
        change(session, actor, user_id, PersonRequest("Anna Prøve", EMAIL, BOTH))
    assert [str(value) for _, value in error.value.mine] == ["Anna Prøve", EMAIL, "yes", "yes"]
    assert [str(value) for _, value in error.value.theirs] == ["Anna Andersen", EMAIL, "yes", "no"]


def test_the_last_administrator_stays_one(session: Session) -> None:
    actor = admin(session)
    request = PersonRequest("Adam Admin", "admin@example.dk", READER)
    with pytest.raises(RuleBroken) as error:
        change(session, actor, actor.id or 0, request)
    assert error.value.code == "last_admin"
    with pytest.raises(RuleBroken):
        service.deactivate(session, actor, actor.id or 0, now=clock.now())


def test_an_invited_or_deactivated_administrator_does_not_count(session: Session) -> None:
    actor, second = admin(session), admin(session, "to@example.dk")
    invitation = PersonRequest("Cara", "cara@example.dk", frozenset({Grant(Role.ADMIN)}))
    service.invite(session, actor, invitation, Letterbox(), now=clock.now())
    service.deactivate(session, actor, second.id or 0, now=clock.now())
    with pytest.raises(RuleBroken):
        service.deactivate(session, actor, actor.id or 0, now=clock.now())


def test_one_of_two_administrators_may_step_down(session: Session) -> None:
    actor, second = admin(session), admin(session, "to@example.dk")
    change(session, actor, second.id or 0, PersonRequest("Eva", "to@example.dk", READER))
    assert queries.person(session, second.id or 0).roles == {Role.READER}


def test_a_deactivated_person_is_out_at_the_next_click(client: InspectingClient, session: Session) -> None:
    actor, user_id = admin(session), person(session)
    token = service.open_session(session, user_id, device="", now=clock.now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    assert client.get("/account").status_code == 200
    service.deactivate(session, actor, user_id, now=clock.now())
    session.commit()
    assert client.get("/account").status_code == 303
    service.reactivate(session, actor, user_id, now=clock.now())
    session.commit()
    assert client.get("/account").status_code == 303, "the old sign-in stays ended"


def test_a_role_that_is_taken_away_is_gone_at_the_next_click(
    client: InspectingClient, session: Session
) -> None:
    first, second = admin(session), admin(session, "to@example.dk")
    token = service.open_session(session, second.id or 0, device="", now=clock.now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    assert client.get("/people").status_code == 200
    change(session, first, second.id or 0, PersonRequest("Eva", "to@example.dk", READER))
    session.commit()
    assert client.get("/people").status_code == 403


def test_a_new_address_kills_the_links_in_the_old_mailbox(session: Session) -> None:
    actor, user_id, letters = admin(session), person(session), Letterbox()
    service.ask_for_link(session, EMAIL, letters, now=clock.now())
    change(session, actor, user_id, PersonRequest("Anna", "ny@example.dk", READER))
    assert queries.find_link(session, letters.tokens[0], clock.now()) is None


def test_an_address_belongs_to_one_person(session: Session) -> None:
    actor, user_id = admin(session), person(session)
    with pytest.raises(RuleBroken) as error:
        change(session, actor, user_id, PersonRequest("Anna", " ADMIN@example.dk", READER))
    assert error.value.field == "email"
    assert queries.person(session, user_id).email == EMAIL


def test_people_are_listed_in_danish_order(session: Session) -> None:
    for name in ("Åse", "Zenia", "Aage", "Ærø", "Bo"):
        person(session, name=name, email=f"{len(name)}{ord(name[0])}@example.dk", password=None)
    assert [found.name for found in queries.people(session)] == ["Bo", "Zenia", "Ærø", "Aage", "Åse"]


def test_names_for_timelines_include_those_who_left(session: Session) -> None:
    actor, user_id = admin(session), person(session)
    service.deactivate(session, actor, user_id, now=clock.now())
    assert queries.people_names(session, [user_id, 999]) == {user_id: "Anna Prøve"}
    assert queries.people_names(session, []) == {}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.HOST)])
def test_only_administrators_manage_people(session: Session, role: Role) -> None:
    user_id = person(session)
    actor = Actor("user", 999, roles=frozenset({role}))
    for act in (service.deactivate, service.reactivate, service.end_sign_ins, service.withdraw_invitation):
        with pytest.raises(NotAllowed):
            act(session, actor, user_id, now=clock.now())
