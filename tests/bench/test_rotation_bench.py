"""How long an import of 5,000 rows takes, from bytes to saved; the target is a second."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest
from sqlmodel import Session

from branding.core.isoweek import Week
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.organisation import service as organisation
from branding.rotation import service
from branding.rotation.spreadsheet import read_file
from branding.rotation.values import ImportRequest
from tests.rotation.factories import COMMUNICATIONS, NOW, make_profile

ROWS, ROUNDS = 5_000, 3


@pytest.mark.bench
@pytest.mark.parametrize("write", [write_csv, lambda rows: write_xlsx(rows, "Plan")], ids=["csv", "xlsx"])
def test_import_of_5000_rows(session: Session, write: object, capsys: pytest.CaptureFixture[str]) -> None:
    """A week a row from 2000 on: the longest plan there can be."""
    make_profile(session)
    units = [f"Afdeling {number}" for number in range(60)]
    organisation.ensure_units(session, COMMUNICATIONS, units, None, now=NOW)
    head = ["År", "Uge", "Specialområde", "Faggruppe", "Emne", "Note"]
    weeks = [Week(2000, 1) + n for n in range(ROWS)]
    rows = [[str(w.year), str(w.number), units[n % 60], "SOSU", f"Emne {n}", ""] for n, w in enumerate(weeks)]
    data = write([head, *rows])  # type: ignore[operator]
    times, again = [], []
    for number in range(ROUNDS):
        request = ImportRequest(read_file(data), 2000, plan_name=f"Plan {number}", profile_id=1)
        start = perf_counter()
        fresh = ImportRequest(read_file(data), 2000, plan_name=f"Plan {number}", profile_id=1)
        report = service.import_table(session, COMMUNICATIONS, fresh, now=NOW)
        times.append(perf_counter() - start)
        assert (report.new, report.is_saved) == (ROWS, True)
        start = perf_counter()
        assert service.import_table(session, COMMUNICATIONS, request, now=NOW).unchanged == ROWS
        again.append(perf_counter() - start)
    with capsys.disabled():
        print(f"\nimport of {ROWS} rows: {median(times) * 1000:.0f} ms; again: {median(again) * 1000:.0f} ms")
