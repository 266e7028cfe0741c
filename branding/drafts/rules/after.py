"""The facts as they stand after an act: what the gate judges before it is done (decisions.md 1 and 2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from branding.consent.values.gate import DeclarationFacts, DepictionFacts, DraftFacts, Visibility

_HIDDEN = (Visibility.OBSCURED, Visibility.NOT_RECOGNISABLE)


def after_submit(draft: DraftFacts, by: str) -> DraftFacts:
    """Whoever sends it stands by who is in it; nobody has confirmed that yet."""
    if draft.declaration is not None and draft.declaration.sha256 == draft.people_hash:
        return draft
    return replace(draft, declaration=DeclarationFacts(draft.people_hash, by))


def after_approve(draft: DraftFacts, by: str, blurred: Collection[str]) -> DraftFacts:
    """The second person has confirmed people and blur, and approved this version.

    ``blurred``: the media whose file that goes out is a blurred one.  A declaration that is out of date
    stays so: confirming what nobody says any more confirms nothing.
    """
    declaration = draft.declaration
    if declaration is not None and declaration.sha256 == draft.people_hash:
        declaration = replace(declaration, confirmed_by=by)
    return replace(
        draft,
        declaration=declaration,
        depictions=tuple(_confirmed(one, by) for one in draft.depictions),
        media=tuple(
            replace(one, is_verified_derivative=one.is_verified_derivative or one.ref in blurred)
            for one in draft.media
        ),
        approved_hash=draft.version_hash,
        approved_by=by,
    )


def _confirmed(one: DepictionFacts, by: str) -> DepictionFacts:
    return replace(one, confirmed_by=by) if one.visibility in _HIDDEN else one
