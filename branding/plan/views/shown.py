"""How times of day on the wall are written."""

from __future__ import annotations

from datetime import time

from branding.plan.views.blueprint import bp
from branding.web.i18n import language


@bp.app_template_filter("wall_time")
def wall_time(value: time) -> str:
    """``10.05`` in Danish."""
    return f"{value:%H.%M}" if language() == "da" else f"{value:%H:%M}"
