"""What one can do with accounts, by subject in the modules beside."""

from branding.accounts.rules import check_password
from branding.accounts.service.account import change_own, change_password, end_other_sign_ins, needs_current
from branding.accounts.service.people import (
    Write,
    add_user,
    change_person,
    create_first_admin,
    deactivate,
    end_sign_ins,
    invite,
    reactivate,
    send_invitation_again,
    withdraw_invitation,
)
from branding.accounts.service.signing_in import (
    SignInRefused,
    accept_invitation,
    ask_for_link,
    end_own_sign_in,
    follow_link,
    open_session,
    purge,
    sign_in,
    sign_out,
)

__all__ = [
    "SignInRefused",
    "Write",
    "accept_invitation",
    "add_user",
    "ask_for_link",
    "change_own",
    "change_password",
    "change_person",
    "check_password",
    "create_first_admin",
    "deactivate",
    "end_other_sign_ins",
    "end_own_sign_in",
    "end_sign_ins",
    "follow_link",
    "invite",
    "needs_current",
    "open_session",
    "purge",
    "reactivate",
    "send_invitation_again",
    "sign_in",
    "sign_out",
    "withdraw_invitation",
]
