"""Use cases by subject: the takeover, its hosts, their own steps, moves, telling, the checklist."""

from branding.rotation.service import follow
from branding.takeovers.service.following import SlotFollower

# Whoever can change takeovers also keeps their days inside their slots.
follow(SlotFollower())
