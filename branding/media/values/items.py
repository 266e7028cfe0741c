"""Media items as pages and the gate see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from branding.consent.values.gate import DepictionFacts, MediaFacts
from branding.consent.values.records import MediaKind
from branding.core.text import Text
from branding.media.values.pictures import Box

__all__ = [
    "Answer",
    "Depicted",
    "FaceState",
    "Faces",
    "FoundBy",
    "FoundFace",
    "ItemView",
    "MediaKind",
    "PersonView",
]

#: From this certainty on a face counts; below it the page says "perhaps" (stack.md section 3).
CERTAIN = 80


class Answer(StrEnum):
    """What was said of a face or a person."""

    PERSON = "person"
    BLURRED = "blurred"
    NOT_RECOGNISABLE = "not_recognisable"
    NOT_A_FACE = "not_a_face"
    #: "I do not know who that is": nothing goes out with it.
    UNKNOWN = "unknown"


class FaceState(StrEnum):
    """How far the counting of faces is."""

    WAITING = "waiting"
    COUNTED = "counted"
    #: No detector here, or a film: the reviewer counts.
    UNAVAILABLE = "unavailable"
    FAILED = "failed"
    BY_HAND = "by_hand"


class FoundBy(StrEnum):
    DETECTOR = "detector"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A box that the detector made, and how certain it is in per cent."""

    box: Box
    certainty: int


@dataclass(frozen=True, slots=True)
class Faces:
    """What the detector said of one picture; ``is_available`` is False where there is none."""

    is_available: bool
    found: tuple[FoundFace, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonView:
    """A face box, a person, or both; ``answer`` is empty while nobody has said what it is."""

    id: str
    item_id: str
    found_by: FoundBy
    box: Box | None = None
    #: Where the box is: "at the top, left".
    where: Text | None = None
    certainty: int | None = None
    answer: Answer | None = None
    #: The person on the register, as consent knows it; empty when nobody was named.
    subject_id: str = ""
    because: str = ""
    is_heard: bool = False
    answered_by: str = ""
    answered_at: datetime | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    @property
    def is_perhaps(self) -> bool:
        """The detector is not sure: shown, but not counted."""
        return self.found_by == FoundBy.DETECTOR and (self.certainty or 0) < CERTAIN

    @property
    def is_counted(self) -> bool:
        """Whether the box is one of the faces that must be accounted for."""
        return self.found_by == FoundBy.DETECTOR and not self.is_perhaps


@dataclass(frozen=True, slots=True)
class ItemView:
    """Everything that a page shows of a picture or film."""

    id: str
    place: str
    unit_id: int
    kind: MediaKind
    width: int
    height: int
    seconds: float | None
    has_sound: bool
    #: The file told where it was taken; that was removed.
    had_location: bool
    #: 0 as it was taken in; each blur makes a new one.
    edition: int
    face_state: FaceState
    #: Faces found or counted; None when nobody has counted.
    faces: int | None
    #: The author said that nobody can be recognised.
    is_nobody: bool
    #: The author has said who is in it, or that nobody is.
    is_declared: bool
    declared_by: str
    declared_at: datetime | None
    mismatch_because: str
    #: Somebody said that nobody can be heard.
    is_nobody_heard: bool
    people: tuple[PersonView, ...]
    #: Of the current edition's file, in hex.
    sha256: str
    #: Bytes of that file.
    size: int
    made_by: str
    made_at: datetime
    #: A second person has looked at the blurred edition.
    blurred_edition_confirmed: bool
    #: Faces that nobody has accounted for.
    unexplained_faces: int
    #: What its channel would refuse: a picture in the feed, a film as a reel.
    limits_broken: tuple[Text, ...]
    keep_until: date | None
    #: The original is gone: it can be seen, but no longer blurred or published.
    is_purged: bool
    #: Everything is gone; only the row is left.
    is_dropped: bool
    version: int

    @property
    def has_aside(self) -> bool:
        """Somebody said why there are more faces than people, or that something found is no face."""
        return bool(self.mismatch_because) or any(one.answer == Answer.NOT_A_FACE for one in self.people)


@dataclass(frozen=True, slots=True)
class Depicted:
    """What the gate must know of an item.  ``people`` have no ``is_named``: the text says that."""

    media: MediaFacts
    people: tuple[DepictionFacts, ...] = ()
