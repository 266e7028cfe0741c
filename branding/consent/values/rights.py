"""What a person may ask of us, and what everything we keep about one looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Right(StrEnum):
    """GDPR articles 15, 16 and 17."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class NewRight:
    """A person's wish, as it reached us."""

    kind: Right
    received_on: date


@dataclass(frozen=True, slots=True)
class RightView:
    id: str
    subject_id: str
    kind: Right
    received_on: date
    due_on: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody did something with the data about a person."""

    at: datetime
    actor_kind: str
    actor_id: int | None
    tag: str
    #: Why, where a reason was asked for.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept about a person: parts of plain data, ready for JSON, and the log."""

    subject: Mapping[str, Any]
    representations: tuple[Mapping[str, Any], ...]
    requests: tuple[Mapping[str, Any], ...]
    consents: tuple[Mapping[str, Any], ...]
    withdrawals: tuple[Mapping[str, Any], ...]
    shown: tuple[Mapping[str, Any], ...]
    decisions: tuple[Mapping[str, Any], ...]
    wishes: tuple[Mapping[str, Any], ...]
    log: tuple[Reading, ...]
