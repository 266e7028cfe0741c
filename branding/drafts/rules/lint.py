"""The caption lint: names, accounts and words that tell more than the picture may (consent.md R19, A13).

Names need the named person's own yes, which the gate asks for; everything else a word on why it is
fine.  It is made to be quiet: a unit's own name, a field of work and everyday words say nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from branding.core.text import Text
from branding.drafts.rules.caption import hashtag_spans, mention_spans
from branding.drafts.rules.reading import Reading, Token, readings
from branding.drafts.rules.traces import Trace, number_traces, word_traces
from branding.drafts.values.findings import (
    ACCOUNT_FIELDS,
    TEXTS,
    Finding,
    FindingKind,
    Lexicon,
    Person,
    Phrase,
    Words,
    phrase,
)
from branding.drafts.values.text import folded

#: A first name that is shorter is found as part of the full name only.
_SHORTEST_NAME = 3
_ACCOUNT = regex.compile(r"[^\s,;@]+")


def findings(texts: Mapping[str, str], people: Sequence[Person], words: Words) -> tuple[Finding, ...]:
    """Everything worth asking about, each once a text, in the order in which people read."""
    found: dict[tuple[str, str], Finding] = {}
    for where, text in texts.items():
        read = tuple(readings(text))
        in_text = _names(where, read, people, words)
        for kind, start, end in _traces(where, text, read, words):
            in_text.append(_finding(kind, where, text, start, end))
        for one in sorted(in_text, key=lambda one: (one.excerpt_start, one.excerpt_end, one.key)):
            found.setdefault((where, one.key), one)
    return tuple(found.values())


def names_found(found: Iterable[Finding]) -> frozenset[str]:
    """The people who are named: what the gate is told."""
    return frozenset(one.subject_id for one in found if one.kind == FindingKind.NAME)


def _finding(kind: FindingKind, where: str, text: str, start: int, end: int, subject_id: str = "") -> Finding:
    excerpt = text[start:end]
    return Finding(
        key=f"{kind}:{subject_id or _hash(excerpt)}",
        kind=kind,
        where=where,
        excerpt_start=start,
        excerpt_end=end,
        text=Text(TEXTS[kind].msgid, {"word": excerpt}),
        needs="scope" if subject_id else "reason",
        subject_id=subject_id,
    )


def _hash(excerpt: str) -> str:
    """The same for the same words, in large letters or small."""
    plain = folded(" ".join(excerpt.split()))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- Names -----------------------------------------------------------------------------------


def _names(where: str, read: Sequence[Reading], people: Sequence[Person], words: Words) -> list[Finding]:
    found = []
    for reading in read:
        own = reading.within([name for name in words.names if len(name) > 1])
        harmless = reading.within(words.harmless)
        seen = {form for token in reading.tokens for form in (token.folded, token.bare)}
        for person in people:
            if person.first not in seen:
                continue
            for start, length in _places(reading, person, words):
                inside = set(range(start, start + length))
                if not inside & own and not inside & harmless:
                    last = reading.tokens[start + length - 1]
                    span = reading.tokens[start].start, last.end
                    found.append(_finding(FindingKind.NAME, where, reading.text, *span, person.id))
    return found


def _places(reading: Reading, person: Person, words: Words) -> Iterator[tuple[int, int]]:
    """Where somebody is named, in how many words: the full label before the first name."""
    forms = _forms(person.label, words)
    for index, token in enumerate(reading.tokens):
        for form in forms:
            is_sure = len(form) > 1 or _is_name(reading, index, token, form[0], words)
            if is_sure and reading.has_phrase(index, form):
                yield index, len(form)
                break


def _forms(label: str, words: Words) -> list[Phrase]:
    """What somebody may be called; “Beboer 3” is not called Beboer."""
    full = phrase(label)
    first = phrase(label.split()[0]) if label.split() else ()
    forms = [full] if sum(map(len, full)) > 1 else []
    if sum(map(len, first)) >= _SHORTEST_NAME:
        forms.append(first)
    return [form for form in dict.fromkeys(forms) if form[0] not in words.roles or len(form) > 1]


def _is_name(reading: Reading, index: int, token: Token, name: str, words: Words) -> bool:
    """A name that is a word too counts with its capital letter only, and not before a number."""
    is_word = name in words.common or token.folded in words.common or len(name) < _SHORTEST_NAME
    if not is_word:
        return True
    is_shouted = not any(letter.islower() for letter in reading.line(token))
    if not token.is_capital or token.is_part or is_shouted:
        return False
    return not (reading.are_spaced(index) and reading.tokens[index + 1].raw.isdecimal())


# --- Everything else -------------------------------------------------------------------------


def _traces(where: str, text: str, read: Sequence[Reading], words: Words) -> Iterator[Trace]:
    if where in ACCOUNT_FIELDS:
        spans: Iterable[tuple[int, int]] = (match.span() for match in _ACCOUNT.finditer(text))
        yield from _strange_accounts(text, spans, words)
        return
    yield from _strange_accounts(text, mention_spans(text), words)
    yield from number_traces(text)
    own_tags = _own_hashtags(text, words)
    for reading in read:
        own = reading.within(words.names)
        yield from word_traces(reading, words, own)
        tags = {n for n, token in enumerate(reading.tokens) if any(a < token.end <= b for a, b in own_tags)}
        silent = own | tags | reading.within(words.harmless)
        for kind, lexicon in ((FindingKind.HEALTH, words.health), (FindingKind.CASE, words.case)):
            for start, length in _revealing(reading, lexicon, words):
                if not silent.intersection(range(start, start + length)):
                    yield kind, reading.tokens[start].start, reading.tokens[start + length - 1].end


def _strange_accounts(text: str, spans: Iterable[tuple[int, int]], words: Words) -> Iterator[Trace]:
    for start, end in spans:
        if text[start:end].casefold() not in words.accounts:
            yield FindingKind.ACCOUNT, start, end


def _own_hashtags(text: str, words: Words) -> list[tuple[int, int]]:
    """Where hashtags of the organisation's own sets stand."""
    found = []
    for start, end in hashtag_spans(text):
        at = start
        for tag in text[start + 1 : end].split("#"):
            if folded(tag) in words.hashtags:
                found.append((at, at + 1 + len(tag)))
            at += 1 + len(tag)
    return found


def _revealing(reading: Reading, lexicon: Lexicon, words: Words) -> Iterator[tuple[int, int]]:
    """Where a word of the list stands, and how many words it has; fields of work are left out."""
    by_first: dict[str, list[Phrase]] = {}
    for entry in lexicon.phrases:
        by_first.setdefault(entry[0], []).append(entry)
    for index, token in enumerate(reading.tokens):
        if token.folded.startswith(lexicon.stems):
            length = 0 if _is_field(token.folded, lexicon, words) else 1
        else:
            entries = [entry for stem in token.stems for entry in by_first.get(stem, ())]
            fitting = (len(entry) for entry in entries if reading.has_phrase(index, entry, any_ending=True))
            length = max(fitting, default=0)
        if length and not reading.follows(index, words.field_leads):
            yield index, length


def _is_field(word: str, lexicon: Lexicon, words: Words) -> bool:
    """ "Demenskoordinator": the rest after the stem names work."""
    rest = min((word.removeprefix(stem) for stem in lexicon.stems if word.startswith(stem)), key=len)
    return any(ending in rest for ending in words.field_endings)
