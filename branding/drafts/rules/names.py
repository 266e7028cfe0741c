"""Whom a name in a text means, when several people on the register are called that."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from branding.drafts.values.findings import Finding, FindingKind


def meant(findings: Iterable[Finding], shown: Collection[str]) -> tuple[Finding, ...]:
    """A name that fits somebody in the picture means that person; otherwise everybody whom it fits.

    ``shown``: the people who are named in a picture or film of the post.
    """
    found = list(findings)
    here = {_place(one) for one in found if one.kind is FindingKind.NAME and one.subject_id in shown}
    return tuple(
        one
        for one in found
        if one.kind is not FindingKind.NAME or one.subject_id in shown or _place(one) not in here
    )


def named_only(findings: Iterable[Finding], shown: Collection[str]) -> dict[str, str]:
    """People who are in the text but in no picture, each with the word that names them there."""
    return {
        one.subject_id: str(one.text.params["word"])
        for one in findings
        if one.kind is FindingKind.NAME and one.subject_id not in shown
    }


def _place(one: Finding) -> tuple[str, int]:
    return one.where, one.excerpt_start
