"""What a test of a connection found, in words: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from branding.core.text import Text, say
from branding.publishing.values.calls import Check
from branding.publishing.values.connections import Explained

_CHECKS: Mapping[Check, Text] = {
    Check.REACHED: say("Contact with the channel"),
    Check.TOKEN: say("Token"),
    Check.ACCOUNT: say("Account"),
    Check.PERMISSIONS: say("Permissions"),
    Check.QUOTA: say("Room for more posts today"),
    Check.PICTURES: say("Pictures can be fetched from here"),
}

#: What is wrong, and what to do.
_WRONG: Mapping[str, tuple[Text, Text]] = {
    "unreachable": (
        say("No answer came."),
        say(
            "Try again in a few minutes. If it stays like this, ask IT whether "
            "this server may reach the channel."
        ),
    ),
    "strange_answer": (
        say("Something else than the channel answered."),
        say(
            "Try again in a few minutes. If it stays like this, a filter in your "
            "network may stand in between: ask IT."
        ),
    ),
    "version_ended": (
        say("This version of the channel's interface has ended."),
        say("Ask whoever runs Stafet to update it, or to name a newer version."),
    ),
    "token_dead": (
        say("The token is not valid (any more)."),
        say(
            "Make a new one by the guide and paste it. Tokens die when a password "
            "is changed or a role is taken away."
        ),
    ),
    "token_ended": (
        say("The token has run out."),
        say("Make a new one by the guide and paste it."),
    ),
    "wrong_flavour": (
        say("The token belongs to the other kind of sign-in."),
        say("Choose the other kind when you connect, or make a token by the guide for this one."),
    ),
    "account_not_found": (
        say("The account number is unknown, or the token does not give access to it."),
        say(
            "Check the number. The person or system user behind the token must be "
            "allowed to manage the account."
        ),
    ),
    "permission_missing": (
        say("A permission is missing."),
        say("Make a new token with this permission, and paste it:"),
    ),
    "extra_missing": (
        say("Posts can go out. Something else is not allowed."),
        say("Without it, comments or numbers are not read by themselves:"),
    ),
    "quota_full": (
        say("The channel takes no more posts today."),
        say("Nothing to do: posts wait until there is room again."),
    ),
    "throttled": (
        say("The channel asks for peace for a while."),
        say("Try again in an hour."),
    ),
    "pictures_unreachable": (
        say("The channel could not fetch a picture from this server."),
        say(
            "Stafet needs a public address with https, and addresses that begin with /m/ must be open to"
            " everybody, without a sign-in in front. Ask IT."
        ),
    ),
    "refused": (
        say("The channel said no, and did not say why in a way we know."),
        say("Try again. If it stays like this, send this to whoever runs Stafet:"),
    ),
}


def explain(check: Check, is_ok: bool, code: str, detail: str) -> Explained:
    """One line of the test."""
    wrong, remedy = _WRONG.get(code, _WRONG["refused"]) if code else (None, None)
    shown = detail if code in ("permission_missing", "extra_missing", "refused") or is_ok else ""
    return Explained(_CHECKS[check], is_ok, wrong, remedy, shown)


def why_broken(code: str) -> tuple[Text, Text]:
    """Why a connection is dead, and what to do."""
    return _WRONG.get(code, _WRONG["token_dead"])
