"""What a film is, as far as channels mind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """``codec`` is the picture's: h264, hevc; ``size`` in bytes."""

    seconds: float
    size: int
    codec: str
    frame_rate: float
