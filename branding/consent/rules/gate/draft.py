"""The post itself: approved as it is, its people declared, its faces accounted for."""

from __future__ import annotations

from collections.abc import Iterator

from branding.consent.values.gate import Code, DraftFacts, MediaFacts, Reason, Stage

_FROM_SCHEDULE = frozenset({Stage.SCHEDULE, Stage.PUBLISH})


def draft_reasons(draft: DraftFacts, stage: Stage) -> Iterator[Reason]:
    if stage in _FROM_SCHEDULE:
        yield from _approval(draft)
    yield from _declaration(draft, stage)
    for media in draft.media:
        left = _unaccounted_faces(draft, media, stage)
        if left != 0:
            yield Reason(Code.FACE_COUNT_MISMATCH, media=media.ref, number=left)


def _approval(draft: DraftFacts) -> Iterator[Reason]:
    if not draft.approved_hash or draft.approved_by in ("", draft.author):
        yield Reason(Code.NOT_APPROVED)
    elif draft.approved_hash != draft.version_hash:
        yield Reason(Code.CONTENT_CHANGED)


def _declaration(draft: DraftFacts, stage: Stage) -> Iterator[Reason]:
    """Four eyes: somebody said who is in it, and from the review on another agreed (R11-R13)."""
    for media in draft.media:
        if not media.is_declared:
            yield Reason(Code.NO_DECLARATION, media=media.ref)
    declaration = draft.declaration
    if declaration is None or not declaration.by:
        yield Reason(Code.NO_DECLARATION)
        return
    if declaration.sha256 != draft.people_hash:
        yield Reason(Code.DECLARATION_STALE)
    if stage != Stage.SUBMIT and declaration.confirmed_by in ("", declaration.by, draft.author):
        yield Reason(Code.DECLARATION_UNCONFIRMED)


def _unaccounted_faces(draft: DraftFacts, media: MediaFacts, stage: Stage) -> int | None:
    """Faces that nobody is named for; None where nobody has counted and the review must (decisions.md 18)."""
    if media.is_mismatch_explained:
        return 0
    if media.faces is None:
        return 0 if stage == Stage.SUBMIT else None
    people = sum(one.media == media.ref for one in draft.depictions)
    return max(0, media.faces - people - media.not_faces)
