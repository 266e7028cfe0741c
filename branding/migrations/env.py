"""Alembic's entry: runs the steps on the connection that migrations.schema hands over."""

from alembic import context

from branding.migrations.schema import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
