"""A hundred thousand decisions in one process: the pure rule's speed is asserted and printed."""

from __future__ import annotations

import time

import pytest

from branding.consent.rules.gate import may_publish
from branding.consent.values.gate import GateFacts, Stage
from tests.consent.truth_rows import ROWS
from tests.consent.worlds import Facts

pytestmark = pytest.mark.bench

DECISIONS, LEAST = 100_000, 20_000


def test_the_rule_decides_over_twenty_thousand_posts_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    """Every story of the truth table in turn, yes and no alike."""
    asked = []
    for row in ROWS:
        world = Facts()
        row.tell(world)
        asked.append((GateFacts(world.draft, world.people()), world.channel, world.slot))
    rounds = -(-DECISIONS // len(asked))
    started = time.process_time()  # others may be at work on this machine
    for _ in range(rounds):
        for facts, channel, at in asked:
            may_publish(facts, channel, stage=Stage.PUBLISH, at=at)
    speed = rounds * len(asked) / (time.process_time() - started)
    with capsys.disabled():
        print(f"\n{rounds * len(asked)} decisions: {speed:,.0f} a second", end="")
    assert speed >= LEAST
