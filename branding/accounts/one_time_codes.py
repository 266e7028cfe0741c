"""Codes from an app (TOTP, RFC 6238) and codes on paper, by pyotp; the picture for the app by segno."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
import segno

#: 80 bits: nobody guesses one back from its hash.
_RECOVERY_BYTES = 10


def new_secret() -> str:
    """160 bits in base32, as RFC 4226 section 4 recommends."""
    return pyotp.random_base32()


def accepted_step(secret: str, code: str, *, now: datetime, drift: int, after: int) -> int | None:
    """The 30-second step that the code belongs to; None when it is wrong or used already."""
    app = pyotp.TOTP(secret)
    here = app.timecode(now)
    for step in range(here - drift, here + drift + 1):
        # As bytes: text may hold letters that are not ASCII, and those cannot be compared.
        if compare_digest(app.generate_otp(step).encode(), code.encode()) and step > after:
            return step
    return None


def picture(secret: str, *, name: str, issuer: str, title: str) -> str:
    """The QR code that an app reads, as SVG without styles."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)
    return str(segno.make(address, error="m").svg_inline(omitsize=True, light="#fff", title=title))


def new_recovery_codes(count: int) -> list[str]:
    """Codes such as ``abcd-efgh-ijkl-mnop``."""
    return [_grouped(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()) for _ in range(count)]


def plain(written: str) -> str:
    """A code as people type it, without spaces, dashes and capitals."""
    return "".join(letter for letter in written.lower() if letter.isalnum())


def _grouped(letters: str) -> str:
    small = letters.lower()
    return "-".join(small[n : n + 4] for n in range(0, len(small), 4))
