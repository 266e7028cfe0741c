"""Pages of the organisation, by subject in the modules beside."""

from branding.organisation.views import people, professions, profiles, settings, tables, units
from branding.organisation.views.blueprint import bp

__all__ = ["bp", "people", "professions", "profiles", "settings", "tables", "units"]
