"""What can go wrong, said once: each error has a code, a text for people and an HTTP status."""

from __future__ import annotations

from typing import Any

from branding.core.text import Text, say


class StafetError(Exception):
    """Base of the errors that people may meet; ``code`` goes to the log, ``text`` to the page."""

    status = 500

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


class RuleBroken(StafetError):
    """A rule says no.  ``field`` names the form field that can put it right, when one can."""

    status = 400

    def __init__(self, code: str, text: Text, field: str | None = None) -> None:
        super().__init__(code, text)
        self.field = field


class NotAllowed(StafetError):
    """The actor's role does not give this action."""

    status = 403

    def __init__(self, action: str) -> None:
        super().__init__("not_allowed", say("You do not have access to this."))
        self.action = action


class Missing(StafetError):
    """There is no such thing, or it belongs to another unit: the answer is the same."""

    status = 404

    def __init__(self, thing: str, key: object = "") -> None:
        super().__init__("missing", say("We could not find that page."))
        self.thing = thing
        self.key = key


class Conflict(StafetError):
    """Somebody else changed it first.  ``mine`` and ``theirs`` are shown side by side.

    Both are lists of ``(label, value)`` in the same order.
    """

    status = 409

    def __init__(
        self,
        code: str,
        text: Text,
        mine: list[tuple[Text, Any]] | None = None,
        theirs: list[tuple[Text, Any]] | None = None,
    ) -> None:
        super().__init__(code, text)
        self.mine = mine or []
        self.theirs = theirs or []


class Outside(StafetError):
    """Something outside failed.  ``permanent`` says that trying again will not help."""

    status = 502

    def __init__(self, code: str, text: Text, *, permanent: bool) -> None:
        super().__init__(code, text)
        self.permanent = permanent
