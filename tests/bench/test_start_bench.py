"""How fast ./run is up, and how much memory it holds when nothing happens."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tests.support.running import environment, free_port, running, wait_for

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all of them: the first start loads the demo, and the others find it."""
    return tmp_path_factory.mktemp("starts")


def test_a_start_with_the_demo_to_load_and_three_without(folder: Path) -> None:
    with running(folder) as first:
        loaded = first.seconds
    times = []
    for _ in range(3):
        with running(folder) as again:
            times.append(again.seconds)
    print(f"\nbranding run, first start (migrations and demo): {loaded:.2f} s")
    print(f"branding run, later start, median of 3: {statistics.median(times):.2f} s (goal: 2 s)")
    assert times


def test_memory_of_a_stafet_that_waits(folder: Path) -> None:
    with running(folder) as site:
        time.sleep(8)  # the jobs have run once
        print(f"\nbranding run, waiting: {site.resident_mb:.0f} MB resident (goal: 200 MB)")
        assert site.resident_mb > 0


def test_the_whole_command_a_second_time(folder: Path) -> None:
    """``./run`` itself: the check of the set-up included."""
    port, started = free_port(), time.monotonic()
    with (folder / "second.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "run"), "--port", str(port)],
            env=environment(folder),
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", process, folder / "second.log")
        print(f"\n./run a second time: {time.monotonic() - started:.2f} s (goal: 5 s)")
    finally:
        process.terminate()
        process.wait(20)
