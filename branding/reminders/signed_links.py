"""The links in a reminder that need no sign-in: which line of the log they are about, signed."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

_SALT = "stafet-reminder"


def token_of(secret_key: str, sent_id: int) -> str:
    return str(URLSafeSerializer(secret_key, salt=_SALT).dumps(sent_id))


def sent_id_of(secret_key: str, token: str) -> int | None:
    """None for anything that we did not sign."""
    try:
        found = URLSafeSerializer(secret_key, salt=_SALT).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
