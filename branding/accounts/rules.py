"""Decisions about passwords, lockouts and roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from branding.accounts.values import Grant, Method, Waits
from branding.core.actor import STAFF_ROLES, Role
from branding.core.errors import RuleBroken
from branding.core.text import say

SIGN_IN_LIFE = timedelta(days=14)
LINK_LIFE = timedelta(minutes=15)
INVITATION_LIFE = timedelta(days=7)

#: So many refused passwords within the window lock the address for as long.
TRIES = 5
LOCK = timedelta(minutes=15)

#: So many links are mailed to one address within the window.
LINK_MAILS = 3
LINK_WINDOW = timedelta(minutes=15)

#: So long after coming in by a mailed link a forgotten password may be replaced without it.
FRESH = timedelta(hours=1)

#: How long links and sign-ins are kept after they ended.
KEPT = timedelta(days=30)

#: So long after the first step the second must be taken.
HALF_LIFE = timedelta(minutes=15)
#: A phone's clock may be this many steps of 30 seconds off (RFC 6238 section 5.2).
DRIFT = 1
RECOVERY_CODES = 10
#: Roles that can be required to take the second step: they see or decide the most.
MAY_BE_REQUIRED = (Role.ADMIN, Role.COMMUNICATIONS, Role.DPO)

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

# Passwords of twelve characters or more that head every list of leaked ones, and Danish ones of that kind.
_COMMON_LIST = """
    123456789012 1234567890123 12345678901234 123123123123 121212121212 111111111111 000000000000 987654321098
    1q2w3e4r5t6y qwertyuiop12 qwertyuiop123 qwertyuiopas asdfghjkl123 zxcvbnm12345 1qaz2wsx3edc qazwsxedcrfv
    password1234 password12345 password123456 passwordpassword passw0rd1234 iloveyou1234 iloveyouiloveyou
    welcome12345 administrator administrator1 letmeinletmein changemechangeme unknownunknown abcdefghijkl
    adgangskode1 adgangskode12 adgangskode123 adgangskode1234 hemmelighed1 hemmelighed123 kodeordkodeord
    velkommen123 velkommen1234 velkommen2022 velkommen2023 sommersommer fodboldfodbold danmarkdanmark
    københavn123 midtjylland1 regionmidtjylland rødgrødmedfløde
"""
_COMMON = frozenset(_COMMON_LIST.split())


def check_password(password: str, *, name: str, email: str) -> None:
    """Long, not on the list of the well-known, and not the person's own name or address.

    NIST SP 800-63B section 5.1.1.2: length and a list of common ones, no rules of composition.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(
            "password_short",
            say("Choose a password of at least %(count)s characters.", count=SHORTEST_PASSWORD),
            "password",
        )
    if len(password) > LONGEST_PASSWORD:
        raise RuleBroken(
            "password_long",
            say("Choose a password of at most %(count)s characters.", count=LONGEST_PASSWORD),
            "password",
        )
    plain = _letters(password)
    if plain in _COMMON or len(set(plain)) < 4:
        raise RuleBroken(
            "password_common", say("Many people use this password. Choose another one."), "password"
        )
    if _is_made_of(plain, [name, email, email.partition("@")[0]]):
        raise RuleBroken(
            "password_own", say("Choose a password that is not your name or your mail address."), "password"
        )


def _letters(text: str) -> str:
    return re.sub(r"[\s._-]+", "", text.casefold())


def _is_made_of(plain: str, facts: Iterable[str]) -> bool:
    """Whether little is left of the password when a name or an address is taken out of it."""
    for fact in map(_letters, facts):
        if len(fact) >= 4 and fact in plain and len(plain.replace(fact, "")) < 6:
            return True
    return False


def waits_for(has_second_step: bool, is_required: bool) -> Waits | None:
    """What a sign-in lacks whose second step is not taken."""
    if has_second_step:
        return Waits.CODE
    return Waits.SET_UP if is_required else None


def lock_window_start(
    now: datetime, *, last_success: datetime | None, last_lock: datetime | None
) -> datetime:
    """From when refused passwords count."""
    return max(moment for moment in (now - LOCK, last_success, last_lock) if moment is not None)


def is_locked(now: datetime, *, last_success: datetime | None, last_lock: datetime | None) -> bool:
    """A lock holds for its time, or until the person came in by a link."""
    if last_lock is None or last_lock <= now - LOCK:
        return False
    return last_success is None or last_success < last_lock


def locks_now(refused_before: int) -> bool:
    """Whether one more refused password locks the address."""
    return refused_before + 1 >= TRIES


def needs_present_password(method: Method, made_at: datetime, now: datetime, *, has_password: bool) -> bool:
    """Whether a new password asks for the old one.

    Not when there is none, and not for whoever has just shown to own the
    mailbox: that is how a forgotten password is replaced.
    """
    return has_password and not (method == Method.LINK and now - made_at < FRESH)


def check_grants(grants: Iterable[Grant]) -> None:
    """At least one role, and a specialområde for those who coordinate one."""
    grants = list(grants)
    if not grants:
        raise RuleBroken("no_role", say("Choose at least one role."), "roles")
    for grant in grants:
        if grant.role not in STAFF_ROLES:
            raise RuleBroken("not_a_role", say("Choose one of the roles shown."), "roles")
        if grant.role == Role.COORDINATOR and grant.unit_id is None:
            raise RuleBroken("no_area", say("Choose the area that the coordinator answers for."), "areas")
        if grant.role != Role.COORDINATOR and grant.unit_id is not None:
            raise RuleBroken(
                "area_without_coordinator", say("Only coordinators have an area of their own."), "areas"
            )


def check_admin_remains(other_admins: int) -> None:
    """Somebody must be left who can let people in."""
    if other_admins == 0:
        raise RuleBroken(
            "last_admin",
            say("There must be at least one administrator. Give somebody else the role first."),
            "roles",
        )


_BROWSERS = (
    ("edg", "Edge"),
    ("opr", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
)
_BROWSERS_LAST = (("fxios", "Firefox"), ("crios", "Chrome"), ("chrome", "Chrome"), ("safari", "Safari"))
_SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """``Firefox · Windows``: enough to know one's own device again, too little to single anybody out."""
    if "/" not in user_agent:
        return user_agent[:60]  # a plain name, from a test or the demo
    told = user_agent.casefold()
    # The order matters: Edge says Chrome, and Chrome says Safari.
    browser = next((name for sign, name in (*_BROWSERS, *_BROWSERS_LAST) if sign in told), "")
    system = next((name for sign, name in _SYSTEMS if sign in told), "")
    return " · ".join(part for part in (browser, system) if part)
