"""units' requests and proposals for a plan"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "week_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("iso_year", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('wish', 'blocked')", name=op.f("ck_week_request_kind")),
        sa.CheckConstraint("iso_week BETWEEN 1 AND 53", name=op.f("ck_week_request_iso_week")),
        sa.CheckConstraint("weeks BETWEEN 1 AND 53", name=op.f("ck_week_request_weeks")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_week_request_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_week_request_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_request")),
    )
    with op.batch_alter_table("week_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_week_request_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_week_request_starts_on"), ["starts_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_week_request_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "plan_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("greedy", sa.JSON(), nullable=False),
        sa.Column("best", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('fill', 'replan', 'copy')", name=op.f("ck_plan_proposal_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'solving', 'proven', 'best_found', 'unavailable', 'failed', 'used', "
            "'discarded')",
            name=op.f("ck_plan_proposal_state"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_proposal_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_proposal")),
    )
    with op.batch_alter_table("plan_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_proposal_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_proposal_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plan_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_plan_proposal_plan_id"))

    op.drop_table("plan_proposal")
    with op.batch_alter_table("week_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_week_request_unit_id"))
        batch_op.drop_index(batch_op.f("ix_week_request_starts_on"))
        batch_op.drop_index(batch_op.f("ix_week_request_plan_id"))

    op.drop_table("week_request")
