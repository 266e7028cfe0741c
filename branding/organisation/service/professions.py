"""Faggrupper: adding, renaming and putting away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import say
from branding.organisation import queries
from branding.organisation.models import Profession
from branding.organisation.rules.names import clean

_MANAGE = "organisation:manage"
_IS_TAKEN = say("There is a profession with this name already. It may have been put away.")
_LONGEST = 80


def add_profession(session: Session, actor: Actor, name: str, *, now: datetime) -> int:
    policy.check(actor, _MANAGE)
    name = _free(session, name)
    row = Profession(name=name, sort_key=sort_key(name))
    with taken(session, {"uq_profession_name": ("name", _IS_TAKEN)}):
        session.add(row)
    record(
        session,
        actor,
        "organisation:profession:added",
        "profession",
        row.id,
        changes={"name": (None, name)},
        now=now,
    )
    return row.id or 0


def rename_profession(
    session: Session, actor: Actor, profession_id: int, name: str, version: int, *, now: datetime
) -> None:
    policy.check(actor, _MANAGE)
    row = queries.profession_by_id(session, profession_id)
    if row.version != version:
        raise Conflict(
            "profession_changed",
            say("Somebody else has changed this profession since you opened the page."),
            [(say("Name"), clean(name))],
            [(say("Name"), row.name)],
        )
    name, before = _free(session, name, profession_id), row.name
    with taken(session, {"uq_profession_name": ("name", _IS_TAKEN)}):
        row.name, row.sort_key, row.version = name, sort_key(name), row.version + 1
    changes = {"name": (before, name)}
    record(session, actor, "organisation:profession:renamed", "profession", row.id, changes=changes, now=now)


def archive_profession(session: Session, actor: Actor, profession_id: int, *, now: datetime) -> None:
    """No longer offered; old plans keep it."""
    policy.check(actor, _MANAGE)
    row = queries.profession_by_id(session, profession_id)
    if row.archived_at is None:
        row.archived_at, row.version = now, row.version + 1
        record(session, actor, "organisation:profession:archived", "profession", row.id, now=now)


def restore_profession(session: Session, actor: Actor, profession_id: int, *, now: datetime) -> None:
    policy.check(actor, _MANAGE)
    row = queries.profession_by_id(session, profession_id)
    if row.archived_at is not None:
        row.archived_at, row.version = None, row.version + 1
        record(session, actor, "organisation:profession:restored", "profession", row.id, now=now)


def ensure_professions(
    session: Session, actor: Actor, names: Iterable[str], *, now: datetime
) -> dict[str, int]:
    """The ids of professions with these names, making those that are not there."""
    policy.check(actor, _MANAGE)
    known = {row.name.casefold(): row for row in queries.professions(session, archived=True)}
    ids = {key: row.id or 0 for key, row in known.items()}
    found: dict[str, int] = {}
    for name in names:
        key = clean(name).casefold()
        if key in known:
            restore_profession(session, actor, ids[key], now=now)
        elif key not in ids:
            ids[key] = add_profession(session, actor, name, now=now)
        found[name] = ids[key]
    return found


def _free(session: Session, name: str, own_id: int | None = None) -> str:
    name = clean(name)
    if not name or len(name) > _LONGEST:
        raise RuleBroken(
            "bad_name", say("Write a name of at most %(count)s characters.", count=_LONGEST), "name"
        )
    # The database tells æ from Æ; people do not.
    for row in queries.professions(session, archived=True):
        if row.id != own_id and row.name.casefold() == name.casefold():
            raise RuleBroken("name_taken", _IS_TAKEN, "name")
    return name
