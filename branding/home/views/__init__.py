"""Pages of home: the front page, the calendar and its wheel, and the consent board."""

from branding.home.views import calendar, consents, wheel
from branding.home.views.blueprint import bp

__all__ = ["bp", "calendar", "consents", "wheel"]
