"""From a named host to a closed takeover, on a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.core.actor import Actor, Role
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.outbox.models import OutboxMessage
from branding.rotation import service as rotation
from branding.takeovers import queries
from branding.takeovers.guide import RULES
from branding.takeovers.service import hosts, takeovers, telling, week
from branding.takeovers.values import NameHost, PlanTakeover
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, Letters, status

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
TODAY = NOW.date()


def test_a_takeover_goes_from_planned_to_closed_and_every_step_is_dated(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    week.say_ready(session, factories.as_host(host_id), today=TODAY, now=NOW)
    takeovers.advance(session, today=date(2026, 11, 2), now=NOW)
    assert status(session, takeover_id) == "live"
    takeovers.advance(session, today=date(2026, 11, 9), now=NOW)
    steps = [event.status_after for event in queries.events_of(session, takeover_id)]
    assert steps == ["planned", "host_found", "invited", "accepted", "briefed", "live", "closed"]
    assert all(event.at for event in queries.events_of(session, takeover_id))


def test_a_worker_that_was_down_all_week_still_tells_both_steps(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    assert takeovers.advance(session, today=date(2026, 12, 1), now=NOW) == 1
    assert [e.status_after for e in queries.events_of(session, takeover_id)][-2:] == ["live", "closed"]
    assert takeovers.advance(session, today=date(2026, 12, 1), now=NOW) == 0


def test_a_takeover_without_a_yes_does_not_go_live(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    factories.invited(session, takeover_id, NOW)
    takeovers.advance(session, today=date(2026, 11, 3), now=NOW)
    assert status(session, takeover_id) == "invited"


def test_two_takeovers_on_one_profile_do_not_share_a_day(session: Session) -> None:
    world = factories.world(session, NOW)
    factories.takeover(session, world, NOW, days=3)
    factories.takeover(session, world, NOW, starts_on=date(2026, 11, 5), days=2)
    with pytest.raises(RuleBroken) as refusal:
        factories.takeover(session, world, NOW, starts_on=date(2026, 11, 4), days=2)
    assert refusal.value.code == "profile_taken"


def test_a_cancelled_takeover_gives_its_days_free_and_can_come_back_while_they_are(session: Session) -> None:
    world = factories.world(session, NOW)
    first = factories.takeover(session, world, NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, first, now=NOW)
    second = factories.takeover(session, world, NOW)
    with pytest.raises(RuleBroken):
        takeovers.reopen_takeover(session, COMMUNICATIONS, first, today=TODAY, now=NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, second, now=NOW)
    takeovers.reopen_takeover(session, COMMUNICATIONS, first, today=TODAY, now=NOW)
    assert status(session, first) == "planned"


def test_a_takeover_may_belong_to_a_department_of_the_slots_area_and_to_no_other(session: Session) -> None:
    world = factories.world(session, NOW)
    inside = PlanTakeover(world.slot, world.department, date(2026, 11, 2), date(2026, 11, 4))
    takeovers.plan_takeover(session, COMMUNICATIONS, inside, now=NOW)
    outside = PlanTakeover(world.slot, world.other_area, date(2026, 11, 5), date(2026, 11, 6))
    with pytest.raises(RuleBroken) as refusal:
        takeovers.plan_takeover(session, COMMUNICATIONS, outside, now=NOW)
    assert refusal.value.field == "unit_id"


def test_the_link_opens_this_takeover_only_and_only_its_hash_is_kept(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    host_id, token = factories.invited(session, takeover_id, NOW)
    actor = queries.find_host_actor(session, token, TODAY)
    assert actor is not None
    assert (actor.kind, actor.id, actor.roles) == ("host", host_id, frozenset({Role.HOST}))
    assert queries.find_host_actor(session, token + "x", TODAY) is None
    found = queries.find_link(session, token)
    assert found is not None and token not in found[0].token_hash


def test_a_new_invitation_closes_the_link_before_it(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, first = factories.invited(session, takeover_id, NOW)
    letters = Letters()
    hosts.invite_host(session, COMMUNICATIONS, host_id, letters.invitation, today=TODAY, now=NOW)
    assert queries.find_host_actor(session, first, TODAY) is None
    assert queries.find_host_actor(session, letters.tokens[0], TODAY) is not None


def test_a_link_that_is_taken_back_opens_nothing_and_its_mail_does_not_leave(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, token = factories.invited(session, takeover_id, NOW)
    hosts.revoke_link(session, COMMUNICATIONS, host_id, now=NOW)
    assert queries.find_host_actor(session, token, TODAY) is None
    mail = session.exec(select(OutboxMessage)).one()
    session.refresh(mail)
    assert (mail.status, mail.body) == ("cancelled", "")


def test_a_new_address_takes_the_old_link_back(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, token = factories.invited(session, takeover_id, NOW)
    request = NameHost("Anna Prøve", "anna.ny@example.dk", version=1)
    hosts.change_host(session, COMMUNICATIONS, host_id, request, today=TODAY, now=NOW)
    assert queries.find_host_actor(session, token, TODAY) is None
    assert status(session, takeover_id) == "host_found"


def test_the_rules_are_accepted_line_by_line_with_version_and_date(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    me, keys = factories.as_host(host_id), {rule.key for rule in RULES}
    for missing in keys:
        with pytest.raises(RuleBroken):
            week.accept_rules(session, me, keys - {missing}, today=TODAY, now=NOW)
    week.accept_rules(session, me, keys, today=TODAY, now=NOW)
    week.accept_rules(session, me, keys, today=TODAY, now=NOW + timedelta(hours=1))
    rows = queries.acceptances_of(session, host_id)
    assert {(row.rule_key, row.rule_version, row.accepted_at) for row in rows} == {
        (rule.key, rule.version, NOW) for rule in RULES
    }


def test_a_host_can_say_no_and_change_their_mind(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, token = factories.invited(session, takeover_id, NOW)
    week.decline(session, factories.as_host(host_id), today=TODAY, now=NOW)
    assert status(session, takeover_id) == "planned"
    assert queries.find_host_actor(session, token, TODAY) is not None
    factories.accepted(session, host_id, NOW)
    assert status(session, takeover_id) == "accepted"


def test_nobody_is_briefed_before_a_yes(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    with pytest.raises(RuleBroken):
        hosts.mark_briefed(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    with pytest.raises(RuleBroken):
        week.say_ready(session, factories.as_host(host_id), today=TODAY, now=NOW)


def test_a_removed_host_is_shut_out_at_once_and_can_be_put_back(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, token = factories.invited(session, takeover_id, NOW)
    factories.delivered(session)
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert queries.find_host_actor(session, token, TODAY) is None
    assert status(session, takeover_id) == "planned"
    hosts.restore_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert queries.find_host_actor(session, token, TODAY) is not None
    assert status(session, takeover_id) == "invited"


def test_the_same_person_is_a_host_once(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    again = NameHost("Anna", "ANNA@example.dk")
    with pytest.raises(RuleBroken) as refusal:
        hosts.name_host(session, COMMUNICATIONS, takeover_id, again, today=TODAY, now=NOW)
    assert refusal.value.field == "email"
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert hosts.name_host(session, COMMUNICATIONS, takeover_id, again, today=TODAY, now=NOW) == host_id


def test_nothing_changes_on_a_takeover_that_has_ended(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    with pytest.raises(RuleBroken):
        factories.invited(session, takeover_id, NOW)
    with pytest.raises(RuleBroken):
        takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)


def test_a_coordinator_of_another_unit_finds_nothing(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    stranger = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({world.other_area}))
    own = Actor(
        "user", 3, roles=frozenset({Role.COORDINATOR}), units=frozenset({world.area, world.department})
    )
    request = NameHost("Bo", "bo@example.dk")
    with pytest.raises(Missing):
        hosts.name_host(session, stranger, takeover_id, request, today=TODAY, now=NOW)
    hosts.name_host(session, own, takeover_id, request, today=TODAY, now=NOW)
    reader = Actor("user", 4, roles=frozenset({Role.READER}))
    with pytest.raises(NotAllowed):
        takeovers.cancel_takeover(session, reader, takeover_id, now=NOW)


def tell(session: Session, minutes: int) -> list[str]:
    """Run the sweep some minutes after NOW; returns the subjects it put in the outbox."""
    letters = Letters()
    before = set(session.exec(select(OutboxMessage.id)))
    wording = telling.Letters(letters.moved, letters.called_off)
    telling.tell_hosts(session, wording, now=NOW + timedelta(minutes=minutes))
    return [m.subject for m in session.exec(select(OutboxMessage)) if m.id not in before]


def test_hosts_hear_of_a_cancellation_ten_minutes_later_and_of_its_undo_never(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    factories.invited(session, takeover_id, NOW)
    factories.delivered(session)
    assert tell(session, 60) == []
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    assert tell(session, 9) == []
    takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=TODAY, now=NOW)
    assert tell(session, 60) == []
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    assert tell(session, 10) == ["Aflyst"]
    assert tell(session, 60) == []
    takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=TODAY, now=NOW)
    assert tell(session, 70) == ["Flyttet"]


def test_a_removed_host_is_told_and_one_who_was_never_invited_is_not(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.delivered(session)
    quiet = hosts.name_host(
        session, COMMUNICATIONS, takeover_id, NameHost("Bo", "bo@example.dk"), today=TODAY, now=NOW
    )
    for one in (host_id, quiet):
        hosts.remove_host(session, COMMUNICATIONS, one, today=TODAY, now=NOW)
    assert tell(session, 15) == ["Aflyst"]


def test_a_host_who_was_just_removed_hears_of_it_ten_minutes_later_too(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW - timedelta(days=3))
    host_id, _ = factories.invited(session, takeover_id, NOW - timedelta(days=3))
    factories.delivered(session)
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert tell(session, 9) == []
    hosts.restore_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert tell(session, 60) == []
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    sent = session.exec(select(OutboxMessage)).all()
    assert [mail.subject for mail in sent] == ["Invitation"]
    assert tell(session, 10) == ["Aflyst"]


def test_an_invitation_that_never_left_is_as_if_it_was_never_sent(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert tell(session, 60) == []  # who never heard of it is not told that it is off
    hosts.restore_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert status(session, takeover_id) == "host_found"
    assert queries.host_view(session, host_id).invited_at is None
    assert tell(session, 60) == []


def test_a_second_invitation_that_never_left_does_not_undo_the_first(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.delivered(session)
    hosts.invite_host(session, COMMUNICATIONS, host_id, Letters().invitation, today=TODAY, now=NOW)
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert tell(session, 60) == ["Aflyst"]


def test_somebody_who_is_named_again_begins_anew(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, token = factories.invited(session, takeover_id, NOW)
    factories.delivered(session)
    factories.accepted(session, host_id, NOW)
    hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=NOW)
    assert tell(session, 10) == ["Aflyst"]
    again = NameHost("Anna", "anna@example.dk")
    hosts.name_host(session, COMMUNICATIONS, takeover_id, again, today=TODAY, now=NOW)
    assert status(session, takeover_id) == "host_found"
    assert queries.find_host_actor(session, token, TODAY) is None
    assert tell(session, 60) == []


def test_nobody_says_no_by_the_link_when_the_week_has_begun(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    takeovers.advance(session, today=date(2026, 11, 2), now=NOW)
    with pytest.raises(RuleBroken) as refusal:
        week.decline(session, factories.as_host(host_id), today=date(2026, 11, 3), now=NOW)
    assert refusal.value.code == "has_begun"
    assert status(session, takeover_id) == "live"


def test_the_second_of_two_who_edit_a_host_sees_both_versions(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    version = queries.host_view(session, host_id).version
    first = NameHost("Anna Prøve", "anna@example.dk", "11 11 11 11", version=version)
    hosts.change_host(session, COMMUNICATIONS, host_id, first, today=TODAY, now=NOW)
    second = NameHost("Anna Prøve", "anna@example.dk", "22 22 22 22", version=version)
    with pytest.raises(Conflict) as clash:
        hosts.change_host(session, COMMUNICATIONS, host_id, second, today=TODAY, now=NOW)
    assert "22 22 22 22" in [value for _, value in clash.value.mine]
    assert "11 11 11 11" in [value for _, value in clash.value.theirs]
    assert queries.host_view(session, host_id).phone == "11 11 11 11"


def test_a_slot_that_is_cancelled_takes_no_takeover_neither_new_nor_back(session: Session) -> None:
    world = factories.world(session, NOW)
    takeover_id = factories.takeover(session, world, NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    rotation.remove_slot(session, COMMUNICATIONS, world.slot, now=NOW)
    with pytest.raises(RuleBroken) as refusal:
        factories.takeover(session, world, NOW)
    assert refusal.value.code == "slot_cancelled"
    with pytest.raises(RuleBroken):
        takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=TODAY, now=NOW)
    assert status(session, takeover_id) == "cancelled"


def test_a_host_who_is_taken_off_and_put_back_again_and_again_hears_every_time(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.invited(session, takeover_id, NOW, email="bo@example.dk")
    factories.delivered(session)
    for minutes in (20, 60):
        moment = NOW + timedelta(minutes=minutes - 10)
        hosts.remove_host(session, COMMUNICATIONS, host_id, today=TODAY, now=moment)
        assert tell(session, minutes) == ["Aflyst"]
        hosts.restore_host(session, COMMUNICATIONS, host_id, today=TODAY, now=moment)
        assert tell(session, minutes + 1) == ["Flyttet"]


def test_an_invitation_to_a_takeover_that_is_called_off_does_not_leave(session: Session) -> None:
    takeover_id = factories.takeover(session, factories.world(session, NOW), NOW)
    factories.invited(session, takeover_id, NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    session.expire_all()
    assert [mail.status for mail in session.exec(select(OutboxMessage))] == ["cancelled"]
    assert tell(session, 60) == []
    takeovers.reopen_takeover(session, COMMUNICATIONS, takeover_id, today=TODAY, now=NOW)
    assert status(session, takeover_id) == "host_found"
