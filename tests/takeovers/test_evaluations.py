"""Hosts are thanked, say once how it went, and their advice reaches the next one; on a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from branding.core.actor import Actor, Role
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.takeovers import queries
from branding.takeovers.models import Evaluation
from branding.takeovers.service import evaluations, hosts, takeovers, week
from branding.takeovers.values import Evaluate, Recommend
from tests.takeovers import factories
from tests.takeovers.factories import COMMUNICATIONS, Letters, World

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
AFTER = date(2026, 11, 9)
ANSWER = Evaluate(4, Recommend.YES, "Tag billederne om morgenen.")


@pytest.fixture
def world(session: Session) -> World:
    return factories.world(session, NOW)


@pytest.fixture
def host_id(session: Session, world: World) -> int:
    return factories.held(session, world, NOW)


def thank(session: Session, today: date, letters: Letters) -> int:
    return evaluations.thank_hosts(session, letters.invitation, today=today, now=NOW)


def test_a_host_is_thanked_once_the_day_after_and_the_earlier_link_goes_on_working(
    session: Session, host_id: int
) -> None:
    earlier, letters = Letters(), Letters()
    assert thank(session, date(2026, 11, 8), letters) == 0
    assert [thank(session, AFTER, letters) for _ in range(2)] == [1, 0]
    token = "et-tidligere-link"
    hosts.add_link(session, host_id, token, now=NOW)
    for one in (token, letters.tokens[0]):
        assert queries.find_host_actor(session, one, date(2026, 11, 22)) is not None
        assert queries.find_host_actor(session, one, date(2026, 11, 23)) is None
    assert not earlier.tokens
    done = {task.key for task in queries.tasks_of(session, 1) if task.done_at}
    assert "thanks" in done
    assert factories.tags(session)[-1] == "takeovers:host:thanked"


def test_a_worker_that_was_down_thanks_late_but_not_when_the_link_has_closed(
    session: Session, host_id: int
) -> None:
    assert thank(session, date(2026, 11, 23), Letters()) == 0
    assert thank(session, date(2026, 11, 22), Letters()) == 1


def test_nobody_is_thanked_who_did_not_host(session: Session, world: World) -> None:
    takeover_id = factories.takeover(session, world, NOW)
    host_id, _ = factories.invited(session, takeover_id, NOW)
    factories.accepted(session, host_id, NOW)
    takeovers.cancel_takeover(session, COMMUNICATIONS, takeover_id, now=NOW)
    assert thank(session, AFTER, Letters()) == 0


def test_a_host_answers_once_and_a_second_answer_changes_nothing(session: Session, host_id: int) -> None:
    me = factories.as_host(host_id)
    evaluations.evaluate(session, me, ANSWER, today=AFTER, now=NOW)
    with pytest.raises(Conflict):
        evaluations.evaluate(session, me, Evaluate(1, Recommend.NO), today=AFTER, now=NOW)
    row = session.exec(select(Evaluation)).one()
    assert (row.equipped, row.recommend, row.advice) == (4, "yes", "Tag billederne om morgenen.")
    assert factories.tags(session).count("takeovers:evaluation:answered") == 1


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 11, 7)])
def test_there_is_nothing_to_answer_before_and_long_after(
    session: Session, host_id: int, today: date
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        evaluations.evaluate(session, factories.as_host(host_id), ANSWER, today=today, now=NOW)
    assert refusal.value.code == "not_over"


def test_afterwards_the_link_changes_nothing_else(session: Session, host_id: int) -> None:
    me = factories.as_host(host_id)
    for act in (week.decline, week.say_ready):
        with pytest.raises(RuleBroken) as refusal:
            act(session, me, today=AFTER, now=NOW)
        assert refusal.value.code == "takeover_ended"


def test_advice_can_be_held_back_and_passed_on_again(session: Session, world: World, host_id: int) -> None:
    evaluations.evaluate(session, factories.as_host(host_id), ANSWER, today=AFTER, now=NOW)
    (one,) = evaluations.advice_for(session, world.department)
    evaluations.hide_advice(session, COMMUNICATIONS, one.id, now=NOW)
    assert evaluations.advice_for(session, world.department) == []
    evaluations.show_advice(session, COMMUNICATIONS, one.id, now=NOW)
    assert len(evaluations.advice_for(session, world.department)) == 1
    assert factories.tags(session)[-2:] == ["takeovers:evaluation:hidden", "takeovers:evaluation:shown"]
    stranger = Actor("user", 2, roles=frozenset({Role.COORDINATOR}), units=frozenset({world.other_area}))
    reader = Actor("user", 3, roles=frozenset({Role.READER}))
    for actor, error in ((stranger, Missing), (reader, NotAllowed)):
        for act in (evaluations.hide_advice, evaluations.show_advice):
            with pytest.raises(error):
                act(session, actor, one.id, now=NOW)


def test_the_figures_count_those_who_could_have_answered(session: Session, host_id: int) -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    figures, _ = evaluations.figures_of(session, first, last)
    assert (figures.answers, figures.possible, figures.equipped_share) == (0, 1, None)
    evaluations.evaluate(session, factories.as_host(host_id), ANSWER, today=AFTER, now=NOW)
    figures, answers = evaluations.figures_of(session, first, last)
    assert (figures.answers, figures.possible, figures.equipped_share, figures.recommend_share) == (
        1, 1, 100, 100,
    )  # fmt: skip
    assert not hasattr(answers[0], "name")
    assert evaluations.figures_of(session, first, date(2026, 11, 7))[1] == []
