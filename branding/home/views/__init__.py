"""Pages of home: the front page, the calendar and its wheel, and the consent board."""

from branding.home.views import asking, calendar, consents, search, wheel
from branding.home.views.blueprint import bp

__all__ = ["asking", "bp", "calendar", "consents", "search", "wheel"]
