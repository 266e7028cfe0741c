"""An address as a QR code that a phone's camera opens."""

from __future__ import annotations

import segno


def qr_svg(address: str, *, title: str, description: str) -> str:
    """SVG for inside a page: black on white in dark mode too, since cameras need it; scales with its box."""
    code = segno.make_qr(address, error="m")
    return str(
        code.svg_inline(
            title=title, desc=description, dark="#000", light="#fff", border=4, omitsize=True, svgclass=None
        )
    )
