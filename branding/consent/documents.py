"""The two documents that the authority must have (articles 30 and 35), with what Stafet knows filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from branding.core import files

NAMES = ("article-30", "dpia")


@dataclass(frozen=True, slots=True)
class Document:
    """A title, a lead, and parts of (heading, lines)."""

    title: str
    lead: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def document(name: str, blanks: Mapping[str, str]) -> Document:
    """One of :data:`NAMES`, filled in.  They are Danish: their readers are Danish authorities."""
    path = files.shipped("templates") / "consent" / "documents" / f"{name.replace('-', '_')}-da.toml"
    raw = tomllib.loads(path.read_text("utf-8"))
    return Document(
        raw["title"],
        raw["lead"].format_map(blanks),
        tuple(
            (part["heading"], tuple(line.format_map(blanks) for line in part["lines"]))
            for part in raw["sections"]
        ),
    )
