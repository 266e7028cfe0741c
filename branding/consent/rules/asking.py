"""Asking: who must answer in which words, what the answers add up to, and how forms are filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from branding.consent.rules.ages import is_minor, is_under_15
from branding.consent.values.answers import Scope
from branding.consent.values.people import Kind, Mandate, Route
from branding.consent.values.records import Audience, SignerRole
from branding.consent.values.register import RepresentationView, SubjectView
from branding.consent.values.requests import Offered, Part
from branding.core.errors import RuleBroken
from branding.core.text import say

#: Mandates that can sign for pictures when the document covers them (R41).
_GUARDIANS = frozenset({Mandate.GUARDIAN_PERSONAL, Mandate.GUARDIAN_BOTH, Mandate.FUTURE_POWER})
WITNESS = Part("witness", SignerRole.WITNESS, None)


def can_sign(one: RepresentationView, day: date) -> bool:
    """Whether this right lets somebody sign for pictures on a day."""
    covers = one.mandate is Mandate.CUSTODY or (one.mandate in _GUARDIANS and one.covers_images)
    return covers and one.holds_on(day)


def parts_for(
    person: SubjectView,
    representations: Iterable[RepresentationView],
    day: date,
    *,
    one_custody_holder: bool = False,
) -> tuple[Part, ...]:
    """Who signs, in the order in which they are asked (consent.md 2d).  Raises when nobody can."""
    own = Part("self", SignerRole.SELF, audience_for(person, day))
    route = _route(person, day)
    if route is Route.NONE_POSSIBLE:
        raise RuleBroken(
            "nobody_can", say("Nobody can sign for this person. Choose pictures without the person.")
        )
    if route is Route.SELF:
        return (own,)
    able = [one for one in representations if can_sign(one, day)]
    if route is Route.CUSTODY:
        holders = [one for one in able if one.mandate is Mandate.CUSTODY]
        others = _parts("custody", SignerRole.CUSTODY, holders[:1] if one_custody_holder else holders)
    else:
        others = _parts(
            "guardian", SignerRole.GUARDIAN, [one for one in able if one.mandate is not Mandate.CUSTODY]
        )
    if not others:
        raise RuleBroken("no_guardian", say("Write down first who may sign for the person."))
    if route is Route.GUARDIAN_WITH_ASSENT or is_under_15(person.turns_15_on, day):
        return (Part("assent", SignerRole.ASSENT, own.audience), *others)
    return (own, *others)


def _route(person: SubjectView, day: date) -> Route:
    if not person.is_as_citizen and not is_minor(person.turns_18_on, day):
        return Route.SELF if person.route is not Route.NONE_POSSIBLE else person.route
    if is_minor(person.turns_18_on, day):
        return Route.CUSTODY
    return Route.SELF if person.route is Route.CUSTODY else person.route


def _parts(name: str, role: SignerRole, holders: Sequence[RepresentationView]) -> tuple[Part, ...]:
    return tuple(Part(f"{name}-{one.id}", role, Audience.GUARDIAN, one.id, one.mandate) for one in holders)


def audience_for(person: SubjectView, day: date) -> Audience:
    """The words for the person itself."""
    if is_minor(person.turns_18_on, day):
        return Audience.YOUTH
    if person.is_as_citizen:
        return Audience.CITIZEN_EASY
    return Audience.COLLEAGUE_WRITTEN if person.kind is Kind.COLLEAGUE else Audience.OTHER


def main_audience(parts: Sequence[Part]) -> Audience:
    """The form that the consent stands on: the person's own, else the guardian's."""
    own = next((part for part in parts if part.role is SignerRole.SELF), None)
    return (own or parts[-1]).audience or Audience.GUARDIAN


def together(answers: Iterable[Mapping[str, bool]]) -> dict[str, bool]:
    """A line counts as yes when everybody who was asked said yes."""
    found: dict[str, bool] = {}
    for choices in answers:
        for key, is_yes in choices.items():
            found[key] = is_yes and found.get(key, True)
    return found


def scopes_of(offered: Offered, choices: Mapping[str, bool]) -> tuple[Scope, ...]:
    """What the yeses open; empty when there is no place or no kind of picture among them."""
    media = frozenset(kind for kind in offered.media if choices.get(kind))
    if not media:
        return ()
    return tuple(
        Scope(
            channel,
            offered.formats,
            offered.purposes,
            media,
            may_name=choices.get("name", False),
            may_voice=choices.get("voice", False),
            may_be_paid=choices.get("paid", False),
        )
        for channel in sorted(offered.channels)
        if choices.get(channel)
    )


def earliest_use(signed_at: datetime, *, as_citizen: bool, reflection_hours: int) -> datetime:
    """When the time to think it over has passed (R27); colleagues need none."""
    return signed_at + timedelta(hours=reflection_hours) if as_citizen else signed_at
