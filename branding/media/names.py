"""What an item's sealed files are called, and what each is bound to: no other item's or edition's opens."""

from __future__ import annotations

from branding.media.values.pictures import Focus, Ratio, Size


def full(edition: int) -> str:
    """The picture in full size; of a film its poster."""
    return f"{edition}.full"


def film(edition: int) -> str:
    return f"{edition}.film"


def shown(edition: int, size: Size) -> str:
    """What pages show of the whole picture."""
    return f"{edition}.{size}"


def cropped(edition: int, size: Size, ratio: Ratio) -> str:
    """One a ratio: another focus takes its place."""
    return f"{edition}.{size}.{ratio}"


def frame(number: int) -> str:
    """A picture of the film's strip."""
    return f"frame-{number}"


def kept(size: Size) -> str:
    """What is left when the original has gone."""
    return f"kept.{size}"


def about(item_id: str, name: str, focus: Focus | None = None) -> str:
    """The words that a file is sealed with."""
    crop = "" if focus is None else f":{focus.x:.2f},{focus.y:.2f},{focus.zoom:.2f}"
    return f"{item_id}:{name}{crop}"


def chunk(offset: int) -> str:
    """A part of an upload, by where it begins."""
    return f"{offset:012d}"
