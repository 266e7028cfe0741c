"""Which part of a picture is shown in a ratio, and how large the file becomes."""

from __future__ import annotations

from math import ceil, floor

from branding.media.values.pictures import Focus, Ratio

#: The largest that Instagram keeps (publishing-apis.md section 1.4).
_WIDEST, _HIGHEST = 1440, 1800


def crop_box(width: int, height: int, ratio: Ratio, focus: Focus) -> tuple[float, float, float, float]:
    """Left, top, right and bottom: the largest part of that ratio around the focus, closer by its zoom."""
    wide, high = ratio.size
    w = min(width, height * wide / high) / focus.zoom
    h = w * high / wide
    left = min(max(focus.x * width - w / 2, 0.0), width - w)
    top = min(max(focus.y * height - h / 2, 0.0), max(0.0, height - h))
    return left, top, left + w, min(top + h, float(height))


def target_size(crop_width: float, ratio: Ratio) -> tuple[int, int]:
    """Pixels of the file: never enlarged, and never a pixel beyond the ratio that the channel takes."""
    wide, high = ratio.size
    if crop_width >= wide:
        return wide, high
    w = max(1, floor(crop_width))
    exact = w * high / wide
    return w, max(1, floor(exact + 1e-6) if high > wide else ceil(exact - 1e-6))


def whole_size(width: int, height: int) -> tuple[int, int]:
    """Pixels of the whole picture where the channel takes any ratio."""
    scale = min(1.0, _WIDEST / width, _HIGHEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
