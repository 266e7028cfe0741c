"""What is written on paper about a person: the data of ``consent/access.typ``, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from branding.consent import texts
from branding.consent.values.deeds import DEEDS
from branding.consent.values.names import AUDIENCES, CHANNELS, HOW, MANDATES
from branding.consent.values.people import Mandate
from branding.consent.values.records import Channel, EvidenceKind
from branding.consent.values.rights import Everything, Reading
from branding.core.text import say
from branding.web.filters import day_and_year, day_before, full_moment
from branding.web.i18n import language, translate

_WISHES = {
    "access": say("To see what we keep"),
    "rectification": say("To have something put right"),
    "erasure": say("To be erased"),
}


def access_json(found: Everything, names: Mapping[int, str], now: datetime) -> dict[str, Any]:
    """Everything about the person for a machine (GDPR article 20)."""
    return {
        "made_at": now.isoformat(),
        "subject": _json(found.subject),
        "representations": _json(found.representations),
        "requests": _json(found.requests),
        "consents": _json(found.consents),
        "withdrawals": _json(found.withdrawals),
        "shown": _json(found.shown),
        "decisions": _json(found.decisions),
        "rights": _json(found.wishes),
        "log": [
            {"at": one.at.isoformat(), "who": _who(one, names), "what": one.tag, "reason": one.reason}
            for one in found.log
        ],
    }


def access_facts(
    found: Everything, names: Mapping[int, str], unit: str, controller: str, now: datetime
) -> dict[str, Any]:
    """The same for the eye: parts with a heading, and in each the lines of one thing after the other."""
    person = found.subject
    return {
        "lang": language(),
        "title": _("What we keep about you"),
        "author": controller or "Stafet",
        "lead": _(
            "Made %(at)s for %(label)s, %(unit)s.", at=full_moment(now), label=person["label"], unit=unit
        ),
        "parts": [
            _part(_("About you"), [_person(person, unit)]),
            _part(_("Those who may answer for you"), map(_representation, found.representations)),
            _part(_("What you were asked"), map(_request, found.requests)),
            _part(_("Your answers"), map(_consent, found.consents)),
            _part(_("What was taken back"), map(_withdrawal, found.withdrawals)),
            _part(_("Where you are shown"), map(_use, found.shown)),
            _part(_("Decisions on whether a post may go out"), map(_decision, found.decisions)),
            _part(_("What you asked of us"), map(_wish, found.wishes)),
        ],
        "nothing": _("Nothing."),
        "log_heading": _("Who has worked with it"),
        "log_columns": [_("When"), _("Who"), _("What")],
        "log": [[full_moment(one.at), _who(one, names), _what(one)] for one in found.log],
    }


def _part(heading: str, things: Iterable[list[tuple[str, str]]]) -> dict[str, Any]:
    return {"heading": heading, "things": [[list(line) for line in thing if line[1]] for thing in things]}


def _person(person: Mapping[str, Any], unit: str) -> list[tuple[str, str]]:
    return [
        (_("Name in Stafet"), str(person["label"])),
        (_("Unit"), unit),
        (_("Mail"), _sealed(person, "email")),
        (_("Phone"), _sealed(person, "phone")),
        (_("On the register since"), _at(person["made_at"])),
    ]


def _sealed(one: Mapping[str, Any], key: str) -> str:
    return str(_("cannot be read")) if one.get("is_unreadable") else str(one.get(key, ""))


def _representation(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("Name"), _sealed(one, "name")),
        (_("By which right"), str(translate(MANDATES[Mandate(one["mandate"])]))),
        (_("From"), _day(one["valid_from"])),
        (_("Until"), _day(one["valid_until"])),
    ]


def _request(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("About"), str(one["target_label"])),
        (_("Asked"), _at(one["asked_at"])),
        (_("Where"), str(one["place"])),
    ]


def _consent(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    channels = _channels(scope["channel"] for scope in one["scopes"])
    return [
        (_("About"), str(one["target_label"])),
        (_("Answer"), _("No") if one["is_refusal"] else _("Yes")),
        (_("Channels"), channels),
        (_("Given"), _at(one["signed_at"])),
        (_("Counts until"), day_before(one["expires_at"])),
        (_("How"), str(translate(HOW[EvidenceKind(one["evidence"])]))),
        (_("Form"), form_name(one["form_id"])),
        (_("Number"), str(one["id"])),
    ]


def _withdrawal(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    channels = _channels(one["channels"] or ())
    return [(_("Taken back"), _at(one["received_at"])), (_("Channels"), channels or _("all"))]


def _use(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("What"), str(one["label"])),
        (_("Channel"), _channels([one["channel"]])),
        (_("Address"), str(one["url"])),
        (_("From"), _at(one["live_from"])),
        (_("Until"), _at(one["live_until"]) or _("still up")),
    ]


def _decision(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("When"), _at(one["asked_at"])),
        (_("Channel"), _channels([one["channel"]])),
        (_("Answer"), _("Yes") if one["is_allowed"] else _("No")),
    ]


def _wish(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("What"), str(translate(_WISHES[one["kind"]]))),
        (_("When"), _day(one["received_on"])),
        (_("Answered"), _at(one["done_at"])),
    ]


def _channels(found: Iterable[str]) -> str:
    return ", ".join(str(translate(CHANNELS[Channel(one)])) for one in found)


def form_name(form_id: str) -> str:
    """``Borger, let læst, version 1``"""
    text = texts.form(form_id)
    return f"{translate(AUDIENCES[text.audience])}, " + str(_("version %(number)s", number=text.number))


def _who(one: Reading, names: Mapping[int, str]) -> str:
    if one.actor_kind == "user":
        return names.get(one.actor_id or 0) or _("person %(id)s", id=one.actor_id)
    known = {"host": _("a host"), "subject": _("you"), "system": "Stafet"}
    return str(known.get(one.actor_kind, _("somebody by a link")))


def _what(one: Reading) -> str:
    said = str(translate(DEEDS[one.tag])) if one.tag in DEEDS else one.tag
    return f"{said} – {one.reason}" if one.reason else said


def _at(value: datetime | None) -> str:
    return full_moment(value) if value else ""


def _day(value: date | None) -> str:
    return day_and_year(value) if value else ""


def _json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
