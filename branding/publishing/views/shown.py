"""How moments are written in the plan: the time of day alone, and as buttons send it."""

from __future__ import annotations

from datetime import datetime

from branding.core import clock
from branding.publishing.views.blueprint import bp
from branding.web.i18n import language


@bp.app_template_filter("clock_time")
def clock_time(value: datetime) -> str:
    """``10.05`` in Denmark."""
    local = clock.local(value)
    return f"{local:%H.%M}" if language() == "da" else f"{local:%H:%M}"


@bp.app_template_filter("minute")
def minute(value: datetime) -> str:
    """``2026-11-03T10:00`` in Denmark: what buttons send."""
    return f"{clock.local(value):%Y-%m-%dT%H:%M}"
