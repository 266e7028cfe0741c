"""leaders, volunteers, evaluations and the login handover"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leader_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_starts_on", sa.Date(), nullable=True),
        sa.Column("told_ends_on", sa.Date(), nullable=True),
        sa.Column("differs_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_leader_ask_slot_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_leader_ask_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_ask")),
        sa.UniqueConstraint("slot_id", "unit_id", name=op.f("uq_leader_ask_slot_id_unit_id")),
    )
    op.create_index(op.f("ix_leader_ask_slot_id"), "leader_ask", ["slot_id"], unique=False)
    op.create_index(op.f("ix_leader_ask_unit_id"), "leader_ask", ["unit_id"], unique=False)
    op.create_table(
        "leader_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ask_id"], ["leader_ask.id"], name=op.f("fk_leader_link_ask_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_leader_link_token_hash")),
    )
    op.create_index(op.f("ix_leader_link_ask_id"), "leader_link", ["ask_id"], unique=False)
    op.create_table(
        "volunteer_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_volunteer_link_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_volunteer_link_token_hash")),
    )
    op.create_index(op.f("ix_volunteer_link_unit_id"), "volunteer_link", ["unit_id"], unique=False)
    op.create_table(
        "volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("profession_id", sa.Integer(), nullable=True),
        sa.Column("wish", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("off_token_hash", sa.String(length=64), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_volunteer_unit_id")),
        sa.ForeignKeyConstraint(
            ["profession_id"], ["profession.id"], name=op.f("fk_volunteer_profession_id")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["volunteer_link.id"], name=op.f("fk_volunteer_link_id")),
        sa.ForeignKeyConstraint(
            ["host_id"], ["host.id"], name=op.f("fk_volunteer_host_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("unit_id", "email", name=op.f("uq_volunteer_unit_id_email")),
        sa.UniqueConstraint("off_token_hash", name=op.f("uq_volunteer_off_token_hash")),
    )
    op.create_index(op.f("ix_volunteer_unit_id"), "volunteer", ["unit_id"], unique=False)
    op.create_index(op.f("ix_volunteer_profession_id"), "volunteer", ["profession_id"], unique=False)
    op.create_index(op.f("ix_volunteer_link_id"), "volunteer", ["link_id"], unique=False)
    op.create_index(op.f("ix_volunteer_host_id"), "volunteer", ["host_id"], unique=False)
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("equipped", sa.Integer(), nullable=False),
        sa.Column("recommend", sa.String(length=10), nullable=False),
        sa.Column("advice", sa.String(length=600), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("recommend IN ('yes', 'maybe', 'no')", name=op.f("ck_evaluation_recommend")),
        sa.CheckConstraint("equipped BETWEEN 1 AND 5", name=op.f("ck_evaluation_equipped")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_evaluation_host_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("host_id", name=op.f("uq_evaluation_host_id")),
    )
    op.create_table(
        "profile_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("password", sa.String(length=1200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_due_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_profile_login_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_login")),
        sa.UniqueConstraint("profile_id", name=op.f("uq_profile_login_profile_id")),
    )
    op.add_column("host", sa.Column("leader_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("host", sa.Column("leader_answer", sa.String(length=10), server_default="", nullable=False))
    op.add_column("host", sa.Column("leader_answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("host", sa.Column("leader_note", sa.String(length=300), server_default="", nullable=False))
    op.add_column("host", sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("host", sa.Column("login_viewed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("unit", sa.Column("leader_name", sa.String(length=120), server_default="", nullable=False))
    op.add_column("unit", sa.Column("leader_email", sa.String(length=254), server_default="", nullable=False))


def downgrade() -> None:
    # Not in a batch: that would rebuild tables that others point to, and SQLite deletes what points.
    op.drop_column("unit", "leader_email")
    op.drop_column("unit", "leader_name")
    op.drop_column("host", "login_viewed_at")
    op.drop_column("host", "thanked_at")
    op.drop_column("host", "leader_note")
    op.drop_column("host", "leader_answered_at")
    op.drop_column("host", "leader_answer")
    op.drop_column("host", "leader_asked_at")
    op.drop_table("profile_login")
    op.drop_table("evaluation")
    op.drop_table("volunteer")
    op.drop_table("volunteer_link")
    op.drop_table("leader_link")
    op.drop_table("leader_ask")
