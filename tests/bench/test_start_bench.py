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


def test_a_start_with_the_demo_to_load_and_three_without(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        loaded = first.seconds
    times = []
    for _ in range(3):
        with running(tmp_path) as again:
            times.append(again.seconds)
    print(f"\nbranding run, first start (migrations and demo): {loaded:.2f} s")
    print(f"branding run, later start, median of 3: {statistics.median(times):.2f} s (goal: 2 s)")
    assert times


def test_memory_of_a_stafet_that_waits(tmp_path: Path, demo_loaded: dict[str, str]) -> None:
    with running(tmp_path) as site:
        time.sleep(8)  # the jobs have run once
        print(f"\nbranding run, waiting: {site.resident_mb:.0f} MB resident (goal: 200 MB)")
        assert site.resident_mb > 0


def test_the_whole_command_a_second_time(tmp_path: Path, demo_loaded: dict[str, str]) -> None:
    """``./run`` itself: the check of the set-up included."""
    port, started = free_port(), time.monotonic()
    with (tmp_path / "second.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "run"), "--port", str(port)],
            env=environment(tmp_path),
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", process, tmp_path / "second.log")
        print(f"\n./run a second time: {time.monotonic() - started:.2f} s (goal: 5 s)")
    finally:
        process.terminate()
        process.wait(20)
