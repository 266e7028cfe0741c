"""Reads of people, their sign-ins and their links, by subject in the modules beside."""

from branding.accounts.queries.links import find_link, find_open_link, invitation_ends_at, link_count
from branding.accounts.queries.people import (
    admin_ids,
    find_user_by_email,
    grants_of,
    has_people,
    ids_with_role,
    people,
    people_names,
    person,
    user_by_id,
)
from branding.accounts.queries.second_step import (
    find_recovery_code,
    find_second_step,
    is_required,
    role_requirements,
    second_step_view,
    without_second_step,
)
from branding.accounts.queries.sign_ins import find_half_signed_in, find_signed_in, open_sign_ins, token_hash

__all__ = [
    "admin_ids",
    "find_half_signed_in",
    "find_link",
    "find_open_link",
    "find_recovery_code",
    "find_second_step",
    "find_signed_in",
    "find_user_by_email",
    "grants_of",
    "has_people",
    "ids_with_role",
    "invitation_ends_at",
    "is_required",
    "link_count",
    "open_sign_ins",
    "people",
    "people_names",
    "person",
    "role_requirements",
    "second_step_view",
    "token_hash",
    "user_by_id",
    "without_second_step",
]
