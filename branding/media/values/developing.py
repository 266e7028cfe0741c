"""What the child process is asked, and what it answers: plain facts that travel as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A sealed file, or one of the parts that a file came in, and what it is called where it is opened."""

    path: str
    about: str


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Read what came in these parts; write its files into the folder, sealed with the key."""

    kind: str
    parts: tuple[SealedPart, ...]
    parts_key: str
    item_id: str
    folder: str
    key: str


@dataclass(frozen=True, slots=True)
class Blur:
    """Make a new edition from one that is there; boxes as fractions."""

    item_id: str
    folder: str
    key: str
    edition: int
    new_edition: int
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class CountFaces:
    item_id: str
    folder: str
    key: str
    edition: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was found; ``sha256`` and ``size`` are of the file that is kept."""

    source_sha256: str
    sha256: str
    size: int
    width: int
    height: int
    had_location: bool
    seconds: float | None = None
    frame_rate: float | None = None
    codec: str = ""
    has_sound: bool = False


@dataclass(frozen=True, slots=True)
class Blurred:
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Boxes as [x, y, w, h, certainty]; not available: there is no detector here."""

    is_available: bool
    faces: tuple[tuple[float, float, float, float, int], ...] = field(default=())
