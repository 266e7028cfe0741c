"""What is due: once, moved with the plan, ended with its reason, dropped when it is too late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from branding.core import clock
from branding.outbox.values import Via
from branding.reminders.rules.bundling import bundles
from branding.reminders.rules.due import due_reminders, is_stale, overtaken, planned
from branding.reminders.rules.holding import holds
from branding.reminders.values.choosing import Again, Mode, Outcome, Reason, SentView
from branding.reminders.values.reminding import Directory, Facts, Occasion, Reminder, Rule
from branding.reminders.values.triggers import Audience, Counted, Trigger
from tests.reminders.factories import HOST, KAREN, KLAUS, LONG_AGO, PEOPLE, SOH, at, facts, occasion, rule

NOON = "2022-09-19 12:00"


def due(found: Facts, moment: str = NOON) -> list[Reminder]:
    return list(due_reminders(found, at(moment)))


def told(found: Facts, moment: str = NOON) -> list[str]:
    return [one.to.ref for one in due(found, moment) if not is_stale(one, at(moment))]


def after(found: Facts, moment: str) -> Facts:
    """The same facts once everything due has been told."""
    said = dict(found.told)
    for one in due(found, moment):
        said[one.base_key] = (*said.get(one.base_key, ()), one.for_on)
    return replace(found, told=said)


def test_it_is_told_at_its_minute_and_not_before_and_never_twice() -> None:
    found = facts(rule(), occasion())
    assert told(found, "2022-09-19 07:45") == []
    assert told(found, "2022-09-19 08:00") == ["user:2"]
    assert told(after(found, "2022-09-19 08:00"), "2022-09-19 08:15") == []
    assert told(after(found, "2022-09-19 08:00"), "2022-09-20 08:00") == []


def test_it_moves_when_the_plan_moves_and_ends_when_the_reason_is_gone() -> None:
    later = facts(rule(), occasion(day="2022-10-24"))
    assert told(later) == [] and told(later, "2022-09-26 08:00") == ["user:2"]
    assert told(facts(rule()), "2022-09-26 08:00") == []


def test_a_week_that_is_moved_a_little_after_it_was_told_is_not_told_again_and_one_far_away_is() -> None:
    said = after(facts(rule(), occasion()), NOON).told
    near = facts(rule(), occasion(day="2022-10-21"), told=said)
    far = facts(rule(), occasion(day="2022-11-14"), told=said)
    assert told(near, "2022-09-23 08:00") == [] and told(far, "2022-10-17 08:00") == ["user:2"]
    assert due(far, "2022-10-17 08:00")[0].key.endswith(":1"), "the second time"


def test_the_first_post_is_told_for_each_day_that_it_is_moved_to() -> None:
    first = rule(1, Trigger.FIRST_POST, 0, at=time(7, 30), audiences=(Audience.HOST,))
    monday = facts(first, occasion(Trigger.FIRST_POST))
    said = after(monday, "2022-10-17 07:30").told
    moved = facts(first, occasion(Trigger.FIRST_POST, "2022-10-19"), told=said)
    assert told(monday, "2022-10-17 07:30") == ["host:5"] == told(moved, "2022-10-19 07:30")


def test_what_comes_too_late_is_dropped_once_and_after_some_days_not_even_noted() -> None:
    found = facts(rule(1, Trigger.INVITED, 3, audiences=(Audience.HOST,)), occasion(Trigger.INVITED))
    late = due(found, "2022-10-22 09:00")
    assert len(late) == 1 and not is_stale(late[0], at("2022-10-22 07:30"))
    assert is_stale(late[0], at("2022-10-23 09:00"))
    assert due(found, "2022-11-05 09:00") == []


def test_no_host_is_told_late_too_but_in_the_morning() -> None:
    found = facts(rule(stale_hours=600), occasion())
    assert told(found, "2022-09-22 15:00") == []
    assert told(found, "2022-09-23 07:30") == ["user:2"]
    assert told(found, "2022-09-24 07:30") == [], "not on a Saturday"


def test_of_two_rules_that_have_waited_the_later_one_speaks() -> None:
    found = facts(rule(1, stale_hours=900), rule(2, offset=-14, stale_hours=900), occasion())
    both = due(found, "2022-10-04 07:30")
    assert [one.rule.id for one in both if one.key not in overtaken(both)] == [2]


def test_a_rule_does_not_reach_back_behind_the_day_it_was_made() -> None:
    new = replace(rule(1, Trigger.INVITED, 3), made_at=at("2022-10-20 10:00"))
    assert due(facts(new, occasion(Trigger.INVITED)), "2022-10-20 10:15") == []
    old = replace(new, made_at=LONG_AGO)
    assert len(due(facts(old, occasion(Trigger.INVITED)), "2022-10-20 10:15")) == 1


def test_where_no_coordinator_is_communications_is_told() -> None:
    alone = Directory({"user:1": KAREN}, {SOH: SOH, 11: SOH})
    assert told(facts(rule(), occasion(), directory=alone)) == ["user:1"]


def test_a_host_whose_link_was_taken_back_is_told_nothing() -> None:
    people = {**PEOPLE, "host:5": replace(HOST, is_reachable=False)}
    of_host = rule(1, audiences=(Audience.HOST,))
    found = facts(of_host, occasion(), directory=Directory(people, {11: SOH}))
    assert told(found) == [] and told(facts(of_host, occasion())) == ["host:5"]


def test_nobody_reviews_a_post_of_ones_own() -> None:
    waits = occasion(
        Trigger.DRAFT_WAITS, "2022-09-19", at=at("2022-09-19 08:00"), people={Audience.AUTHOR: ("user:2",)}
    )
    six = rule(1, Trigger.DRAFT_WAITS, 2, counted=Counted.HOURS, audiences=(Audience.REVIEWER,))
    assert told(facts(six, waits)) == ["user:1"]


def test_not_me_goes_to_whom_was_named_or_to_communications() -> None:
    passed = {(Trigger.NO_HOST, "takeover:5", "user:2"): ""}
    assert told(facts(rule(), occasion(), passed=passed)) == ["user:1"]
    third = replace(KLAUS, ref="user:9")
    directory = Directory({**PEOPLE, "user:9": replace(third, areas=frozenset())}, {11: SOH})
    passed = {(Trigger.NO_HOST, "takeover:5", "user:2"): "user:9"}
    assert told(facts(rule(), occasion(), passed=passed, directory=directory)) == ["user:9"]


def test_put_off_comes_back_once_and_holds_other_rules_about_it_back_meanwhile() -> None:
    again = Again(1, 1, "takeover:5", "user:2", at("2022-09-22 07:30"))
    found = replace(after(facts(rule(), occasion()), NOON), again=(again,))
    assert told(found, "2022-09-21 12:00") == []
    assert told(found, "2022-09-22 07:30") == ["user:2"]
    assert told(after(found, "2022-09-22 07:30"), "2022-09-22 07:45") == []
    gone = replace(found, occasions={})
    assert told(gone, "2022-09-22 07:30") == [], "it was done meanwhile"


def test_choices_hold_for_what_is_optional_and_never_for_duties() -> None:
    off = {("user:2", 1): Mode.OFF}
    (optional,) = due(facts(rule(), occasion(), modes=off))
    duty = rule(1, Trigger.TAKEDOWN, 0)
    (must,) = due(facts(duty, occasion(Trigger.TAKEDOWN, "2022-09-19"), modes=off))
    assert optional.mode is Mode.OFF and must.mode is Mode.MAIL


def test_a_text_message_needs_a_telephone_and_teams_is_told_once() -> None:
    by_sms = rule(1, channels=(Via.SMS, Via.TEAMS), audiences=(Audience.HOST, Audience.COORDINATOR))
    ways = [(one.to.ref, one.via) for one in due(facts(by_sms, occasion()))]
    assert ways == [("host:5", Via.SMS), ("user:2", Via.MAIL), ("teams", Via.TEAMS)]


def test_one_morning_is_one_mail_and_consents_of_a_unit_are_one_line() -> None:
    ends = [occasion(Trigger.CONSENT_ENDS, key=f"consent:{n}") for n in range(3)]
    found = facts(rule(), rule(2, Trigger.CONSENT_ENDS, -28), occasion(), *ends)
    (letter,) = bundles(due(found))
    assert [line.count for line in letter.lines] == [1, 3]


def test_looking_ahead_shows_the_same_as_what_is_sent_when_the_time_comes() -> None:
    found = facts(
        rule(1), rule(2, offset=-14), rule(3, Trigger.GUIDE, -7), occasion(), occasion(Trigger.GUIDE)
    )
    ahead = planned(found, at("2022-09-01 00:00"), at("2022-11-01 00:00"))
    sent, moment = list[Reminder](), at("2022-09-01 00:00")
    while moment < at("2022-11-01 00:00"):
        now = clock.local(moment).strftime("%Y-%m-%d %H:%M")
        sent += due(found, now)
        found, moment = after(found, now), moment + timedelta(hours=1)
    assert [one.key for one in sent] == [one.key for one in ahead] and len(sent) == 3


def test_a_takeovers_days_do_not_make_weekends_working_days_for_staff() -> None:
    days = (date(2022, 10, 15), date(2022, 10, 16))
    found = facts(rule(1, Trigger.FIRST_POST, 0), occasion(Trigger.FIRST_POST, "2022-10-15", days=days))
    assert told(found, "2022-10-16 12:00") == [] and told(found, "2022-10-17 07:30") == ["user:2"]


@pytest.mark.parametrize("found_at", ["2022-09-19 21:15", "2022-09-20 05:45", "2022-09-24 10:00"])
def test_what_is_found_at_night_or_on_a_weekend_waits_as_what_falls_there_does(found_at: str) -> None:
    """A host who says no at nine in the evening wakes nobody: the moment passed, and the night is quiet."""
    said_no = facts(rule(stale_hours=600), occasion())
    unanswered = facts(
        rule(1, Trigger.INVITED, -1, stale_hours=600), occasion(Trigger.INVITED, found_at[:10], days=None)
    )
    assert told(said_no, found_at) == [] == told(unanswered, found_at)
    assert told(said_no, "2022-09-26 07:30") == ["user:2"]


def test_not_me_is_followed_until_somebody_keeps_it_and_never_ends_with_nobody() -> None:
    colleague = replace(KLAUS, ref="user:9", areas=frozenset())
    both = Directory({**PEOPLE, "user:9": colleague}, {11: SOH})
    passed = {(Trigger.NO_HOST, "takeover:5", who): "" for who in ("user:9", "user:1")}
    passed[Trigger.NO_HOST, "takeover:5", "user:2"] = "user:9"
    assert told(facts(rule(), occasion(), passed=passed, directory=both)) == ["user:1"], "all have passed it"
    del passed[Trigger.NO_HOST, "takeover:5", "user:9"]
    assert told(facts(rule(), occasion(), passed=passed, directory=both)) == ["user:9"]
    assert told(facts(rule(), occasion(), passed=passed)) == ["user:1"], "whoever was named has left"
    circle = {(Trigger.NO_HOST, "takeover:5", "user:2"): "user:2"}
    assert told(facts(rule(), occasion(), passed=circle)) == ["user:1"]


def test_nothing_is_kept_for_a_mondays_letter_that_does_not_come_or_comes_too_late() -> None:
    week = rule(8, Trigger.WEEK, 0, audiences=(Audience.COMMUNICATIONS,))
    for_all = replace(week, asked=replace(week.asked, audiences=(Audience.COORDINATOR,)))
    modes = {("user:2", 1): Mode.DIGEST}

    def mode(*things: Rule | Occasion, chosen: Mapping[tuple[str, int], Mode] = modes) -> Mode:
        return due(facts(*things, modes=chosen))[0].mode

    assert mode(rule(), occasion()) is Mode.MAIL, "there is no such letter"
    assert mode(rule(), week, occasion()) is Mode.MAIL, "it goes to others"
    assert mode(rule(), for_all, occasion()) is Mode.DIGEST
    assert mode(rule(), for_all, occasion(), chosen={**modes, ("user:2", 8): Mode.OFF}) is Mode.MAIL
    today = occasion(Trigger.NO_POST, "2022-09-19")
    assert mode(rule(1, Trigger.NO_POST, 0), for_all, today) is Mode.MAIL, "on Monday it is over"


def test_a_mail_that_has_not_left_holds_as_long_as_the_rule_says_it_to_this_person_for_this_day() -> None:
    sent = SentView(
        1, 1, "no_host", "takeover:5", "user:2", "mail", at(NOON), at(NOON), Outcome.SENT, Reason.NONE,
        11, "reminder:1:", date(2022, 9, 19), is_again=False,
    )  # fmt: skip
    assert holds(sent, facts(rule(), occasion()))
    for gone in (
        facts(rule()),
        facts(occasion()),
        facts(rule(is_on=False), occasion()),
        facts(rule(), occasion(day="2022-10-24")),
        facts(rule(audiences=(Audience.COMMUNICATIONS,)), occasion()),
        facts(rule(), occasion(), passed={(Trigger.NO_HOST, "takeover:5", "user:2"): ""}),
    ):
        assert not holds(sent, gone)
    again = replace(sent, is_again=True)
    assert holds(again, facts(rule(), occasion(day="2022-10-24"))) and not holds(again, facts(rule()))


def test_a_later_rule_that_somebody_has_turned_off_takes_no_earlier_ones_place() -> None:
    found = facts(rule(1, stale_hours=900), rule(2, offset=-14, stale_hours=900), occasion())
    both = due(replace(found, modes={("user:2", 2): Mode.OFF}), "2022-10-04 07:30")
    assert not overtaken(one for one in both if one.mode is Mode.MAIL)
