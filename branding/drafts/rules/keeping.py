"""How long posts that never went out are kept (consent.md section 6, T15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from branding.drafts.values.drafts import WITH_AUTHOR, DraftState

#: What was thrown away can be taken back for this long.
THROWN_AWAY = timedelta(days=30)
#: What was never sent goes this long after it was last touched.
UNUSED = timedelta(days=90)


def goes(state: DraftState, changed_at: datetime, *, is_idea: bool, now: datetime) -> bool:
    """Whether nobody will need it any more; ideas stay until somebody throws them away."""
    if state == DraftState.DROPPED:
        return changed_at + THROWN_AWAY <= now
    return state in WITH_AUTHOR and not is_idea and changed_at + UNUSED <= now
