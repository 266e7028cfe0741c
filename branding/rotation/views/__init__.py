"""Pages of the rotation: plans, slots, holiday weeks and import."""

from branding.rotation.views import holidays, imports, plans, slots
from branding.rotation.views.blueprint import bp

__all__ = ["bp", "holidays", "imports", "plans", "slots"]
