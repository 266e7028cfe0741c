"""Pages of home: the front page, the calendar and its wheel."""

from branding.home.views import calendar, wheel
from branding.home.views.blueprint import bp

__all__ = ["bp", "calendar", "wheel"]
