"""What reports are told of consents: units, days and numbers, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branding.consent.values.people import Kind
from branding.consent.values.standing import State


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """So many people of a unit and kind have this word today."""

    unit_id: int
    kind: Kind
    state: State
    to_verify: bool
    number: int


class Said(StrEnum):
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """An answer that was written down, or one that was taken back; ``on`` is the day in Denmark."""

    on: date
    unit_id: int
    said: Said
