"""What many tests begin with is made once a process by the services; the others get its rows and files."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Table, func, insert, select, text
from sqlmodel import Session

from branding.audit.models import AuditEntry
from branding.migrations import schema

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Snapshot:
    made: Any
    rows: list[tuple[Table, list[dict[str, Any]]]]
    files: dict[tuple[str, Path], bytes]


_kept: dict[Hashable, _Snapshot] = {}


def once(session: Session, name: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` makes in an empty database; in one that is not empty it is made anew."""
    if session.execute(select(AuditEntry.id).limit(1)).first():
        return make()
    # The keys have signed and sealed what the rows hold.
    key = (name, session.info["audit_key"], session.info["data_key"])
    found = _kept.get(key)
    if found is None:
        made = make()
        session.flush()
        _kept[key] = _Snapshot(made, _rows(session), _files(session))
        return made
    _write(session, found)
    folders = _folders(session)
    for (folder, path), content in found.files.items():
        file = folders[folder] / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    made = found.made
    return made


def _rows(session: Session) -> list[tuple[Table, list[dict[str, Any]]]]:
    tables = schema.tables().sorted_tables
    found = [(table, session.execute(select(table)).mappings().all()) for table in tables]
    return [(table, [dict(row) for row in rows]) for table, rows in found if rows]


def _write(session: Session, found: _Snapshot) -> None:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    # In any order: rows of one table point at each other.
    in_any_order = (
        "SET LOCAL session_replication_role = replica" if is_postgres else "PRAGMA defer_foreign_keys = ON"
    )
    session.execute(text(in_any_order))
    for table, rows in found.rows:
        session.execute(insert(table), rows)
    if not is_postgres:
        return
    session.execute(text("SET LOCAL session_replication_role = origin"))
    # It counts ids apart from its rows.
    counts = {
        table.name: max(row["id"] for row in rows)
        for table, rows in found.rows
        if isinstance(rows[0].get("id"), int)
    }
    session.execute(
        select(*(func.setval(func.pg_get_serial_sequence(name, "id"), n) for name, n in counts.items()))
    )


def _folders(session: Session) -> dict[str, Path]:
    """What lies beside the database: keys, and pictures."""
    return {"keys": session.info["key_store"]._folder, "uploads": session.info["uploads"]}


def _files(session: Session) -> dict[tuple[str, Path], bytes]:
    return {
        (name, one.relative_to(folder)): one.read_bytes()
        for name, folder in _folders(session).items()
        for one in folder.rglob("*")
        if one.is_file()
    }
