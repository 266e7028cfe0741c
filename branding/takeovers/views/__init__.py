"""Pages of takeovers: slots, takeovers, hosts, moves, and the host's own week."""

from branding.takeovers.views import hosts, lists, moves, week
from branding.takeovers.views.blueprint import bp

__all__ = ["bp", "hosts", "lists", "moves", "week"]
