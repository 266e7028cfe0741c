"""Whether a comment names somebody on the unit's register (decisions.md 23)."""

from __future__ import annotations

from collections.abc import Sequence

from branding.drafts.rules.lint import findings, names_found
from branding.drafts.values.findings import Person, Words


def named_in(text: str, people: Sequence[Person], words: Words) -> tuple[str, ...]:
    """The ids of people whom the words may mean; more than one when several have the name."""
    return tuple(sorted(names_found(findings({"comment": text}, people, words))))
