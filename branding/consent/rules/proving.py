"""Sealing proofs: a code over the record, which is printed, and a seal over the bytes of the file.

Both are made with the installation's audit key: who has the key can check them, nobody else can make one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

from branding.consent.values.proof import Checked, Verdict

#: A comment behind the end of the PDF, where readers do not look.
_SEAL = re.compile(rb"\n%stafet-proof-1 ([0-9a-f]{64})\n\Z")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_MARK = b'{"about":'
_MOST = 4 * 1024 * 1024
_CODE_BYTES = 15


def canonical(record: Mapping[str, Any]) -> bytes:
    """The record as the same bytes each time."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def code_of(key: str, record: Mapping[str, Any]) -> str:
    """Six groups of four letters and digits (120 bits), for the eye and the telephone."""
    digest = hmac.digest(key.encode(), b"stafet-proof-code:" + canonical(record), hashlib.sha256)
    letters = base64.b32encode(digest[:_CODE_BYTES]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def sealed(key: str, pdf: bytes) -> bytes:
    """The file with its seal at the end."""
    return pdf + b"\n%stafet-proof-1 " + _seal_of(key, pdf) + b"\n"


def check(key: str, content: bytes) -> Checked:
    """Whether a file is exactly what was made here."""
    found = _SEAL.search(content)
    if found is None:
        return Checked(Verdict.CHANGED if b"%stafet-proof-1 " in content else Verdict.NOT_OURS)
    if not hmac.compare_digest(found[1], _seal_of(key, content[: found.start()])):
        return Checked(Verdict.CHANGED)
    record = _attached(content)
    return Checked(Verdict.GENUINE, record, code_of(key, record) if record else "")


def _seal_of(key: str, pdf: bytes) -> bytes:
    return hmac.new(key.encode(), b"stafet-proof-file:" + pdf, hashlib.sha256).hexdigest().encode()


def _attached(content: bytes) -> dict[str, Any] | None:
    """The record that travels in the file."""
    for found in _STREAM.finditer(content):
        try:
            plain = zlib.decompressobj().decompress(found[1], _MOST)
        except zlib.error:
            continue
        if plain.startswith(_MARK):
            record = json.loads(plain)
            return record if isinstance(record, dict) else None
    return None
