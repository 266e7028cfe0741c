"""A search by name is a use of people's data: it is logged, and the name is not in the log."""

from __future__ import annotations

from collections.abc import Callable

from branding.audit import queries as audit
from branding.core.db import Database
from tests.support.client import InspectingClient


def test_a_search_is_logged_without_the_name(
    client: InspectingClient, sign_in: Callable[..., int], database: Database, area: int
) -> None:
    user_id = sign_in("coordinator", area)
    client.get("/consents")
    client.get("/consents?q=Vega")
    client.get("/consents?q=vega")
    with database.reader() as session:
        found, _ = audit.entries(session, tag="consent:people:searched")
    assert [one.actor_id for one in found] == [user_id, user_id]
    assert len({one.subject_id for one in found}) == 1 and "vega" not in repr(found).casefold()
