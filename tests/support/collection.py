"""Which tests run on this database, and in which order."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from tests.support.databases import IS_POSTGRES

#: Tests that make their databases themselves, without the fixture.
_OWN_DATABASE = (
    "tests/system/", "tests/faults/", "tests/house/test_migrations", "tests/publishing/test_machine",
)  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Property tests are the ones that ``./test --long`` runs with many more examples.

    What never meets a database has nothing to show on a second one.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.long)
    if IS_POSTGRES:
        pure = [item for item in items if not meets_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if meets_database(item)]
    yield  # what ``-m`` leaves out is left out
    items[:] = _slow_ones_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


#: Tests that start processes, and wait for them.
_SLOW = ("tests/system/", "tests/faults/", "tests/outbox/test_many_mails", "tests/browser/accessibility/")


def _slow_ones_first(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """Each test process begins with its share of them, so that none is left to wait for one at the end.

    pytest-xdist gives each process a piece of the list.
    """
    slow = [item for item in items if any(part in item.path.as_posix() for part in _SLOW)]
    among = set(slow)
    quick = [item for item in items if item not in among]
    found = []
    for number in range(processes):
        piece = slice(number * len(quick) // processes, (number + 1) * len(quick) // processes)
        found += slow[number::processes] + quick[piece]
    return found


def pytest_collection_finish() -> None:
    """What is loaded now stays: looking through it for garbage again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def meets_database(item: pytest.Item) -> bool:
    return "database" in getattr(item, "fixturenames", ()) or any(
        part in item.path.as_posix() for part in _OWN_DATABASE
    )
