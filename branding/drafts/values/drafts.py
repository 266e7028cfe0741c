"""States and small facts of a draft that cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from branding.consent.values.reasons import Decision
from branding.consent.values.records import Channel
from branding.core.text import Text
from branding.drafts.values.content import Content
from branding.drafts.values.kinds import PostKind


class DraftState(StrEnum):
    """Whose turn it is."""

    #: The author's.
    WRITING = "writing"
    #: A second person's.
    SUBMITTED = "submitted"
    #: The author's again, with a note.
    RETURNED = "returned"
    #: Nobody's, until somebody takes it up again.
    ON_HOLD = "on_hold"
    #: Ready to go out.
    APPROVED = "approved"
    #: Given up; can be taken back.
    DROPPED = "dropped"


#: What waits for a second person.
IN_REVIEW = (DraftState.SUBMITTED, DraftState.ON_HOLD)
#: The author's turn.
WITH_AUTHOR = (DraftState.WRITING, DraftState.RETURNED)


@dataclass(frozen=True, slots=True)
class Start:
    """A new post.  Without ``takeover_id`` it is an idea of the unit's that is tied to no week."""

    kind: PostKind
    takeover_id: int | None = None
    unit_id: int | None = None
    due_at: datetime | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as pages show it."""

    id: str
    takeover_id: int | None
    unit_id: int
    profile_id: int | None
    state: DraftState
    content: Content
    #: ``host:5`` or ``user:3``.
    author: str
    #: When it should go out; empty when nobody has said.
    due_at: datetime | None
    #: Counts up at every change: the second of two editors is told.
    version: int
    #: Which version of the content this is.
    number: int
    made_at: datetime
    changed_at: datetime
    submitted_at: datetime | None = None
    #: Since when it is in this state.
    state_since: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    declared_at: datetime | None = None
    #: Since when it is, or may be, out.
    out_at: datetime | None = None

    @property
    def kind(self) -> PostKind:
        return self.content.kind

    @property
    def is_idea(self) -> bool:
        return self.takeover_id is None

    @property
    def title(self) -> str:
        """Its first words, for lists."""
        first = self.content.caption.strip().split("\n")[0]
        return shortened(first, 70)


def shortened(line: str, most: int) -> str:
    """At most so many letters, cut between two words; of a sentence that ends there the full stop goes."""
    if len(line) <= most:
        return line
    cut = line[: most - 1].rsplit(" ", 1)[0]
    return (cut.rstrip(" .,") if len(cut) > most // 2 else cut) + "…"


@dataclass(frozen=True, slots=True)
class Approved:
    """A post that may go out, as the room that sends it out needs it."""

    id: str
    takeover_id: int | None
    unit_id: int
    profile_id: int | None
    kind: str
    #: ``host:5`` or ``user:3``.
    author: str
    due_at: datetime | None
    title: str
    #: The version that was approved, in hex.
    version_hash: str
    approved_at: datetime | None
    #: ``user:3`` or ``reviewer:2``.
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something the author must put right, or should think of, before it is sent; ``step`` is where."""

    code: str
    text: Text
    #: pictures, people or text.
    step: str
    is_stop: bool = True
    #: The picture that it is about, if it is about one.
    item_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a draft's way: what the author lacks, and the gate's answer on each channel."""

    lacks: tuple[Lack, ...]
    answers: Mapping[Channel, Decision] = field(default_factory=dict)
    #: The instant that was judged.
    at: datetime | None = None
    #: People who are only named, with the word that names them: outsiders are told no more than the word.
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> tuple[Lack, ...]:
        return tuple(one for one in self.lacks if one.is_stop)

    @property
    def main(self) -> Decision:
        """The answer for the channel that the post is made for."""
        return next(iter(self.answers.values()), Decision(False))

    @property
    def may_be_sent(self) -> bool:
        return not self.stops and self.main.may_be_sent

    @property
    def may_be_approved(self) -> bool:
        return not self.stops and self.main.allowed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending or approving: a no is an answer that is kept, not an error."""

    is_done: bool
    standing: Standing
