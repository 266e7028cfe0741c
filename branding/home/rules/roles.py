"""Which parts of the front page each role has: what one does something about, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from branding.core.actor import Role
from branding.home.values import Part

_PARTS: Mapping[Role, frozenset[Part]] = {
    Role.COMMUNICATIONS: frozenset({Part.TODAY, Part.GAPS, Part.GOALS}),
    Role.COORDINATOR: frozenset({Part.TODAY, Part.MINE, Part.GAPS}),
    Role.READER: frozenset({Part.TODAY, Part.WEEK, Part.GOALS, Part.REPORT}),
    Role.DPO: frozenset({Part.OVERSIGHT}),
}


def parts_of(roles: Iterable[Role]) -> frozenset[Part]:
    """Those of all the roles together; the others have what waits and the next weeks."""
    return frozenset().union(*(_PARTS.get(role, frozenset()) for role in roles))
