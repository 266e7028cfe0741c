"""planning"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_series")),
        sa.UniqueConstraint("name", name=op.f("uq_key_series_name")),
    )
    op.create_table(
        "map_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("responsible", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('vision', 'strategic', 'perspective', 'audience', 'goal', 'initiative')",
            name=op.f("ck_map_node_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'running', 'done', 'stopped')", name=op.f("ck_map_node_status")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["map_node.id"], name=op.f("fk_map_node_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_node")),
    )
    with op.batch_alter_table("map_node", schema=None) as batch_op:
        batch_op.create_index("ix_map_node_parent", ["parent_id", "place"], unique=False)

    op.create_table(
        "reminder_passed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=24), nullable=False),
        sa.Column("instead", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trigger IN ('leader_early', 'no_host', 'invited', 'guide', 'citizens_ready', 'login_check', 'first_post', 'no_post', 'comments', 'draft_waits', 'last_post', 'evaluation', 'password', 'consent_missing', 'consent_ends', 'unverified', 'takedown', 'assessment', 'attestation', 'plan_gap', 'indicator', 'week')",
            name=op.f("ck_reminder_passed_trigger"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_passed")),
        sa.UniqueConstraint(
            "trigger", "occasion", "recipient", name=op.f("uq_reminder_passed_trigger_occasion_recipient")
        ),
    )
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("trigger", sa.String(length=20), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("counted", sa.String(length=10), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("is_before", sa.Boolean(), nullable=False),
        sa.Column("stale_hours", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("counted IN ('days', 'hours', 'friday')", name=op.f("ck_reminder_rule_counted")),
        sa.CheckConstraint(
            "trigger IN ('leader_early', 'no_host', 'invited', 'guide', 'citizens_ready', 'login_check', 'first_post', 'no_post', 'comments', 'draft_waits', 'last_post', 'evaluation', 'password', 'consent_missing', 'consent_ends', 'unverified', 'takedown', 'assessment', 'attestation', 'plan_gap', 'indicator', 'week')",
            name=op.f("ck_reminder_rule_trigger"),
        ),
        sa.CheckConstraint("stale_hours > 0", name=op.f("ck_reminder_rule_stale_hours")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
        sa.UniqueConstraint("code", name=op.f("uq_reminder_rule_code")),
    )
    op.create_table(
        "reminder_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_begins", sa.Integer(), nullable=False),
        sa.Column("quiet_ends", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quiet_begins BETWEEN 12 AND 23 AND quiet_ends BETWEEN 0 AND 11",
            name=op.f("ck_reminder_state_hours"),
        ),
        sa.CheckConstraint("quiet_ends < quiet_begins", name=op.f("ck_reminder_state_quiet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_state")),
    )
    op.create_table(
        "ambassador_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ambassador_link_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambassador_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ambassador_link_token_hash")),
    )
    with op.batch_alter_table("ambassador_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ambassador_link_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("kind_text", sa.String(length=200), nullable=False),
        sa.Column("target", sa.String(length=24), nullable=True),
        sa.Column("target_text", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("period_text", sa.String(length=200), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("measure", sa.String(length=12), nullable=False),
        sa.Column("counts", sa.String(length=40), nullable=False),
        sa.Column("responsible", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('count', 'at_least', 'share', 'increase', 'milestone', 'undecided')",
            name=op.f("ck_indicator_kind"),
        ),
        sa.CheckConstraint(
            "measure IN ('hand', 'channel', 'activity', 'tied', 'posts', 'views', 'followers', 'equipped', 'takeovers')",
            name=op.f("ck_indicator_measure"),
        ),
        sa.CheckConstraint(
            "period IN ('week', 'weeks', 'month', 'quarter', 'year', 'named', 'post', 'takeover', 'none')",
            name=op.f("ck_indicator_period"),
        ),
        sa.CheckConstraint("every BETWEEN 1 AND 52", name=op.f("ck_indicator_every")),
        sa.ForeignKeyConstraint(["initiative_id"], ["map_node.id"], name=op.f("fk_indicator_initiative_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index("ix_indicator_initiative", ["initiative_id", "place"], unique=False)

    op.create_table(
        "key_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["key_series.id"], name=op.f("fk_key_figure_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_figure")),
        sa.UniqueConstraint("series_id", "period", name=op.f("uq_key_figure_series_id_period")),
    )
    with op.batch_alter_table("key_figure", schema=None) as batch_op:
        batch_op.create_index("ix_key_figure_time", ["series_id", "starts_on"], unique=False)

    op.create_table(
        "outbox_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_message.id"], name=op.f("fk_outbox_attachment_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_attachment")),
    )
    with op.batch_alter_table("outbox_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_attachment_message_id"), ["message_id"], unique=False)

    op.create_table(
        "plan_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('linkedin', 'facebook', 'instagram', 'intranet', 'press', 'video', 'fair', 'school', 'job_post', 'display', 'ambassadors', 'other')",
            name=op.f("ck_plan_channel_kind"),
        ),
        sa.CheckConstraint("colour BETWEEN 1 AND 8", name=op.f("ck_plan_channel_colour")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_plan_channel_profile_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_channel")),
        sa.UniqueConstraint("name", name=op.f("uq_plan_channel_name")),
    )
    with op.batch_alter_table("plan_channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_channel_profile_id"), ["profile_id"], unique=False)

    op.create_table(
        "reminder_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.CheckConstraint("mode IN ('mail', 'digest', 'off')", name=op.f("ck_reminder_choice_mode")),
        sa.ForeignKeyConstraint(["rule_id"], ["reminder_rule.id"], name=op.f("fk_reminder_choice_rule_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_reminder_choice_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_choice")),
        sa.UniqueConstraint("user_id", "rule_id", name=op.f("uq_reminder_choice_user_id_rule_id")),
    )
    with op.batch_alter_table("reminder_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_choice_rule_id"), ["rule_id"], unique=False)

    op.create_table(
        "reminder_sent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("base_key", sa.String(length=160), nullable=False),
        sa.Column("for_on", sa.Date(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(length=24), nullable=False),
        sa.Column("via", sa.String(length=8), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("outbox_key", sa.String(length=160), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('sent', 'for_digest', 'dropped', 'left_out')", name=op.f("ck_reminder_sent_outcome")
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["reminder_rule.id"], name=op.f("fk_reminder_sent_rule_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reminder_sent_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_sent")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_sent_key")),
    )
    with op.batch_alter_table("reminder_sent", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_sent_planned", ["planned_at"], unique=False)
        batch_op.create_index("ix_reminder_sent_to", ["recipient", "outcome", "decided_at"], unique=False)
        batch_op.create_index("ix_reminder_sent_when", ["decided_at"], unique=False)

    op.create_table(
        "report_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("span", sa.String(length=24), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("for_leaders", sa.Boolean(), nullable=False),
        sa.Column("mails", sa.JSON(), nullable=False),
        sa.Column("as_link", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("on_since", sa.Date(), nullable=False),
        sa.Column("last_run_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "form IN ('html', 'pdf', 'xlsx', 'csv', 'ics')", name=op.f("ck_report_schedule_form")
        ),
        sa.CheckConstraint(
            "kind IN ('content-plan', 'takeovers', 'consent', 'strategy', 'experiences')",
            name=op.f("ck_report_schedule_kind"),
        ),
        sa.CheckConstraint(
            "rhythm IN ('weekly', 'monthly', 'quarterly')", name=op.f("ck_report_schedule_rhythm")
        ),
        sa.CheckConstraint(
            "span IN ('this_and_next_week', 'last_week', 'next_eight_weeks', 'last_month', 'last_quarter', 'this_quarter', 'this_year', 'last_year')",
            name=op.f("ck_report_schedule_span"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_schedule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_schedule")),
    )
    op.create_table(
        "ambassador",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("off_token_hash", sa.String(length=64), nullable=False),
        sa.Column("off_token_sealed", sa.String(length=200), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["ambassador_link.id"], name=op.f("fk_ambassador_link_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ambassador_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambassador")),
        sa.UniqueConstraint("email", name=op.f("uq_ambassador_email")),
        sa.UniqueConstraint("off_token_hash", name=op.f("uq_ambassador_off_token_hash")),
    )
    with op.batch_alter_table("ambassador", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ambassador_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ambassador_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "indicator_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("made_by", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_reading_indicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_reading")),
        sa.UniqueConstraint(
            "indicator_id", "starts_on", name=op.f("uq_indicator_reading_indicator_id_starts_on")
        ),
    )
    op.create_table(
        "plan_format",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('post', 'video', 'press', 'fair', 'visit', 'job_post', 'campaign', 'ambassador_share', 'other')",
            name=op.f("ck_plan_format_kind"),
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["plan_channel.id"], name=op.f("fk_plan_format_channel_id")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["user_account.id"], name=op.f("fk_plan_format_responsible_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_format_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_format")),
    )
    with op.batch_alter_table("plan_format", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_format_channel_id"), ["channel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_format_responsible_id"), ["responsible_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_format_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "reminder_put_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sent_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=24), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["reminder_rule.id"], name=op.f("fk_reminder_put_off_rule_id")),
        sa.ForeignKeyConstraint(["sent_id"], ["reminder_sent.id"], name=op.f("fk_reminder_put_off_sent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_put_off")),
        sa.UniqueConstraint("sent_id", name=op.f("uq_reminder_put_off_sent_id")),
    )
    op.create_table(
        "report_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("for_leaders", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=True),
        sa.Column("run_on", sa.Date(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=80), nullable=False),
        sa.CheckConstraint("form IN ('html', 'pdf', 'xlsx', 'csv', 'ics')", name=op.f("ck_report_file_form")),
        sa.CheckConstraint(
            "kind IN ('content-plan', 'takeovers', 'consent', 'strategy', 'experiences')",
            name=op.f("ck_report_file_kind"),
        ),
        sa.CheckConstraint(
            "stage IN ('waiting', 'making', 'done', 'failed')", name=op.f("ck_report_file_stage")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["report_schedule.id"], name=op.f("fk_report_file_schedule_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_file_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
        sa.UniqueConstraint("schedule_id", "run_on", name=op.f("uq_report_file_schedule_id_run_on")),
    )
    with op.batch_alter_table("report_file", schema=None) as batch_op:
        batch_op.create_index("ix_report_file_stage", ["stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_file_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "plan_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("initiative_ref", sa.String(length=64), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("status_before", sa.String(length=12), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("format_id", sa.Integer(), nullable=True),
        sa.Column("slot_on", sa.Date(), nullable=True),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('post', 'video', 'press', 'fair', 'visit', 'job_post', 'campaign', 'ambassador_share', 'other')",
            name=op.f("ck_plan_activity_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('idea', 'planned', 'in_progress', 'done', 'cancelled')",
            name=op.f("ck_plan_activity_status"),
        ),
        sa.CheckConstraint("(format_id IS NULL) = (slot_on IS NULL)", name=op.f("ck_plan_activity_slot")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_activity_days")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["plan_channel.id"], name=op.f("fk_plan_activity_channel_id")
        ),
        sa.ForeignKeyConstraint(["format_id"], ["plan_format.id"], name=op.f("fk_plan_activity_format_id")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["user_account.id"], name=op.f("fk_plan_activity_responsible_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_activity_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_activity")),
    )
    with op.batch_alter_table("plan_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_activity_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_channel_id"), ["channel_id"], unique=False)
        batch_op.create_index("ix_plan_activity_days", ["starts_on", "ends_on"], unique=False)
        batch_op.create_index("ix_plan_activity_done", ["done_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_initiative_ref"), ["initiative_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_responsible_id"), ["responsible_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_plan_activity_slot",
            ["format_id", "slot_on"],
            unique=True,
            sqlite_where=sa.text("status <> 'cancelled'"),
            postgresql_where=sa.text("status <> 'cancelled'"),
        )

    op.create_table(
        "plan_rhythm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("format_id", sa.Integer(), nullable=False),
        sa.Column("rhythm", sa.String(length=8), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "rhythm IN ('days', 'weeks', 'months', 'quarters')", name=op.f("ck_plan_rhythm_rhythm")
        ),
        sa.CheckConstraint("every BETWEEN 1 AND 99", name=op.f("ck_plan_rhythm_every")),
        sa.CheckConstraint("weekday IS NULL OR weekday BETWEEN 0 AND 6", name=op.f("ck_plan_rhythm_weekday")),
        sa.ForeignKeyConstraint(
            ["format_id"], ["plan_format.id"], name=op.f("fk_plan_rhythm_format_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_rhythm")),
    )
    with op.batch_alter_table("plan_rhythm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_rhythm_format_id"), ["format_id"], unique=False)

    op.create_table(
        "report_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["report_file.id"], name=op.f("fk_report_link_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_report_link_token_hash")),
    )
    with op.batch_alter_table("report_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_link_file_id"), ["file_id"], unique=False)

    op.create_table(
        "share_kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.String(length=1500), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("publication_id", sa.String(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_to", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["plan_activity.id"], name=op.f("fk_share_kit_activity_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["plan_channel.id"], name=op.f("fk_share_kit_channel_id")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_share_kit_publication_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_share_kit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_kit")),
        sa.UniqueConstraint("token", name=op.f("uq_share_kit_token")),
    )
    with op.batch_alter_table("share_kit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_kit_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_kit_channel_id"), ["channel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_kit_publication_id"), ["publication_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_kit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "share_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kit_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.CheckConstraint("way IN ('linkedin', 'facebook', 'mail', 'qr')", name=op.f("ck_share_link_way")),
        sa.ForeignKeyConstraint(
            ["kit_id"], ["share_kit.id"], name=op.f("fk_share_link_kit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_link")),
        sa.UniqueConstraint("kit_id", "way", name=op.f("uq_share_link_kit_id_way")),
        sa.UniqueConstraint("token", name=op.f("uq_share_link_token")),
    )
    op.create_table(
        "share_click",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("clicked_on", sa.Date(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["share_link.id"], name=op.f("fk_share_click_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_click")),
        sa.UniqueConstraint("link_id", "clicked_on", name=op.f("uq_share_click_link_id_clicked_on")),
    )
    with op.batch_alter_table("share_click", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_click_clicked_on"), ["clicked_on"], unique=False)

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("via", sa.String(length=8), server_default="mail", nullable=False))
        batch_op.add_column(sa.Column("language", sa.String(length=8), server_default="da", nullable=False))
        batch_op.add_column(sa.Column("drop_after", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_column("drop_after")
        batch_op.drop_column("language")
        batch_op.drop_column("via")

    with op.batch_alter_table("share_click", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_click_clicked_on"))

    op.drop_table("share_click")
    op.drop_table("share_link")
    with op.batch_alter_table("share_kit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_kit_unit_id"))
        batch_op.drop_index(batch_op.f("ix_share_kit_publication_id"))
        batch_op.drop_index(batch_op.f("ix_share_kit_channel_id"))
        batch_op.drop_index(batch_op.f("ix_share_kit_activity_id"))

    op.drop_table("share_kit")
    with op.batch_alter_table("report_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_link_file_id"))

    op.drop_table("report_link")
    with op.batch_alter_table("plan_rhythm", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_rhythm_format_id"))

    op.drop_table("plan_rhythm")
    with op.batch_alter_table("plan_activity", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plan_activity_slot",
            sqlite_where=sa.text("status <> 'cancelled'"),
            postgresql_where=sa.text("status <> 'cancelled'"),
        )
        batch_op.drop_index(batch_op.f("ix_plan_activity_unit_id"))
        batch_op.drop_index(batch_op.f("ix_plan_activity_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_plan_activity_initiative_ref"))
        batch_op.drop_index("ix_plan_activity_done")
        batch_op.drop_index("ix_plan_activity_days")
        batch_op.drop_index(batch_op.f("ix_plan_activity_channel_id"))
        batch_op.drop_index(batch_op.f("ix_plan_activity_batch"))

    op.drop_table("plan_activity")
    with op.batch_alter_table("report_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_file_unit_id"))
        batch_op.drop_index("ix_report_file_stage")

    op.drop_table("report_file")
    op.drop_table("reminder_put_off")
    with op.batch_alter_table("plan_format", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_format_unit_id"))
        batch_op.drop_index(batch_op.f("ix_plan_format_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_plan_format_channel_id"))

    op.drop_table("plan_format")
    op.drop_table("indicator_reading")
    with op.batch_alter_table("ambassador", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ambassador_unit_id"))
        batch_op.drop_index(batch_op.f("ix_ambassador_link_id"))

    op.drop_table("ambassador")
    op.drop_table("report_schedule")
    with op.batch_alter_table("reminder_sent", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_sent_when")
        batch_op.drop_index("ix_reminder_sent_to")
        batch_op.drop_index("ix_reminder_sent_planned")

    op.drop_table("reminder_sent")
    with op.batch_alter_table("reminder_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_choice_rule_id"))

    op.drop_table("reminder_choice")
    with op.batch_alter_table("plan_channel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_channel_profile_id"))

    op.drop_table("plan_channel")
    with op.batch_alter_table("outbox_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_attachment_message_id"))

    op.drop_table("outbox_attachment")
    with op.batch_alter_table("key_figure", schema=None) as batch_op:
        batch_op.drop_index("ix_key_figure_time")

    op.drop_table("key_figure")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index("ix_indicator_initiative")

    op.drop_table("indicator")
    with op.batch_alter_table("ambassador_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ambassador_link_unit_id"))

    op.drop_table("ambassador_link")
    op.drop_table("reminder_state")
    op.drop_table("reminder_rule")
    op.drop_table("reminder_passed")
    with op.batch_alter_table("map_node", schema=None) as batch_op:
        batch_op.drop_index("ix_map_node_parent")

    op.drop_table("map_node")
    op.drop_table("key_series")
