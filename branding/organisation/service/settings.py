"""The organisation itself: its name, whom hosts call, and leaving the example data behind."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from branding.accounts import service as accounts
from branding.audit.service import record
from branding.core import policy
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.organisation import queries
from branding.organisation.models import Organisation
from branding.organisation.rules.names import clean, clean_handle
from branding.organisation.service.profiles import add_profile
from branding.organisation.values import Channel, ContactRequest, ProfileRequest, StartRequest

_LONGEST = 120


def set_up_organisation(session: Session, name: str, *, is_demo: bool = False, now: datetime) -> None:
    """The one organisation of a database; refused when there is one."""
    if queries.find_organisation(session) is not None:
        raise RuleBroken("is_set_up", say("There is an organisation here already."))
    session.add(Organisation(id=1, name=_name(name), is_demo=is_demo, created_at=now))
    session.flush()
    record(session, SYSTEM, "organisation:organisation:set-up", "organisation", 1, now=now)


def set_contact(session: Session, actor: Actor, request: ContactRequest, *, now: datetime) -> None:
    """The organisation's name and whom hosts call."""
    policy.check(actor, "organisation:manage")
    row = queries.organisation_row(session)
    fields = ("name", "contact_name", "contact_phone", "contact_email")
    wanted = {field: clean(getattr(request, field)) for field in fields}
    wanted["name"] = _name(request.name)
    if row.version != request.version:
        raise Conflict(
            "organisation_changed",
            say("Somebody else has changed this since you opened the page."),
            _shown(wanted),
            _shown({field: getattr(row, field) for field in fields}),
        )
    changes = {field: (getattr(row, field), value) for field, value in wanted.items()}
    for field, value in wanted.items():
        setattr(row, field, value)
    row.version += 1
    record(session, actor, "organisation:contact:changed", "organisation", row.id, changes=changes, now=now)


def check_may_start_own(session: Session, actor: Actor) -> None:
    """Only an administrator, and only while everything here is example data."""
    policy.check(actor, "accounts:user:manage")
    found = queries.find_organisation(session)
    if found is None or not found.is_demo:
        raise RuleBroken("not_demo", say("This is a real organisation, not the example data."))


def check_start(session: Session, actor: Actor, request: StartRequest) -> None:
    """Everything that could be refused, asked before the example data is gone."""
    check_may_start_own(session, actor)
    _name(request.name)
    clean_handle(Channel.INSTAGRAM, request.handle)
    accounts.check_password(request.password, name=request.admin_name, email=request.admin_email)


def start_own(session: Session, request: StartRequest, *, now: datetime) -> int:
    """Fill an emptied database: organisation, profile and first administrator, whose id is returned."""
    set_up_organisation(session, request.name, now=now)
    profile = ProfileRequest(Channel.INSTAGRAM, request.handle, request.name)
    add_profile(session, SYSTEM, profile, now=now)
    return accounts.create_first_admin(
        session, request.admin_name, request.admin_email, request.password, now
    )


def _name(name: str) -> str:
    name = clean(name)
    if not name or len(name) > _LONGEST:
        raise RuleBroken(
            "bad_name", say("Write a name of at most %(count)s characters.", count=_LONGEST), "name"
        )
    return name


def _shown(values: dict[str, str]) -> list[tuple[Text, object]]:
    labels = {
        "name": say("Name of the organisation"),
        "contact_name": say("Contact person"),
        "contact_phone": say("Phone"),
        "contact_email": say("Mail"),
    }
    return [(label, values[field]) for field, label in labels.items()]
