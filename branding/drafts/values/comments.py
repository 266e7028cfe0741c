"""What people say about a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewComment:
    """A remark; with ``parent_id`` an answer.  ``is_internal``: not for the host."""

    text: str
    is_internal: bool = False
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class CommentView:
    """A remark as pages show it; ``by`` is ``host:5``, ``user:3`` or ``reviewer:2``."""

    id: str
    by: str
    made_at: datetime
    text: str
    is_internal: bool
    is_note: bool
    is_resolved: bool
    answers: tuple[CommentView, ...] = ()
