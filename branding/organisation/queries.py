"""Reads of the organisation."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from branding.core.db import read_once
from branding.core.errors import Missing
from branding.organisation.models import Organisation, Profession, Profile, Unit
from branding.organisation.values import Channel, OrganisationView, ProfileView, UnitKind, UnitView


@read_once
def find_organisation(session: Session) -> OrganisationView | None:
    """The one organisation; None in a database that nobody has set up."""
    found = session.get(Organisation, 1)
    if found is None:
        return None
    return OrganisationView(
        found.name, found.is_demo, found.contact_name, found.contact_phone, found.contact_email, found.version
    )


def organisation_row(session: Session) -> Organisation:
    found = session.get(Organisation, 1)
    if found is None:
        raise Missing("organisation")
    return found


@read_once
def units(session: Session, archived: bool = False) -> list[UnitView]:
    """Areas in Danish order, each followed by its departments; ``archived`` adds those no longer used."""
    rows = session.exec(select(Unit).order_by(Unit.sort_key, col(Unit.id))).all()
    departments: dict[int | None, list[Unit]] = {}
    for row in rows:
        departments.setdefault(row.parent_id, []).append(row)
    found: list[UnitView] = []
    for area in departments.get(None, []):
        if archived or area.archived_at is None:
            found.append(_unit(area, area))
            found += [
                _unit(row, area)
                for row in departments.get(area.id, [])
                if archived or row.archived_at is None
            ]
    return found


def _unit(row: Unit, area: Unit) -> UnitView:
    return UnitView(
        row.id or 0,
        UnitKind(row.kind),
        row.name,
        row.short_name,
        area.id or 0,
        area.short_name,
        area.colour,
        row.archived_at is not None,
        row.version,
        row.leader_name,
        row.leader_email,
    )


@read_once
def unit_by_id(session: Session, unit_id: int) -> UnitView:
    row = unit_row(session, unit_id)
    return _unit(row, row if row.parent_id is None else unit_row(session, row.parent_id))


def unit_row(session: Session, unit_id: int) -> Unit:
    found = session.get(Unit, unit_id)
    if found is None:
        raise Missing("unit", unit_id)
    return found


def find_unit(session: Session, name_or_short: str) -> UnitView | None:
    """The unit in use with this name or short name, upper or lower case; areas before departments."""
    wanted = " ".join(name_or_short.split()).casefold()
    if not wanted:
        return None
    fits = [u for u in units(session) if wanted in (u.name.casefold(), u.short_name.casefold())]
    return min(fits, key=lambda unit: unit.kind != UnitKind.AREA, default=None)


def ids_under(session: Session, area_ids: Iterable[int]) -> frozenset[int]:
    """These units and the departments of those that are areas; a page that reads all units asks once."""
    wanted = frozenset(area_ids)
    every = units(session, archived=True) if wanted else ()
    return frozenset(one.id for one in every if one.id in wanted or one.area_id in wanted)


def area_colours(session: Session) -> list[int]:
    """The hues that areas in use wear."""
    query = select(Unit.colour).where(Unit.kind == UnitKind.AREA, col(Unit.archived_at).is_(None))
    return list(session.exec(query))


def professions(session: Session, archived: bool = False) -> list[Profession]:
    """Faggrupper in Danish order; ``archived`` adds those no longer offered."""
    rows = session.exec(select(Profession).order_by(Profession.sort_key, col(Profession.id)))
    return [row for row in rows if archived or row.archived_at is None]


def profession_by_id(session: Session, profession_id: int) -> Profession:
    found = session.get(Profession, profession_id)
    if found is None:
        raise Missing("profession", profession_id)
    return found


@read_once
def profiles(session: Session, archived: bool = False) -> list[ProfileView]:
    """Accounts on channels in Danish order; ``archived`` adds those no longer lent out."""
    rows = session.exec(select(Profile).order_by(Profile.sort_key, col(Profile.id)))
    return [_profile(row) for row in rows if archived or row.archived_at is None]


@read_once
def profile_by_id(session: Session, profile_id: int) -> ProfileView:
    return _profile(profile_row(session, profile_id))


def profile_row(session: Session, profile_id: int) -> Profile:
    found = session.get(Profile, profile_id)
    if found is None:
        raise Missing("profile", profile_id)
    return found


def _profile(row: Profile) -> ProfileView:
    return ProfileView(
        row.id or 0,
        Channel(row.channel),
        row.handle,
        row.name,
        row.url,
        row.archived_at is not None,
        row.version,
        row.shares_to_facebook,
        row.shares_checked_at,
    )
