"""What the benchmarks share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from branding.core.db import Database


@pytest.fixture
def queries(database: Database) -> Iterator[list[str]]:
    """The statements that have been sent."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)
