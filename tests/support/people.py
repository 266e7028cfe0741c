"""The people of the tests: one for each role, made and signed in without going through the pages."""

from __future__ import annotations

from flask.testing import FlaskClient

from branding.accounts import service as accounts
from branding.core import clock
from branding.core.actor import SYSTEM, Role
from branding.core.db import Database
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest


def sign_in(
    client: FlaskClient, database: Database, role: Role, area_id: int | None, *, name: str = ""
) -> int:
    """Make a person with a role and give the client that person's cookie; returns the user's id."""
    now = clock.now()
    name = name or f"{role.title()} Prøve"
    with database.transaction() as session:
        user_id = accounts.add_user(
            session, name, f"{role}{now.timestamp()}@example.dk", {(role, area_id)}, now=now
        )
        token = accounts.open_session(session, user_id, device="Prøve", now=now)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    return user_id


def make_area(database: Database, name: str = "Specialområde Hjerneskade", short_name: str = "SOH") -> int:
    """A specialområde; returns its id."""
    with database.transaction() as session:
        return organisation.add_unit(session, SYSTEM, UnitRequest(name, short_name), now=clock.now())
