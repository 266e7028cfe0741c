"""Rate limits per address; views ask for them with ``@limiter.limit``."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)

#: For forms that check a secret: generous to an office behind one address, hopeless for guessing.
SECRET_TRIES = "30 per minute"  # noqa: S105 - a rate
