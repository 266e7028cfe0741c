"""``branding report`` as people type it: a process of its own over the data of 2022."""

from __future__ import annotations

from pathlib import Path

from tests.support.typed import branding
from tests.system.test_commands import AREAS, _begun, begun

__all__ = ["_begun", "begun"]
PERIOD = ("--from", "2022-W33", "--to", "2022-W50")


def test_the_command_writes_a_report_or_says_why_not(tmp_path: Path, begun: dict[str, str]) -> None:
    more = begun
    areas = ("import-rotation", str(AREAS), "--plan", "Områder", "--year", "2022", "--create-units")
    assert branding(tmp_path, *areas, **more).returncode == 0
    pdf, xlsx = tmp_path / "plan.pdf", tmp_path / "plan.xlsx"
    for out in (pdf, xlsx):
        asked = ("report", "content-plan", *PERIOD, "--format", out.suffix[1:], "-o", str(out))
        done = branding(tmp_path, *asked, **more)
        assert done.returncode == 0, done.stderr
    assert pdf.read_bytes().startswith(b"%PDF-1.7") and xlsx.read_bytes().startswith(b"PK")
    for wrong, words in (
        (("--from", "2022-W54"), "2022-W54"),
        (("--unit", "NEJ"), "NEJ"),
        (("--from", "2022-W50", "--to", "2022-W33"), "before the first"),
    ):
        refused = branding(tmp_path, "report", "takeovers", *wrong, "-o", str(pdf), **more)
        assert refused.returncode == 1 and words in refused.stderr and "Traceback" not in refused.stderr
    nowhere = branding(tmp_path, "report", "strategy", *PERIOD, "-o", str(tmp_path / "no" / "x.pdf"), **more)
    assert nowhere.returncode == 1 and "cannot be written" in nowhere.stderr
