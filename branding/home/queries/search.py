"""What a search finds in each room that the reader may look into; as many queries whatever is found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.consent.queries.board_rows import board
from branding.consent.values.board import BoardFilter
from branding.consent.values.names import STATES
from branding.consent.values.standing import State
from branding.core import clock
from branding.core.actor import Actor
from branding.core.isoweek import Week
from branding.core.policy import covers, may
from branding.core.text import say
from branding.drafts.queries.queue import posts_named as drafts_named
from branding.home.rules.searching import LEAST, MOST, cleaned, named, units_named, week_of
from branding.home.values import Found, Group, Hit
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.plan import queries as plan
from branding.plan.values import LOOKS
from branding.publishing.queries.calendar import posts_named
from branding.takeovers import queries as takeovers

PEOPLE, TAKEOVERS = "consent:subject:view", "takeovers:takeover:view"
DRAFTS, POSTS, REPORTS = "drafts:draft:view", "publishing:publication:view", "reports:report:view"
_CONSENT_LOOKS: Mapping[State, str] = {
    State.VALID: "ok",
    State.EXPIRING: "warn",
    State.PENDING: "half",
    State.REFUSED: "stop",
    State.WITHDRAWN: "stop",
}
_COMES_BACK, _ENDED = ("ok", say("comes back")), ("idle", say("no longer in use"))
_READY = ("ok", say("ready to read"))


@dataclass(frozen=True, slots=True)
class _Search:
    session: Session
    actor: Actor
    words: str
    now: datetime
    units: Mapping[int, UnitView]

    def own(self, action: str) -> frozenset[int] | None:
        """The units that the reader has the action for; None: all."""
        return None if covers(self.actor, action, None) else self.actor.units


def found(
    session: Session, actor: Actor, text: str, *, now: datetime, report_titles: Mapping[str, str]
) -> Found:
    """``report_titles``: the kinds of report in the reader's language."""
    words = cleaned(text)
    if len(words) < LEAST:
        return Found(words, is_too_short=bool(words))
    units = {unit.id: unit for unit in organisation.units(session, archived=True)}
    about = _Search(session, actor, words, now, units)
    fits = units_named(units.values(), words)
    week = week_of(words, clock.local(now).date())
    groups = (
        _people(about),
        _takeovers(about, week, [unit.id for unit in fits]),
        _posts_in_making(about) if may(actor, DRAFTS) else _posts(about),
        _activities(about),
        _units(fits),
        _reports(about, report_titles),
        _weeks(week),
        _accounts(about),
    )
    return Found(words, tuple(group for group in groups if group is not None and group.hits))


def _people(about: _Search) -> Group | None:
    """People on the consent register, in the units whose consents the reader looks after."""
    if not may(about.actor, PEOPLE):
        return None
    own, units = about.own(PEOPLE), list(about.units.values())
    wanted = BoardFilter(own, text=about.words)
    rows = board(about.session, about.actor, wanted, units, now=about.now).rows
    hits = [
        Hit(
            row.label,
            "consent.subject_page",
            {"subject_id": row.subject_id},
            row.unit,
            (_CONSENT_LOOKS.get(row.standing.state, "idle"), STATES[row.standing.state]),
        )
        for row in rows[:MOST]
    ]
    rest = ("home.consents_page", {"q": about.words}) if len(rows) > MOST else None
    return Group("people", say("Consent"), tuple(hits), rest)


def _takeovers(about: _Search, week: Week | None, unit_ids: Collection[int]) -> Group | None:
    if not may(about.actor, TAKEOVERS):
        return None
    found = takeovers.takeovers_found(
        about.session,
        about.words,
        days=(week.monday, week.sunday) if week else None,
        unit_ids=unit_ids,
        visible=about.own(TAKEOVERS),
        limit=MOST,
    )
    hits = [
        Hit(
            about.units[one.unit_id].name,
            "takeovers.takeover_page",
            {"takeover_id": one.id},
            about.units[one.unit_id],
            state=one.status.value,
            days=(one.starts_on, one.ends_on),
            more=", ".join(host.name for host in one.hosts),
        )
        for one in found
    ]
    return Group("takeovers", say("Takeovers and hosts"), tuple(hits))


