"""The proof of one answer: the record that is sealed, and what checking a file can find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Picture:
    """A signature or a page, as it stands in the proof."""

    file_name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """``record`` says everything in plain data; its code stands on every page."""

    record: Mapping[str, Any]
    code: str
    pictures: tuple[Picture, ...]
    #: Files that are part of the proof and cannot be shown on a page, or could not be opened.
    left_out: tuple[str, ...]
    made_at: datetime


class Verdict(StrEnum):
    """What checking a file found."""

    GENUINE = "genuine"
    #: It has a seal, which does not fit: changed since, or sealed by another installation.
    CHANGED = "changed"
    #: It has no seal.
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Checked:
    """``record`` and ``code`` only for a genuine file."""

    verdict: Verdict
    record: Mapping[str, Any] | None = None
    code: str = ""
