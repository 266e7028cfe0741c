"""Broken files without end: an item or a plain message each, and no memory lost."""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from branding.core.errors import RuleBroken
from branding.media import darkroom
from branding.media.service import intake
from tests.media import factories
from tests.media.factories import encoded, phone_jpeg, taken_in
from tests.media.test_corpus import traces

At = Callable[[str], datetime]


@pytest.fixture
def now(at: At) -> datetime:
    return at("2026-10-12 10:00")


def mutations(seed: int) -> Iterator[bytes]:
    """Good files with bytes exchanged, cut out, doubled and spliced into each other."""
    chance = random.Random(seed)
    good = [
        phone_jpeg((96, 72)),
        factories.phone_heic(),
        encoded("PNG", (96, 72)),
        encoded("WEBP", (96, 72)),
        encoded("AVIF", (64, 48)),
        factories.mpo(),
        factories.film(seconds=1),
    ]
    while True:
        content = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randrange(40)]
                case 2:
                    content[at:at] = content[at : at + chance.randrange(200)]
                case _:
                    other = chance.choice(good)
                    content[at : at + 30] = other[at % len(other) :][:30]
            content = content or bytearray(b"\0")
        yield bytes(content)


def memory(pid: int | str) -> int:
    """What a process holds, in MB."""
    found = [
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")
    ]
    return int(found[0].split()[1]) // 1024


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_broken_files_end_in_an_item_or_a_plain_message_and_memory_does_not_grow(
    session: Session, area: int, now: datetime, tmp_path: Path
) -> None:
    seconds = 60.0 if os.environ.get("STAFET_FULL") else 1.2
    list(zip(range(3), mutations(0), strict=False))  # makes the good files
    assert taken_in(session, area, now=now)
    gc.collect()
    before, tried, most_of_child, ends = memory("self"), 0, 0, time.monotonic() + seconds
    for content in mutations(int(now.timestamp())):
        if time.monotonic() > ends:
            break
        tried += 1
        with suppress(RuleBroken):
            intake.discard(session, intake.prepare(session, content))
        for room in (darkroom.pictures_room, darkroom.films_room):
            if room.pid is not None and Path(f"/proc/{room.pid}").exists():
                most_of_child = max(most_of_child, memory(room.pid))
    assert tried > 5 * seconds
    assert (memory("self") - before < 200, most_of_child < 200) == (True, True), most_of_child
    assert len(traces(session, tmp_path)) == 3 + 1 + 1 + 1  # the one that was kept
