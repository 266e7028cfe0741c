"""What many tests begin with is made once a process by the services; the others get its rows and keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table, func, insert, select
from sqlmodel import Session

from branding.audit.models import AuditEntry
from branding.migrations import schema

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Snapshot:
    made: Any
    rows: list[tuple[Table, list[dict[str, Any]]]]
    keys: dict[Path, bytes]


_kept: dict[Hashable, _Snapshot] = {}


def once(session: Session, name: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` makes in an empty database; in one that is not empty it is made anew."""
    if session.execute(select(AuditEntry.id).limit(1)).first():
        return make()
    found = _kept.get(name)
    if found is None:
        made = make()
        session.flush()
        _kept[name] = _Snapshot(made, _rows(session), _keys(session))
        return made
    for table, rows in found.rows:
        session.execute(insert(table), rows)
    _count_on(session, found)
    for path, content in found.keys.items():
        file = _key_folder(session) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    made = found.made
    return made


def _rows(session: Session) -> list[tuple[Table, list[dict[str, Any]]]]:
    tables = schema.tables().sorted_tables
    found = [(table, session.execute(select(table)).mappings().all()) for table in tables]
    return [(table, [dict(row) for row in rows]) for table, rows in found if rows]


def _count_on(session: Session, found: _Snapshot) -> None:
    """PostgreSQL counts ids apart from its rows."""
    if session.get_bind().dialect.name != "postgresql":
        return
    numbered = [(table, rows) for table, rows in found.rows if isinstance(rows[0].get("id"), int)]
    session.execute(
        select(
            *(
                func.setval(func.pg_get_serial_sequence(table.name, "id"), max(row["id"] for row in rows))
                for table, rows in numbered
            )
        )
    )


def _key_folder(session: Session) -> Path:
    folder = session.info["key_store"]._folder
    assert isinstance(folder, Path)
    return folder


def _keys(session: Session) -> dict[Path, bytes]:
    folder = _key_folder(session)
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
