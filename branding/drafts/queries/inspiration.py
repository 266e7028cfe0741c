"""Reads of what others have made: approved posts of takeovers that are over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from branding.drafts.models import Draft
from branding.drafts.values.drafts import DraftState
from branding.takeovers import queries as takeovers

#: Enough to be inspired by, and few enough to look at.
MOST = 12
_YEARS_BACK = 2


def approved_rows(session: Session, before: date, *, but: Collection[int] = ()) -> list[Draft]:
    """Approved posts of takeovers that ended before this day, the newest first."""
    over = takeovers.takeovers_between(session, before.replace(year=before.year - _YEARS_BACK, day=1), before)
    ids = {one.id for one in over if one.ends_on < before} - set(but)
    query = (
        select(Draft)
        .where(Draft.state == DraftState.APPROVED, col(Draft.takeover_id).in_(ids))
        .order_by(col(Draft.approved_at).desc(), col(Draft.id))
        .limit(MOST * 2)
    )
    return list(session.exec(query))
