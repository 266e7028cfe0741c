"""The review screen: who is in a post, what the second person agrees to, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from branding.consent.values.people import Kind
from branding.consent.values.reasons import Code, Reason
from branding.consent.values.records import Channel
from branding.consent.values.standing import State
from branding.drafts.values.drafts import DraftView, Standing
from branding.drafts.values.previews import PreviewView
from branding.drafts.values.text import Piece
from branding.media.values.items import ItemView, PersonView


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person said yes to."""

    consent_id: str
    channels: tuple[Channel, ...]
    may_name: bool
    may_voice: bool
    may_film: bool
    until: datetime
    about: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody on the register who is in the post, in a picture (by its number) or in the text only."""

    subject_id: str
    label: str
    kind: Kind
    pictures: tuple[int, ...]
    state: State
    #: What stands in the way of showing this person, what no waiting heals first.
    reasons: tuple[Reason, ...]
    agreed: Agreed | None
    #: The person sees the post before others do.
    sees_first: bool
    #: The last time this person was shown the version that would go out now.
    preview: PreviewView | None

    @property
    def is_fine(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Hidden:
    """Somebody who is said not to be recognisable: the second person agrees, in words."""

    item_id: str
    number: int
    person: PersonView


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A picture or film in which nobody has counted the faces."""

    item_id: str
    number: int
    is_film: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the second person looks at."""

    draft: DraftView
    items: Mapping[str, ItemView]
    standing: Standing
    people: tuple[Seen, ...]
    hidden: tuple[Hidden, ...]
    #: Pictures of which the author says that nobody can be recognised.
    nobody: tuple[int, ...]
    uncounted: tuple[Uncounted, ...]
    #: What was changed in the text since it was sent before; empty the first time.
    since: tuple[Piece, ...]
    #: The mark of the texts that may be put right here.
    base: str
    #: It waits for a second person, and this one may be it.
    may_approve: bool
    #: This is who made it, or who stands by who is in it.
    is_own: bool

    @property
    def may_share_by_itself(self) -> bool:
        """The profile may show it elsewhere too, where somebody has not said yes to that."""
        return any(Code.CROSSPOST_NOT_COVERED in one.codes for one in self.standing.answers.values())
