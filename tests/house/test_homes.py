"""Things that may happen in one place only: the clock, commits, addresses of others."""

from __future__ import annotations

import re

from tests.house import sources
from tests.house.sources import PACKAGE, ROOT

CLOCK = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
COMMIT = re.compile(r"\.commit\(")
OUTSIDE = re.compile(r"(?:https?:)?//(?!127\.0\.0\.1|www\.w3\.org)[a-z0-9.-]+\.[a-z]{2,}")


def test_only_the_clock_reads_the_clock() -> None:
    for path in sources.modules():
        if path != PACKAGE / "core" / "clock.py":
            assert not CLOCK.search(path.read_text("utf-8")), sources.name(path)


def test_commits_have_two_homes() -> None:
    homes = {PACKAGE / "core" / "db.py", PACKAGE / "web" / "transaction.py"}
    for path in sources.modules():
        if path not in homes:
            assert not COMMIT.search(path.read_text("utf-8")), sources.name(path)


def test_no_page_style_or_script_names_another_host() -> None:
    own = [
        p
        for p in (PACKAGE / "static").rglob("*")
        if p.suffix in (".css", ".js", ".svg") and "vendor" not in p.parts
    ]
    for path in [*sources.templates(), *own]:
        assert not OUTSIDE.search(path.read_text("utf-8")), sources.name(path)


def test_lock_files_name_no_address() -> None:
    for path in [*ROOT.glob("requirements*.lock"), ROOT / "package-lock.json"]:
        text = path.read_text("utf-8")
        assert "://" not in text and "--index-url" not in text, sources.name(path)
        assert "--hash=" in text or '"integrity"' in text, sources.name(path)


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in sources.templates():
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)|\son[a-z]+=", text), sources.name(path)
