"""The Danish words that the caption lint goes by, as data that ships with Stafet."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from branding.drafts.values.findings import Words


@cache
def shipped() -> Words:
    """The content of ``words.toml``; say the organisation's own names with ``with_own``."""
    return Words.of(tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")))
