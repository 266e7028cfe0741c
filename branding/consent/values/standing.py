"""Where an answer, or a person, stands: a word and its reasons; computed each time, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from branding.consent.values.gate import ConsentFacts
from branding.consent.values.reasons import Reason


class State(StrEnum):
    """Where an answer, or a person, stands at an instant; computed, never stored."""

    VALID = "valid"
    EXPIRING = "expiring"
    PENDING = "pending"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MISSING = "missing"
    #: Only of single answers: a newer answer counts, or a defect was found.
    SUPERSEDED = "superseded"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the board says of a person: a word, and whether an ordinary photo post may show them now."""

    state: State
    allowed: bool
    reasons: tuple[Reason, ...] = ()
    #: The answer that the word is about.
    answer: ConsentFacts | None = None
