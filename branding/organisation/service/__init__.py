"""What one can do with the organisation, by subject in the modules beside."""

from branding.organisation.service.people import change_person, invite_person
from branding.organisation.service.professions import (
    add_profession,
    archive_profession,
    ensure_professions,
    rename_profession,
    restore_profession,
)
from branding.organisation.service.profiles import (
    add_profile,
    archive_profile,
    attest_sharing,
    change_profile,
    restore_profile,
    unattest_sharing,
)
from branding.organisation.service.settings import (
    check_may_start_own,
    check_start,
    set_contact,
    set_up_organisation,
    start_own,
)
from branding.organisation.service.unit_table import read_table, save_table
from branding.organisation.service.units import (
    add_unit,
    archive_unit,
    change_unit,
    ensure_units,
    restore_unit,
    undo_change,
)

__all__ = [
    "add_profession",
    "add_profile",
    "add_unit",
    "archive_profession",
    "archive_profile",
    "archive_unit",
    "attest_sharing",
    "change_person",
    "change_profile",
    "change_unit",
    "check_may_start_own",
    "check_start",
    "ensure_professions",
    "ensure_units",
    "invite_person",
    "read_table",
    "rename_profession",
    "restore_profession",
    "restore_profile",
    "restore_unit",
    "save_table",
    "set_contact",
    "set_up_organisation",
    "start_own",
    "unattest_sharing",
    "undo_change",
]
