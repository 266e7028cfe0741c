"""How a profile's posts go out: on the practice profile, by hand, or by its channel's interface.

The token is sealed for its own row, is never shown again, and an empty one never takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select

from branding.audit.service import record
from branding.core import policy, sealed
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict, Missing, RuleBroken
from branding.core.sealed import CannotOpen
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.publishing.models import Connection, Publication
from branding.publishing.service.alerts import end_alerts, raise_alert
from branding.publishing.service.moving import move
from branding.publishing.values.alerts import Event
from branding.publishing.values.calls import Check, Tested
from branding.publishing.values.connections import Access, ConnectRequest
from branding.publishing.values.states import PLANNED, REPEATABLE, State, Way

MANAGE = "publishing:connection:manage"
#: Without these nothing can go out; the others are said, and do not stop anybody.
NEEDED = frozenset({Check.REACHED, Check.TOKEN, Check.ACCOUNT, Check.PERMISSIONS})


class NotLetIn(RuleBroken):
    """The test did not pass; ``found`` says what is missing."""

    def __init__(self, found: Sequence[Tested]) -> None:
        text = say("The channel did not let us in, so nothing is saved. See below what is missing.")
        super().__init__("test_failed", text)
        self.found = found


def set_way(
    session: Session, actor: Actor, profile_id: int, way: Way, version: int, *, now: datetime
) -> None:
    """Posts that are planned go out by the new way from now on."""
    row = _changed_by(session, actor, profile_id, version, now)
    if way is Way.API and not row.token_sealed:
        raise RuleBroken("not_connected", say("Connect the profile first."), "way")
    before, row.way = row.way, way
    _save(session, row)
    if before != way:
        _let_go(session, profile_id, now)
    changes = {"way": (before, str(way))}
    record(session, actor, "publishing:connection:changed", "profile", profile_id, changes=changes, now=now)


def connect(
    session: Session,
    actor: Actor,
    profile_id: int,
    request: ConnectRequest,
    found: Sequence[Tested],
    *,
    now: datetime,
) -> None:
    """Save what was tested just now (``connecting.ask``); what did not pass is not saved."""
    row = _changed_by(session, actor, profile_id, request.version, now)
    check_passed(found)
    if not request.token and not row.token_sealed:
        raise RuleBroken("no_token", say("Paste the token."), "token")
    before, row.way = row.way, Way.API
    _let_go(session, profile_id, now)
    row.flavour, row.account_id = request.flavour or "", request.account_id
    if request.token:
        row.token_sealed = sealed.seal(session, request.token, about=_about(profile_id))
        row.token_issued_at = now
    row.token_expires_at = request.expires_at
    row.broken_at, row.broken_code = None, ""
    row.baseline_at = row.baseline_at or now
    _keep(row, found, now)
    _save(session, row)
    end_alerts(session, Event.RECONNECT, Event.TOKEN_SOON, profile_id=profile_id, now=now)
    changes = {"way": (before, str(Way.API))}
    record(session, actor, "publishing:connection:connected", "profile", profile_id, changes=changes, now=now)


def disconnect(session: Session, actor: Actor, profile_id: int, version: int, *, now: datetime) -> None:
    """The token is forgotten; from now on somebody posts by hand."""
    row = _changed_by(session, actor, profile_id, version, now)
    row.way, row.flavour, row.account_id, row.token_sealed = Way.HAND, "", "", ""
    row.token_issued_at = row.token_expires_at = row.broken_at = row.tested_at = None
    row.broken_code, row.test = "", []
    _save(session, row)
    _let_go(session, profile_id, now)
    end_alerts(session, Event.RECONNECT, Event.TOKEN_SOON, profile_id=profile_id, now=now)
    record(session, actor, "publishing:connection:disconnected", "profile", profile_id, now=now)


def hand_by(
    session: Session, actor: Actor, profile_id: int, user_id: int | None, version: int, *, now: datetime
) -> None:
    """Who posts by hand; None: whoever planned the post."""
    row = _changed_by(session, actor, profile_id, version, now)
    before, row.hand_user_id = row.hand_user_id, user_id
    _save(session, row)
    changes = {"hand_user_id": (before, user_id)}
    record(session, actor, "publishing:connection:changed", "profile", profile_id, changes=changes, now=now)


def keep_test(session: Session, profile_id: int, found: Sequence[Tested], *, now: datetime) -> None:
    """What a test found; a connection that passes is whole again, one that does not is broken."""
    row = session.get(Connection, profile_id)
    if row is None or not row.token_sealed:
        return
    _keep(row, found, now)
    _save(session, row)
    wrong = [one for one in found if not one.is_ok and one.check in NEEDED]
    if not wrong:
        _mend(session, row, now)
    elif wrong[0].check is not Check.REACHED:  # what cannot be reached today may be there tomorrow
        mark_broken(session, profile_id, wrong[0].code, now=now)


def _mend(session: Session, row: Connection, now: datetime) -> None:
    row.broken_at, row.broken_code = None, ""
    end_alerts(session, Event.RECONNECT, profile_id=row.profile_id, now=now)


def mark_broken(session: Session, profile_id: int, code: str, *, now: datetime) -> None:
    """The channel lets us in no more: said once, until it is connected anew."""
    row = session.get(Connection, profile_id)
    if row is None or row.way != Way.API:
        return
    if row.broken_at is None:
        row.broken_at = now
        record(session, SYSTEM, "publishing:connection:broken", "profile", profile_id, now=now)
    row.broken_code = code[:40]
    session.add(row)
    session.flush()
    key = f"{profile_id}:{int(row.broken_at.timestamp())}"
    raise_alert(session, Event.RECONNECT, key, profile_id=profile_id, code=row.broken_code, now=now)


def access_of(session: Session, profile_id: int) -> Access:
    """What a channel's client needs; Missing when the profile is not connected.

    A token that cannot be opened (restored with another key) is none: the channel says the rest.
    """
    row = session.get(Connection, profile_id)
    if row is None or not row.token_sealed:
        raise Missing("connection", profile_id)
    try:
        token = sealed.unseal(session, row.token_sealed, about=_about(profile_id))
    except CannotOpen:
        token = "unreadable"  # noqa: S105 - no token at all
    profile = organisation.profile_by_id(session, profile_id)
    flavour = ConnectRequest.flavour_of(row.flavour)
    return Access(profile_id, profile.channel, flavour, row.account_id, token, row.token_expires_at)


def replace_token(
    session: Session, old: Access, token: str, expires_at: datetime | None, *, now: datetime
) -> None:
    """A renewed token in the old one's place; where another stands by now, or none, it is left alone."""
    profile_id = old.profile_id
    row = session.get(Connection, profile_id)
    if row is None or not token or not is_as_before(session, old):
        return
    row.token_sealed = sealed.seal(session, token, about=_about(profile_id))
    row.token_issued_at, row.token_expires_at = now, expires_at
    _save(session, row)
    end_alerts(session, Event.TOKEN_SOON, profile_id=profile_id, now=now)
    record(session, SYSTEM, "publishing:connection:renewed", "profile", profile_id, now=now)


