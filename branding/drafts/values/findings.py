"""What the caption lint finds, and the words it goes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal

from branding.core.text import Text, say
from branding.drafts.values.text import WORD, folded

#: What a finding asks for: the person's own yes to be named, or a word on why it is fine.
Needs = Literal["scope", "reason"]
#: Words after another, as they are compared.
Phrase = tuple[str, ...]
#: The texts of a post in which every word is an account.
ACCOUNT_FIELDS = frozenset({"collaborators", "tags"})


class FindingKind(StrEnum):
    #: Somebody on the register.
    NAME = "name"
    #: An account that is not the organisation's own.
    ACCOUNT = "account"
    HEALTH = "health"
    CASE = "case"
    #: The section of the law by which somebody gets help.
    PARAGRAPH = "paragraph"
    CPR = "cpr"
    PHONE = "phone"
    ADDRESS = "address"
    #: Words that point at one citizen, without a name that we know.
    SOMEBODY = "somebody"


#: ``word`` is what stands in the text.  A name says nothing of the register: hosts do not see it.
TEXTS: Mapping[FindingKind, Text] = {
    FindingKind.NAME: say("“%(word)s” is a name. Whoever is named must have said yes to that."),
    FindingKind.ACCOUNT: say("@%(word)s is not one of our own accounts. Say why it is there."),
    FindingKind.HEALTH: say(
        "“%(word)s” can tell about somebody's health. Write it another way, or say why it is fine."
    ),
    FindingKind.CASE: say(
        "“%(word)s” can tell about somebody's case. Write it another way, or say why it is fine."
    ),
    FindingKind.PARAGRAPH: say(
        "“%(word)s” tells what help somebody gets. Leave it out, or say why it is fine."
    ),
    FindingKind.CPR: say("This looks like a civil registration number. Take it out."),
    FindingKind.PHONE: say("This looks like a phone number. Say whose it is, or take it out."),
    FindingKind.ADDRESS: say("“%(word)s” can be where somebody lives. Leave it out, or say why it is fine."),
    FindingKind.SOMEBODY: say(
        "“%(word)s” points at one person. Write about your work instead, or say why it is fine."
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the register; a label is “Birk”, “Kirsten Holm” or “Beboer 3”."""

    id: str
    label: str
    #: The first word as words are compared: folded once, however many texts are read.
    first: str = field(init=False, default="")

    def __post_init__(self) -> None:
        found = WORD.search(self.label)
        object.__setattr__(self, "first", folded(found[0]) if found else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in one text of a post, where it stands first.

    A reason that was given for ``key`` holds for as long as the word stays, in whichever text.
    Keys hold no words: of a name they hold the person's id, else a hash.
    Places are counted in code points, as Python does.
    """

    key: str
    kind: FindingKind
    where: str
    excerpt_start: int
    excerpt_end: int
    text: Text
    needs: Needs
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that tell something: ``stems`` with any ending, ``phrases`` with the usual ones."""

    stems: tuple[str, ...]
    phrases: frozenset[Phrase]

    @classmethod
    def of(cls, entries: Iterable[str]) -> Lexicon:
        """A star at the end makes an entry a stem."""
        entries = list(entries)
        return cls(
            stems=tuple(folded(entry[:-1]) for entry in entries if entry.endswith("*")),
            phrases=frozenset(phrase(entry) for entry in entries if not entry.endswith("*")),
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The list that ships with Stafet, and what the organisation calls itself."""

    health: Lexicon
    case: Lexicon
    #: What a compound goes on with that names a field of work: hjerneskade|koordinator.
    field_endings: tuple[str, ...]
    #: What stands before a field of work: "viden om" hjerneskade.
    field_leads: frozenset[Phrase]
    #: First names that are words too; only with a capital letter they are names.
    common: frozenset[str]
    #: Fixed expressions that tell nothing.
    harmless: frozenset[Phrase]
    #: Words for one citizen.
    roles: frozenset[str]
    #: The same, in the plural.
    groups: frozenset[str]
    #: "min", "vores": before a role they point at one.
    possessives: frozenset[str]
    #: "mand", "kvinde": after an age they point at one.
    aged: frozenset[str]
    #: Capital letters after a role that begin no name: "I", "De".
    not_names: frozenset[str]
    streets: tuple[str, ...]
    #: Words that hashtags are made of; for :func:`branding.drafts.rules.caption.camel_case_advice`.
    parts: frozenset[str]
    #: What the organisation calls itself: its units and profiles ...
    names: frozenset[Phrase] = frozenset()
    #: ... the accounts that may be mentioned ...
    accounts: frozenset[str] = frozenset()
    #: ... and its hashtags, among them the names written in one.
    hashtags: frozenset[str] = frozenset()

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Words:
        """From the tables of ``words.toml``."""
        return cls(
            health=Lexicon.of(raw["reveals"]["health"]),
            case=Lexicon.of(raw["reveals"]["case"]),
            field_endings=tuple(map(folded, raw["field"]["endings"])),
            field_leads=frozenset(map(phrase, raw["field"]["leads"])),
            common=_words(raw["names"]["common"]),
            harmless=frozenset(map(phrase, raw["names"]["harmless"])),
            roles=_words(raw["citizen"]["roles"]),
            groups=_words(raw["citizen"]["groups"]),
            possessives=_words(raw["citizen"]["possessives"]),
            aged=_words(raw["citizen"]["aged"]),
            not_names=frozenset(raw["citizen"]["not_names"]),
            streets=tuple(map(folded, raw["home"]["streets"])),
            parts=frozenset(raw["hashtags"]["parts"]),
        )

    def with_own(
        self, *, names: Iterable[str] = (), accounts: Iterable[str] = (), hashtags: Iterable[str] = ()
    ) -> Words:
        """With the names of units and profiles, the accounts that may be mentioned, and the hashtag sets."""
        phrases = frozenset(own for own in map(phrase, names) if own)
        return replace(
            self,
            names=phrases,
            accounts=frozenset(account.strip().removeprefix("@").casefold() for account in accounts),
            hashtags=frozenset(
                [
                    *("".join(own) for own in phrases),
                    *(folded(tag.strip().removeprefix("#")) for tag in hashtags),
                ]
            ),
        )


def phrase(text: str) -> Phrase:
    """The words of a text as they are compared; what stands between them does not matter."""
    return tuple(map(folded, WORD.findall(text)))


def _words(raw: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, raw))
