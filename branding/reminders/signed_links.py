"""The links in a reminder that need no sign-in: which line of the log they are about, signed."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

_SALT = "stafet-reminder"


def token_of(secret_key: str, sent_id: int, ref: str) -> str:
    """With the reader: a database that was put back from yesterday gives its numbers out again."""
    return str(URLSafeSerializer(secret_key, salt=_SALT).dumps([sent_id, ref]))


def read(secret_key: str, token: str) -> tuple[int, str] | None:
    """Which line, and to whom; None for anything that we did not sign."""
    try:
        sent_id, ref = URLSafeSerializer(secret_key, salt=_SALT).loads(token)
    except (BadSignature, TypeError, ValueError):
        return None
    return sent_id, ref