def _posts_in_making(about: _Search) -> Group:
    hits = [
        Hit(
            one.title,
            "drafts.review_page",
            {"draft_id": one.id},
            about.units[one.unit_id],
            state=one.state.value,
            days=_day(one.due_at),
        )
        for one in drafts_named(about.session, about.own(DRAFTS), about.words, MOST)
    ]
    return Group("posts", say("Posts"), tuple(hits))


def _posts(about: _Search) -> Group | None:
    """For those who see what goes out, and not what is being made."""
    if not may(about.actor, POSTS):
        return None
    rows = posts_named(about.session, about.words, units=about.own(POSTS), now=about.now, limit=MOST)
    hits = [
        Hit(
            one.title,
            "publishing.publication_page",
            {"publication_id": one.id},
            about.units[one.unit_id],
            (one.kind_of_status, one.word),
            days=_day(one.due_at),
        )
        for one in rows
    ]
    return Group("posts", say("Posts"), tuple(hits))


def _activities(about: _Search) -> Group:
    today = clock.local(about.now).date()
    hits = [
        Hit(
            one.title,
            "plan.activity_page",
            {"activity_id": one.id},
            about.units.get(one.unit_id or 0),
            LOOKS[one.shown(today)],
            days=(one.starts_on, one.ends_on),
            more=one.channel.name,
        )
        for one in plan.activities_named(about.session, about.words, MOST)
    ]
    return Group("activities", say("Content plan"), (*_formats(about, today), *hits))


def _formats(about: _Search, today: date) -> list[Hit]:
    """What comes back by itself, for those who look after it."""
    if not may(about.actor, "plan:plan:edit"):
        return []
    found = plan.formats(about.session, names=False)
    fits = [one for one in found if about.words.casefold() in one.title.casefold()]
    return [
        Hit(
            one.title,
            "plan.format_page",
            {"format_id": one.id},
            about.units.get(one.unit_id or 0),
            _ENDED if (one.rhythm.valid_until or today) < today else _COMES_BACK,
            more=one.channel.name,
        )
        for one in fits[:MOST]
    ]


def _units(fits: Collection[UnitView]) -> Group:
    """A unit's own page is for those who change it; the calendar shows everybody what it has."""
    in_use, over = ("ok", say("in use")), ("idle", say("no longer in use"))
    hits = [
        Hit(unit.name, "home.calendar", {"area": unit.area_id}, unit, over if unit.is_archived else in_use)
        for unit in list(fits)[:MOST]
    ]
    return Group("units", say("Units"), tuple(hits))


def _reports(about: _Search, titles: Mapping[str, str]) -> Group | None:
    if not may(about.actor, REPORTS):
        return None
    keys = named(titles, about.words)
    hits = [Hit(titles[key], "reports.report_page", {"kind": key}, look=_READY) for key in keys]
    return Group("reports", say("Reports"), tuple(hits))


def _weeks(week: Week | None) -> Group | None:
    if week is None:
        return None
    days = (week.monday, week.sunday)
    hit = Hit(say("The week in the calendar"), "home.week_page", {"year": week.year, "week": week.number},
              days=days)  # fmt: skip
    return Group("weeks", say("Calendar"), (hit,))


def _accounts(about: _Search) -> Group | None:
    """Colleagues with an account, for those who give roles."""
    if not may(about.actor, "accounts:user:manage"):
        return None
    wanted = about.words.casefold()
    hits = [
        Hit(
            one.name,
            "organisation.person_page",
            {"user_id": one.id},
            look=("idle", say("account closed")) if one.deactivated_at else ("ok", say("has an account")),
        )
        for one in accounts.people(about.session)
        if wanted in one.name.casefold() or wanted in one.email.casefold()
    ]
    return Group("accounts", say("People and roles"), tuple(hits[:MOST]))


def _day(moment: datetime | None) -> tuple[date, date] | None:
    if moment is None:
        return None
    day = clock.local(moment).date()
    return day, day
