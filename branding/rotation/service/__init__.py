"""Use cases of the rotation, by subject: plans, slots, moves, holiday weeks and import."""

from branding.rotation.service.exports import export_csv, export_xlsx
from branding.rotation.service.followers import Follower, follow
from branding.rotation.service.holidays import (
    add_holidays,
    copied_holidays,
    edit_holiday,
    plan_holidays,
    remove_holiday,
    restore_holiday,
    seed_holiday_weeks,
    undo_holidays,
)
from branding.rotation.service.importing import import_rotation, import_table, preview_import
from branding.rotation.service.moves import move_slots, plan_move, undo_move
from branding.rotation.service.plans import archive_plan, create_plan, edit_plan, restore_plan
from branding.rotation.service.slots import (
    add_slot,
    edit_slot,
    next_free_week,
    read_block,
    remove_slot,
    restore_slot,
    undo_edit,
)

__all__ = [
    "Follower",
    "add_holidays",
    "add_slot",
    "archive_plan",
    "copied_holidays",
    "create_plan",
    "edit_holiday",
    "edit_plan",
    "edit_slot",
    "export_csv",
    "export_xlsx",
    "follow",
    "import_rotation",
    "import_table",
    "move_slots",
    "next_free_week",
    "plan_holidays",
    "plan_move",
    "preview_import",
    "read_block",
    "remove_holiday",
    "remove_slot",
    "restore_holiday",
    "restore_plan",
    "restore_slot",
    "seed_holiday_weeks",
    "undo_edit",
    "undo_holidays",
    "undo_move",
]
