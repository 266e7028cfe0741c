"""The pages of reports, by subject."""

from branding.reports.views import archive, linked, reading, schedules
from branding.reports.views.blueprint import bp

__all__ = ["archive", "bp", "linked", "reading", "schedules"]
