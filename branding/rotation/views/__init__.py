"""Pages of the rotation: plans, slots, holiday weeks, import, the planner and units' requests."""

from branding.rotation.views import holidays, imports, planning, plans, proposals, requests, slots, swaps
from branding.rotation.views.blueprint import bp

__all__ = ["bp", "holidays", "imports", "planning", "plans", "proposals", "requests", "slots", "swaps"]
