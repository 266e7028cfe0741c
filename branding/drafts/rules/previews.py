"""What a person's answers to the versions of one post come to (decisions.md 5, C13)."""

from __future__ import annotations

from collections.abc import Iterable

from branding.consent.values.gate import PreviewFacts


def last_words(answers: Iterable[tuple[str, PreviewFacts]], version_hash: str) -> dict[str, PreviewFacts]:
    """For each person the answer that counts for this version; ``answers`` come in their order.

    The last word is the word, a no also for what was made of the post since.  When an earlier version is
    brought back, what was said of exactly that one counts, so that a no to it never goes away by a detour.
    """
    found: dict[str, PreviewFacts] = {}
    of_this: dict[str, PreviewFacts] = {}
    for subject_id, answer in answers:
        found[subject_id] = answer
        if answer.version_hash == version_hash:
            of_this[subject_id] = answer
    return {key: last if last.is_refused else of_this.get(key, last) for key, last in found.items()}
