"""A worker killed at every step: at most one live post, none without a yes, none lost (issue: must survive).

The places are counted on a run without a kill, so that a step that is added later is killed at as well.
"""

from __future__ import annotations

import os
import random
import signal
from collections import Counter

import pytest
from sqlmodel import select

from branding.publishing.models import Publication
from branding.publishing.values.states import State
from tests.faults.conftest import DUE, Place
from tests.support.zygote import Kill

pytestmark = pytest.mark.faults

#: How often at each step; ``./test --faults`` tries in earnest.
KILLS = 200 if os.environ.get("STAFET_FULL") else 5
#: From the claim until nothing is left to do: commits of a post with one picture, and calls to the channel.
COMMITS, CALLS = 9, 5


def _kills() -> list[Kill]:
    commits = [Kill("commit", n, before) for n in range(1, COMMITS + 1) for before in (True, False)]
    calls = [Kill("call", n, before) for n in range(1, CALLS + 1) for before in (True, False)]
    return commits + calls


def test_the_places_are_all_the_places_there_are(place: Place) -> None:
    """A worker that dies at the last one has something left to do, and one that dies after it has not."""
    for kill, is_done in (
        (Kill("commit", COMMITS, True), False),
        (Kill("commit", COMMITS + 1, True), True),
        (Kill("call", CALLS, True), False),
        (Kill("call", CALLS + 1, True), True),
    ):
        post = place.post()
        place.zygote.run(place.order(kill=kill))
        assert place.row(post).is_followed_up is is_done, f"count the places again: {kill}"
        place.afterwards(everything=True)
        place.check(post)
        assert place.row(post).state == State.PUBLISHED


@pytest.mark.parametrize("kill", _kills(), ids=str)
def test_a_worker_killed_there_neither_loses_nor_doubles_a_post(place: Place, kill: Kill) -> None:
    ended = Counter[str]()
    for number in range(KILLS):
        post = place.post(profile_id=place.profile(number))
        (code,) = place.zygote.run(place.order(kill=kill))
        assert code == -signal.SIGKILL, f"nobody was killed {kill}"
        ended[place.row(post).state] += 1
        place.check_at_most_one(post)
    place.afterwards()
    for post in place.posts():
        assert place.row(post).state == State.PUBLISHED, (place.row(post).state, place.row(post).code, ended)
        assert len(place.live_of(post)) == 1
        place.check(post)


def test_the_log_of_what_was_done_holds(place: Place) -> None:
    place.chain_holds()


@pytest.mark.parametrize("workers", [2, 4])
def test_several_workers_at_once_send_each_post_once(place: Place, workers: int) -> None:
    posts = [place.post(profile_id=place.profile(number % 3)) for number in range(12)]
    assert place.zygote.run(*[place.order(later=(0.0, 1.0, 2.0))] * workers) == [0] * workers
    place.afterwards()
    assert {place.row(post).state for post in posts} == {State.PUBLISHED}
    place.check(*posts)


def test_several_workers_of_which_some_are_killed_anywhere(place: Place) -> None:
    chance = random.Random(11)
    for _ in range(KILLS):
        posts = [place.post(profile_id=place.profile(number)) for number in range(4)]
        kills = [
            Kill(chance.choice(["commit", "call"]), chance.randint(1, 12), chance.random() < 0.5)
            for _ in "ab"
        ]
        place.zygote.run(*(place.order(kill=kill) for kill in kills), place.order())
    place.afterwards()
    with place.database.reader() as session:
        posts = list(session.exec(select(Publication.id).where(Publication.due_at == DUE)))
    place.check(*posts)
    assert {place.row(post).state for post in posts} == {State.PUBLISHED}
