"""Reminding several people at once: what was sent, and what could not be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chase:
    """A mail to somebody who looks after consents: so many of a unit wait for an answer."""

    name: str
    email: str
    language: str
    unit_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many were mailed themselves, for how many a coordinator was, and for how many neither."""

    people: int = 0
    by_coordinator: int = 0
    #: Reminded within the last day already.
    lately: int = 0
    #: Nobody has asked them anything.
    not_asked: int = 0
