"""Who can do what: the policy table as a page."""

from __future__ import annotations

from typing import Any

from branding.accounts.values import ROLE_NAMES, ROOM_NAMES
from branding.accounts.views.blueprint import bp
from branding.core import policy
from branding.core.actor import STAFF_ROLES, Role
from branding.core.text import say
from branding.web.guards import requires
from branding.web.pages import page

#: Those who come by a link, and how far it reaches.
_BY_LINK = {
    Role.HOST: (say("Host"), say("own week")),
    Role.REVIEWER: (say("Reviewer with a link"), say("the one post")),
}


@bp.get("/permissions")
@requires("accounts:self:manage")
def permissions_page() -> Any:
    rooms: dict[str, list[policy.Action]] = {}
    for name, action in policy.ACTIONS.items():
        rooms.setdefault(name.partition(":")[0], []).append(action)
    return page(
        "accounts/permissions.html",
        rooms=[(ROOM_NAMES[room], actions) for room, actions in rooms.items()],
        roles=(*STAFF_ROLES, *_BY_LINK),
        names={**ROLE_NAMES, **{role: names[0] for role, names in _BY_LINK.items()}},
        limits={role: names[1] for role, names in _BY_LINK.items()},
    )
