"""What hosts do themselves, by their link: accept the rules, say no, say that they are ready."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.consent.service.withdrawing import Tell
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.takeovers import queries
from branding.takeovers.guide import RULES
from branding.takeovers.models import Host, RuleAcceptance
from branding.takeovers.service import colleagues
from branding.takeovers.service.checklist import tick_by_key
from branding.takeovers.service.takeovers import follow_answer
from branding.takeovers.values import LinkLife, TakeoverStatus


def accept_rules(
    session: Session, actor: Actor, keys: Collection[str], *, today: date, now: datetime
) -> None:
    """Say yes to hosting.  Every line must be accepted; each is kept with version and time."""
    host = _host(session, actor, today)
    missing = [rule for rule in RULES if rule.key not in keys]
    if missing:
        raise RuleBroken("rules_missing", say("Tick every line to take the week."), missing[0].key)
    known = {(row.rule_key, row.rule_version) for row in queries.acceptances_of(session, host.id or 0)}
    session.add_all(
        RuleAcceptance(host_id=host.id or 0, rule_key=rule.key, rule_version=rule.version, accepted_at=now)
        for rule in RULES
        if (rule.key, rule.version) not in known
    )
    host.accepted_at, host.declined_at = host.accepted_at or now, None
    record(session, actor, "takeovers:host:accepted", "host", host.id, now=now)
    takeover = queries.takeover_by_id(session, host.takeover_id)
    colleagues.host_is_seen(session, actor, host, takeover, now=now)
    _follow(session, actor, host, today=today, now=now)


def decline(session: Session, actor: Actor, *, tell: Tell | None = None, today: date, now: datetime) -> None:
    """Say no before the first day, without a reason.  Accepting the rules later takes it back.

    ``tell`` writes the mail that the host's consent is taken back, to those who look after it.
    """
    host = _host(session, actor, today)
    takeover = queries.takeover_by_id(session, host.takeover_id)
    if host.accepted_at and takeover.status == TakeoverStatus.LIVE:
        raise RuleBroken("has_begun", say("Your days have begun. Call us instead, and we find a way."))
    host.declined_at, host.accepted_at, host.briefed_at = now, None, None
    record(session, actor, "takeovers:host:declined", "host", host.id, now=now)
    colleagues.host_is_not_seen(session, actor, host, takeover, tell, now=now)
    _follow(session, actor, host, today=today, now=now)


def say_ready(session: Session, actor: Actor, *, today: date, now: datetime) -> None:
    """The host has read the guide and feels ready."""
    host = _host(session, actor, today)
    if host.accepted_at is None:
        raise RuleBroken("not_accepted", say("Say yes to the rules first."))
    host.briefed_at = host.briefed_at or now
    record(session, actor, "takeovers:host:briefed", "host", host.id, now=now)
    tick_by_key(session, actor, host.takeover_id, "briefing", now=now)
    _follow(session, actor, host, today=today, now=now)


def _host(session: Session, actor: Actor, today: date) -> Host:
    policy.check(actor, "takeovers:host:week")
    assert actor.id is not None
    if queries.host_link_life(session, actor.id, today) != LinkLife.WEEK:
        raise RuleBroken("takeover_ended", say("This takeover has ended, so it cannot be changed."))
    return queries.host_by_id(session, actor.id)


def _follow(session: Session, actor: Actor, host: Host, *, today: date, now: datetime) -> None:
    session.flush()
    takeover = queries.takeover_by_id(session, host.takeover_id)
    follow_answer(session, actor, takeover, today=today, now=now)
