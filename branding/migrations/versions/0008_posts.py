"""posts"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hashtag_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("tags", sa.String(length=600), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("profession_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profession_id"], ["profession.id"], name=op.f("fk_hashtag_set_profession_id")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_hashtag_set_profile_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hashtag_set_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hashtag_set")),
        sa.UniqueConstraint("name", name=op.f("uq_hashtag_set_name")),
    )
    with op.batch_alter_table("hashtag_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hashtag_set_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "media_item",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("frame_rate", sa.Float(), nullable=True),
        sa.Column("codec", sa.String(length=20), nullable=False),
        sa.Column("has_sound", sa.Boolean(), nullable=False),
        sa.Column("had_location", sa.Boolean(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("face_state", sa.String(), nullable=False),
        sa.Column("faces_by_hand", sa.Integer(), nullable=True),
        sa.Column("counted_by", sa.String(length=40), nullable=False),
        sa.Column("count_lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("count_tries", sa.Integer(), nullable=False),
        sa.Column("is_nobody", sa.Boolean(), nullable=False),
        sa.Column("declared_by", sa.String(length=40), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mismatch_because", sa.String(length=300), nullable=False),
        sa.Column("is_nobody_heard", sa.Boolean(), nullable=False),
        sa.Column("shoots", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "face_state IN ('waiting', 'counted', 'unavailable', 'failed', 'by_hand')",
            name=op.f("ck_media_item_face_state"),
        ),
        sa.CheckConstraint("kind IN ('photo', 'video')", name=op.f("ck_media_item_kind")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_media_item_size")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_media_item_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_item")),
        sa.UniqueConstraint("place", "source_sha256", name=op.f("uq_media_item_place_source_sha256")),
    )
    with op.batch_alter_table("media_item", schema=None) as batch_op:
        batch_op.create_index("ix_media_item_counting", ["face_state", "count_lease_until"], unique=False)
        batch_op.create_index("ix_media_item_keeping", ["keep_until", "purged_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_media_item_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "media_edition",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["media_item.id"], name=op.f("fk_media_edition_item_id")),
        sa.PrimaryKeyConstraint("item_id", "number", name=op.f("pk_media_edition")),
    )
    op.create_table(
        "media_person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("box", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("because", sa.String(length=300), nullable=False),
        sa.Column("is_heard", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('person', 'blurred', 'not_recognisable', 'not_a_face', 'unknown')",
            name=op.f("ck_media_person_answer"),
        ),
        sa.CheckConstraint("found_by IN ('detector', 'person')", name=op.f("ck_media_person_found_by")),
        sa.ForeignKeyConstraint(["item_id"], ["media_item.id"], name=op.f("fk_media_person_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_person")),
    )
    with op.batch_alter_table("media_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_person_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_media_person_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "media_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("received BETWEEN 0 AND size", name=op.f("ck_media_upload_received")),
        sa.ForeignKeyConstraint(["item_id"], ["media_item.id"], name=op.f("fk_media_upload_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_media_upload_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_upload")),
    )
    with op.batch_alter_table("media_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_upload_made_at"), ["made_at"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("takeover_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=24), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_hash", sa.String(length=64), nullable=False),
        sa.Column("declared_by", sa.String(length=24), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=24), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_hash", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=24), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('here_i_am', 'daily', 'goodbye', 'story', 'carousel', 'reel')",
            name=op.f("ck_draft_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('writing', 'submitted', 'returned', 'on_hold', 'approved', 'dropped')",
            name=op.f("ck_draft_state"),
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_draft_profile_id")),
        sa.ForeignKeyConstraint(["takeover_id"], ["takeover.id"], name=op.f("fk_draft_takeover_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_draft_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_queue", ["state", "due_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_takeover_id"), ["takeover_id"], unique=False)
        batch_op.create_index("ix_draft_unit", ["unit_id", "state", "due_at"], unique=False)

    op.create_table(
        "draft_comment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("is_note", sa.Boolean(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_comment_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["draft_comment.id"], name=op.f("fk_draft_comment_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
    )
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_comment_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "draft_media",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_media_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["media_item.id"], name=op.f("fk_draft_media_item_id")),
        sa.PrimaryKeyConstraint("draft_id", "item_id", name=op.f("pk_draft_media")),
    )
    with op.batch_alter_table("draft_media", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_media_item_id"), ["item_id"], unique=False)

    op.create_table(
        "draft_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_version_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_version_draft_id_number")),
    )
    op.create_table(
        "preview",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("version_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_in_person", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_preview_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_preview_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_preview_token_hash")),
    )
    with op.batch_alter_table("preview", schema=None) as batch_op:
        batch_op.create_index("ix_preview_draft", ["draft_id", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_preview_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "review_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_review_link_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_review_link_token_hash")),
    )
    with op.batch_alter_table("review_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_link_draft_id"), ["draft_id"], unique=False)

    # Not in a batch: that would rebuild the table, and plans point at it.
    op.add_column(
        "profile", sa.Column("shares_to_facebook", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("profile", sa.Column("shares_checked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # Not in a batch: that would rebuild the table, and plans point at it.
    op.drop_column("profile", "shares_checked_at")
    op.drop_column("profile", "shares_to_facebook")

    with op.batch_alter_table("review_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_link_draft_id"))

    op.drop_table("review_link")
    with op.batch_alter_table("preview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preview_subject_id"))
        batch_op.drop_index("ix_preview_draft")

    op.drop_table("preview")
    op.drop_table("draft_version")
    with op.batch_alter_table("draft_media", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_media_item_id"))

    op.drop_table("draft_media")
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_comment_draft_id"))

    op.drop_table("draft_comment")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_unit")
        batch_op.drop_index(batch_op.f("ix_draft_takeover_id"))
        batch_op.drop_index("ix_draft_queue")

    op.drop_table("draft")
    with op.batch_alter_table("media_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_upload_made_at"))

    op.drop_table("media_upload")
    with op.batch_alter_table("media_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_person_subject_id"))
        batch_op.drop_index(batch_op.f("ix_media_person_item_id"))

    op.drop_table("media_person")
    op.drop_table("media_edition")
    with op.batch_alter_table("media_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_item_unit_id"))
        batch_op.drop_index("ix_media_item_keeping")
        batch_op.drop_index("ix_media_item_counting")

    op.drop_table("media_item")
    with op.batch_alter_table("hashtag_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hashtag_set_sort_key"))

    op.drop_table("hashtag_set")
