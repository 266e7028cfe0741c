"""Tests that PostgreSQL leaves out are those without a database, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from branding.core.db import Database
from tests.support import databases


def test_a_test_that_asks_for_no_database_gets_none(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="would never run on PostgreSQL"):
        databases.fresh(tmp_path, "none", key="k")
    with pytest.raises(AssertionError, match="would never run on PostgreSQL"):
        Database(f"sqlite:///{tmp_path}/none.db", audit_key="k")
