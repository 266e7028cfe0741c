"""Whether everything runs."""

from __future__ import annotations

from typing import Any

from branding.core import clock
from branding.publishing.queries.status import status
from branding.publishing.views.blueprint import bp
from branding.web.guards import requires
from branding.web.pages import page
from branding.web.transaction import db


@bp.get("/publishing/status")
@requires("publishing:status:view")
def status_page() -> Any:
    """The worker, what is due, the jobs and the connections; what stands still is red."""
    return page("publishing/status.html", found=status(db(), clock.now()))