def is_as_before(session: Session, access: Access) -> bool:
    """Whether the profile is still connected as it was when a channel was asked."""
    row = session.get(Connection, access.profile_id)
    if row is None or not row.token_sealed or row.account_id != access.account_id:
        return False
    return access_of(session, access.profile_id).token == access.token


def check_passed(found: Sequence[Tested]) -> None:
    """Refuse what the channel does not let in."""
    if not found or any(not one.is_ok and one.check in NEEDED for one in found):
        raise NotLetIn(found)


def _changed_by(session: Session, actor: Actor, profile_id: int, version: int, now: datetime) -> Connection:
    policy.check(actor, MANAGE)
    organisation.profile_row(session, profile_id)
    row = session.get(Connection, profile_id)
    if row is None:
        row = Connection(profile_id=profile_id, way=Way.HAND, test=[], version=0)
    if row.version != version:
        text = say("Somebody else has changed this connection since you opened the page.")
        raise Conflict("connection_changed", text)
    return row


def _let_go(session: Session, profile_id: int, now: datetime) -> None:
    """Whoever works on a post by the old way holds it no more, and what lies ready there is of no use."""
    query = select(Publication).where(
        Publication.profile_id == profile_id, col(Publication.state).in_((*PLANNED, *REPEATABLE))
    )
    for row in session.exec(query):
        if row.state in REPEATABLE:
            move(session, SYSTEM, row, State.SCHEDULED, now=now)
        row.made = {}


def _keep(row: Connection, found: Sequence[Tested], now: datetime) -> None:
    row.tested_at = now
    row.test = [asdict(one) | {"check": str(one.check)} for one in found]


def _save(session: Session, row: Connection) -> None:
    row.version += 1
    session.add(row)
    session.flush()


def _about(profile_id: int) -> str:
    return f"connection:{profile_id}"
