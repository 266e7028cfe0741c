"""publishing"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "connection",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("flavour", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=80), nullable=False),
        sa.Column("token_sealed", sa.String(), nullable=False),
        sa.Column("token_issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("broken_code", sa.String(length=40), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("test", sa.JSON(), nullable=False),
        sa.Column("hand_user_id", sa.Integer(), nullable=True),
        sa.Column("baseline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "flavour = '' OR flavour IN ('facebook_login', 'instagram_login')",
            name=op.f("ck_connection_flavour"),
        ),
        sa.CheckConstraint("way IN ('practice', 'hand', 'api')", name=op.f("ck_connection_way")),
        sa.ForeignKeyConstraint(
            ["hand_user_id"], ["user_account.id"], name=op.f("fk_connection_hand_user_id")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_connection_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_connection")),
    )
    op.create_table(
        "follower_count",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_follower_count_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "counted_on", name=op.f("pk_follower_count")),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(length=24), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_pause_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pause_ended_at"), ["ended_at"], unique=False)

    op.create_table(
        "answerer",
        sa.Column("takeover_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["takeover_id"], ["takeover.id"], name=op.f("fk_answerer_takeover_id")),
        sa.PrimaryKeyConstraint("takeover_id", name=op.f("pk_answerer")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("takeover_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("author", sa.String(length=24), nullable=False),
        sa.Column("version_hash", sa.String(length=64), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(length=24), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("publish_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.String(length=32), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("holds_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shows", sa.String(length=10), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("permalink", sa.String(length=300), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.Column("is_followed_up", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remove_by", sa.Date(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('instagram', 'facebook', 'linkedin', 'website', 'intranet', 'print', 'partner')",
            name=op.f("ck_publication_channel"),
        ),
        sa.CheckConstraint(
            "state IN ('scheduled', 'missed', 'claimed', 'preparing', 'processing', 'ready', 'publishing', 'unknown', 'published_no_id', 'published', 'not_published', 'needs_review', 'retry_wait', 'handed', 'failed', 'cancelled', 'removed')",
            name=op.f("ck_publication_state"),
        ),
        sa.CheckConstraint("way = '' OR way IN ('practice', 'hand', 'api')", name=op.f("ck_publication_way")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_publication_draft_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_publication_profile_id")),
        sa.ForeignKeyConstraint(["takeover_id"], ["takeover.id"], name=op.f("fk_publication_takeover_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_publication_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("draft_id", "channel", name=op.f("uq_publication_draft_id_channel")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index("ix_publication_due", ["state", "next_attempt_at"], unique=False)
        batch_op.create_index("ix_publication_follow", ["is_followed_up", "state"], unique=False)
        batch_op.create_index("ix_publication_lease", ["lease_until"], unique=False)
        batch_op.create_index("ix_publication_profile", ["profile_id", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_takeover_id"), ["takeover_id"], unique=False)
        batch_op.create_index("ix_publication_unit", ["unit_id", "state"], unique=False)
        batch_op.create_index("ix_publication_when", ["due_at"], unique=False)

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("dedupe_key", sa.String(length=120), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=True),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "event IN ('published', 'taken_out', 'failed', 'unclear', 'missed', 'quota_full', 'hand_due', 'hand_chase', 'hand_stopped', 'takedown', 'takedown_late', 'colleague_left', 'review_live', 'unregistered', 'incident', 'incident_clock', 'reconnect', 'token_soon', 'crosspost_word', 'paused', 'comments', 'comment_names', 'overdue')",
            name=op.f("ck_alert_event"),
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_alert_profile_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_alert_publication_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_alert_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_alert_dedupe_key")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index("ix_alert_open", ["ended_at", "unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_publication_id"), ["publication_id"], unique=False)
        batch_op.create_index("ix_alert_untold", ["told_at", "due_at"], unique=False)

    op.create_table(
        "found_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("permalink", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=24), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publication_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('old', 'new', 'fine', 'bound', 'down', 'gone')", name=op.f("ck_found_post_state")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_found_post_profile_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_found_post_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_post")),
        sa.UniqueConstraint("profile_id", "external_id", name=op.f("uq_found_post_profile_id_external_id")),
    )
    with op.batch_alter_table("found_post", schema=None) as batch_op:
        batch_op.create_index("ix_found_post_open", ["state", "found_at"], unique=False)

    op.create_table(
        "hand_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(length=24), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_hand_package_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_package")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_hand_package_token_hash")),
    )
    with op.batch_alter_table("hand_package", schema=None) as batch_op:
        batch_op.create_index("ix_hand_package_of", ["publication_id"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("decision_id", sa.String(length=32), nullable=False),
        sa.Column("what_sealed", sa.String(), nullable=False),
        sa.Column("told_sealed", sa.String(), nullable=False),
        sa.Column("is_reported", sa.Boolean(), nullable=True),
        sa.Column("because_sealed", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=False),
        sa.Column("decided_by", sa.String(length=24), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_incident_publication_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_incident_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "measurement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("metric", sa.String(length=10), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.CheckConstraint(
            "metric IN ('views', 'reach', 'likes', 'comments', 'saved', 'shares', 'replies')",
            name=op.f("ck_measurement_metric"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_measurement_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
        sa.UniqueConstraint(
            "publication_id",
            "metric",
            "measured_on",
            name=op.f("uq_measurement_publication_id_metric_measured_on"),
        ),
    )
    op.create_table(
        "media_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("cut", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["media_item.id"], name=op.f("fk_media_link_item_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_media_link_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_media_link_token_hash")),
    )
    with op.batch_alter_table("media_link", schema=None) as batch_op:
        batch_op.create_index("ix_media_link_of", ["publication_id"], unique=False)

    op.create_table(
        "post_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("text_sealed", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("names_citizen", sa.Boolean(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_post_comment_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_comment")),
        sa.UniqueConstraint(
            "publication_id", "external_id", name=op.f("uq_post_comment_publication_id_external_id")
        ),
    )
    with op.batch_alter_table("post_comment", schema=None) as batch_op:
        batch_op.create_index("ix_post_comment_open", ["done_at", "publication_id"], unique=False)

    op.create_table(
        "practice_post",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_comment", sa.String(length=2200), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_practice_post_draft_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_practice_post_profile_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_practice_post_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_post")),
        sa.UniqueConstraint("publication_id", name=op.f("uq_practice_post_publication_id")),
    )
    with op.batch_alter_table("practice_post", schema=None) as batch_op:
        batch_op.create_index("ix_practice_post_feed", ["profile_id", "posted_at"], unique=False)

    op.create_table(
        "publication_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("request", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error_subcode", sa.Integer(), nullable=True),
        sa.Column("trace_id", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_attempt_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_attempt")),
    )
    with op.batch_alter_table("publication_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_attempt_publication_id"), ["publication_id"], unique=False
        )

    op.create_table(
        "takedown",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("publication_id", sa.String(), nullable=False),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=24), nullable=False),
        sa.Column("proof", sa.String(length=10), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("because_sealed", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(length=24), nullable=False),
        sa.CheckConstraint("duty IN ('takedown', 'review', 'ask')", name=op.f("ck_takedown_duty")),
        sa.CheckConstraint(
            "proof = '' OR proof IN ('deleted', 'gone', 'said', 'kept', 'over')",
            name=op.f("ck_takedown_proof"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_takedown_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    with op.batch_alter_table("takedown", schema=None) as batch_op:
        batch_op.create_index("ix_takedown_of", ["publication_id", "done_at"], unique=False)
        batch_op.create_index("ix_takedown_open", ["done_at", "due_at"], unique=False)

    # Not in a batch: that would rebuild the table, and others point at it.
    op.add_column("draft", sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("draft", sa.Column("out_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("draft", "out_at")
    op.drop_column("draft", "planned_at")

    with op.batch_alter_table("takedown", schema=None) as batch_op:
        batch_op.drop_index("ix_takedown_open")
        batch_op.drop_index("ix_takedown_of")

    op.drop_table("takedown")
    with op.batch_alter_table("publication_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_attempt_publication_id"))

    op.drop_table("publication_attempt")
    with op.batch_alter_table("practice_post", schema=None) as batch_op:
        batch_op.drop_index("ix_practice_post_feed")

    op.drop_table("practice_post")
    with op.batch_alter_table("post_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_post_comment_open")

    op.drop_table("post_comment")
    with op.batch_alter_table("media_link", schema=None) as batch_op:
        batch_op.drop_index("ix_media_link_of")

    op.drop_table("media_link")
    op.drop_table("measurement")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_publication_id"))
        batch_op.drop_index(batch_op.f("ix_incident_closed_at"))

    op.drop_table("incident")
    with op.batch_alter_table("hand_package", schema=None) as batch_op:
        batch_op.drop_index("ix_hand_package_of")

    op.drop_table("hand_package")
    with op.batch_alter_table("found_post", schema=None) as batch_op:
        batch_op.drop_index("ix_found_post_open")

    op.drop_table("found_post")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index("ix_alert_untold")
        batch_op.drop_index(batch_op.f("ix_alert_publication_id"))
        batch_op.drop_index("ix_alert_open")

    op.drop_table("alert")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index("ix_publication_when")
        batch_op.drop_index("ix_publication_unit")
        batch_op.drop_index(batch_op.f("ix_publication_takeover_id"))
        batch_op.drop_index("ix_publication_profile")
        batch_op.drop_index("ix_publication_lease")
        batch_op.drop_index("ix_publication_follow")
        batch_op.drop_index("ix_publication_due")

    op.drop_table("publication")
    op.drop_table("answerer")
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pause_ended_at"))

    op.drop_table("pause")
    op.drop_table("follower_count")
    op.drop_table("connection")
