"""calendar feeds"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WHOSE = (
    "(kind = 'host') = (host_id IS NOT NULL) AND (kind = 'host') = (user_id IS NULL)"
    " AND (kind = 'unit') = (unit_id IS NOT NULL)"
)
_LONG_AGO = sa.text("'1970-01-01 00:00:00.000000'")


def upgrade() -> None:
    # A default lets SQLite add the column to the table that takeovers point at, instead of making it anew.
    column = sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=_LONG_AGO)
    op.add_column("slot", column)
    # Nobody knows when an old slot last changed; its plan was there already.
    op.execute("UPDATE slot SET changed_at = (SELECT created_at FROM plan WHERE plan.id = slot.plan_id)")
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("slot", "changed_at", server_default=None)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('all', 'unit', 'host')", name=op.f("ck_calendar_feed_kind")),
        sa.CheckConstraint(_WHOSE, name=op.f("ck_calendar_feed_whose")),
        sa.ForeignKeyConstraint(
            ["host_id"], ["host.id"], name=op.f("fk_calendar_feed_host_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_calendar_feed_unit_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_calendar_feed_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_feed_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_feed_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_user_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_feed_unit_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_feed_host_id"))
    op.drop_table("calendar_feed")
    # Not as a batch: that would make the table anew, and takeovers point at it.
    op.drop_column("slot", "changed_at")
