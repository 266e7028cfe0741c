"""Use cases of the rotation, by subject: plans, slots, moves, holiday weeks and import."""

from branding.rotation.service.exports import export_csv, export_xlsx
from branding.rotation.service.followers import Follower, follow
from branding.rotation.service.ground import ground
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
from branding.rotation.service.proposals import (
    discard_proposal,
    is_stale,
    propose_again,
    propose_copy,
    propose_fill,
    propose_replan,
)
from branding.rotation.service.requests import add_request, remove_request, restore_request, turns_inside
from branding.rotation.service.shown import proposal_page
from branding.rotation.service.slots import (
    add_slot,
    edit_slot,
    next_free_week,
    read_block,
    remove_slot,
    restore_slot,
    undo_edit,
)
from branding.rotation.service.stored import copy_from, fill_from, replan_from
from branding.rotation.service.suggestions import suggested_fill
from branding.rotation.service.using import keep_objections, undo_proposal, use_proposal, use_told

__all__ = [
    "Follower",
    "add_holidays",
    "add_request",
    "add_slot",
    "archive_plan",
    "copied_holidays",
    "copy_from",
    "create_plan",
    "discard_proposal",
    "edit_holiday",
    "edit_plan",
    "edit_slot",
    "export_csv",
    "export_xlsx",
    "fill_from",
    "follow",
    "ground",
    "import_rotation",
    "import_table",
    "is_stale",
    "keep_objections",
    "move_slots",
    "next_free_week",
    "plan_holidays",
    "plan_move",
    "preview_import",
    "proposal_page",
    "propose_again",
    "propose_copy",
    "propose_fill",
    "propose_replan",
    "read_block",
    "remove_holiday",
    "remove_request",
    "remove_slot",
    "replan_from",
    "restore_holiday",
    "restore_plan",
    "restore_request",
    "restore_slot",
    "seed_holiday_weeks",
    "suggested_fill",
    "turns_inside",
    "undo_edit",
    "undo_holidays",
    "undo_move",
    "undo_proposal",
    "use_proposal",
    "use_told",
]
