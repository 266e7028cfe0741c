"""Alembic's entry: runs the steps on the connection that migrations.schema hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from branding.core.db import UtcDateTime
from branding.migrations.schema import tables


def plain(kind: str, thing: Any, _autogenerate: Any) -> str | Literal[False]:
    """A step names SQLAlchemy's own types only, so that it still runs when ours have changed."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, sa.types.TypeDecorator) and isinstance(thing.impl, sa.String):
        return f"sa.String(length={thing.impl.length})" if thing.impl.length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    render_as_batch=True,
    compare_type=True,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
