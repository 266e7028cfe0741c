"""Getting what is to be posted, as the channels do: from its address, and looked at closely."""

from __future__ import annotations

import hashlib
import io
from urllib.parse import urlsplit

import requests
from PIL import Image, UnidentifiedImageError

from branding.simulator.world import Fetched

#: publishing-apis.md section 1.4
MOST_BYTES = 8 * 1024 * 1024
MOST_FILM_BYTES = 300 * 1024 * 1024
#: Width by height; a hair of tolerance for whole pixels.
NARROWEST, WIDEST = 4 / 5 - 0.001, 1.91 + 0.001
PATIENCE = (3, 20)


class Unfit(Exception):
    """With Meta's own code for it."""

    def __init__(self, code: int, subcode: int) -> None:
        super().__init__(f"{code}/{subcode}")
        self.code, self.subcode = code, subcode


def picture(address: str, *, story: bool = False) -> Fetched:
    """The JPEG behind an address."""
    body = _body(address, "image/jpeg", MOST_BYTES)
    looked_at(body, story=story)
    return _fetched(address, body)


def film(address: str) -> Fetched:
    return _fetched(address, _body(address, "video/", MOST_FILM_BYTES))


def looked_at(body: bytes, *, story: bool = False) -> tuple[int, int]:
    """Its size in pixels; :class:`Unfit` when the channel would refuse it."""
    if len(body) > MOST_BYTES:
        raise Unfit(36000, 2207004)
    try:
        with Image.open(io.BytesIO(body)) as found:
            if found.format != "JPEG":
                raise Unfit(36001, 2207005)
            found.load()
            width, height = found.size
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise Unfit(36001, 2207005) from None
    if not story and not NARROWEST <= width / height <= WIDEST:
        raise Unfit(36003, 2207009)
    return width, height


def token_hash(address: str) -> str:
    """What Stafet keeps of an address: SHA-256 of its random part."""
    name = urlsplit(address).path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return hashlib.sha256(name.encode()).hexdigest()


def _body(address: str, kind: str, most: int) -> bytes:
    if not address.isascii() or urlsplit(address).scheme not in ("http", "https"):
        raise Unfit(9004, 2207052)
    try:
        # The channels' own fetchers ask with HEAD now and then, so both must do.
        head = requests.head(address, timeout=PATIENCE, allow_redirects=False)
        answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException:
        raise Unfit(9004, 2207052) from None
    is_right = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith(kind)
    is_same = head.status_code == 200 and head.headers.get("Content-Length") == str(len(answer.content))
    if not is_right or not is_same or answer.cookies or len(answer.content) > most:
        raise Unfit(9004, 2207052)
    return answer.content


def _fetched(address: str, body: bytes) -> Fetched:
    return Fetched(token_hash(address), hashlib.sha256(body).hexdigest(), len(body))
