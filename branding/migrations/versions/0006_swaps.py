"""swaps"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("slot_move", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_slot_move_cause"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_slot_move_cause"), "cause IN ('move', 'holiday', 'swap')"
        )
    op.create_table(
        "slot_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("other_slot_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("move_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('proposed', 'accepted', 'declined', 'withdrawn')", name=op.f("ck_slot_swap_status")
        ),
        sa.CheckConstraint("slot_id <> other_slot_id", name=op.f("ck_slot_swap_slots")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_slot_swap_slot_id_slot")),
        sa.ForeignKeyConstraint(["other_slot_id"], ["slot.id"], name=op.f("fk_slot_swap_other_slot_id_slot")),
        sa.ForeignKeyConstraint(["move_id"], ["slot_move.id"], name=op.f("fk_slot_swap_move_id_slot_move")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_swap")),
    )
    with op.batch_alter_table("slot_swap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_swap_slot_id"), ["slot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_swap_other_slot_id"), ["other_slot_id"], unique=False)
    op.create_table(
        "swap_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("swap_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["swap_id"], ["slot_swap.id"], name=op.f("fk_swap_link_swap_id_slot_swap")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_swap_link_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_swap_link_token_hash")),
    )
    with op.batch_alter_table("swap_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_link_swap_id"), ["swap_id"], unique=False)


def downgrade() -> None:
    op.drop_table("swap_link")
    op.drop_table("slot_swap")
    op.execute("DELETE FROM slot_move WHERE cause = 'swap'")
    with op.batch_alter_table("slot_move", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_slot_move_cause"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_slot_move_cause"), "cause IN ('move', 'holiday')")
