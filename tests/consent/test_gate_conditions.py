"""Conditions of the rule that only show beside another one: each test fails when one of them is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from branding.consent.rules.gate import earliest_lawful, may_publish
from branding.consent.rules.gate.wording import because, sentence
from branding.consent.values.answers import Scope
from branding.consent.values.gate import (
    Code,
    CrosspostFacts,
    Decision,
    DeclarationFacts,
    GateFacts,
    Stage,
    Visibility,
)
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import Channel, EvidenceKind, MediaKind, SignerRole, Target
from branding.core import clock
from tests.consent.worlds import (
    AUTHOR,
    DRAFT,
    INSTAGRAM,
    NOW,
    PICTURE,
    REVIEWER,
    SIGNED,
    SLOT,
    By,
    Facts,
)

Tell = Callable[[Facts], Any]
MOMENT = timedelta(microseconds=1)
OK: set[Code] = set()
FACEBOOK, PARTNER = Scope(Channel.FACEBOOK), Scope(Channel.PARTNER)
GUARDIAN, CUSTODY, ASSENT = SignerRole.GUARDIAN, SignerRole.CUSTODY, By(SignerRole.ASSENT)
SPOKEN = By(SignerRole.ASSENT, method=EvidenceKind.ORAL)
DECLARER = "user:7"


def _ask(world: Facts, stage: Stage = Stage.PUBLISH) -> Decision:
    return may_publish(GateFacts(world.draft, world.people()), world.channel, stage=stage, at=SLOT)


def _declared_by_another(looked: str, **seen: Any) -> Tell:
    """The one who says who is in it need not be the author: neither of them is the second pair of eyes."""

    def tell(world: Facts) -> None:
        world.change(declaration=DeclarationFacts("p1", DECLARER, looked))
        if seen:
            world.seen("", **seen)

    return tell


def _colleague(**facts: Any) -> Tell:
    return lambda world: world.said(world.colleague(), **facts)


def _signed(colleague: dict[str, Any] | None = None, **facts: Any) -> Tell:
    return lambda world: world.signed(world.colleague(**(colleague or {})), **facts)


def _must_sign(tell: Tell) -> Tell:
    def told(world: Facts) -> None:
        world.rules(colleague_written=True)
        tell(world)

    return told


def _citizen_with_a_last_day(world: Facts) -> None:
    world.assess()
    person = world.citizen()
    world.signed(person, evidence=EvidenceKind.DRAWN)
    world.update(person, left_on=date(2026, 10, 5))


def _reach(crosspost: CrosspostFacts | None = None, **facts: Any) -> Tell:
    def tell(world: Facts) -> None:
        world.said(world.colleague(), scopes=facts.pop("scopes", (INSTAGRAM,)))
        if crosspost:
            world.change(crossposts={Channel.INSTAGRAM: crosspost})
        world.change(**facts)

    return tell


def _no_takeover(world: Facts) -> None:
    world.said(world.colleague(), ref="")
    world.change(takeover="")


def _named_at_a_shoot(world: Facts) -> None:
    """The name that the lint finds is the one of somebody in the picture: asked once, with the picture."""
    person = world.person(Kind.COLLEAGUE, "Alma")
    world.seen(person, is_named=True)
    named = (replace(INSTAGRAM, may_name=True),)
    world.said(person, target=Target.SHOOT, ref="a" * 32, scopes=named)
    world.change_media(shoots=frozenset({"a" * 32}))
    world.change(names_found=frozenset({person}))


def _blurred(world: Facts, *, said: bool, **facts: Any) -> None:
    world.change_media(is_verified_derivative=True)
    person = world.person(Kind.COLLEAGUE, "Alma")
    world.seen(person, Visibility.OBSCURED, confirmed_by=REVIEWER, **facts)
    if said:
        world.said(person, scopes=(replace(INSTAGRAM, may_name=True),))


def _heard(world: Facts) -> None:
    person = world.person(Kind.COLLEAGUE, "Alma")
    world.seen(person, is_heard=True)
    film = frozenset({MediaKind.VIDEO})
    world.said(person, scopes=(replace(INSTAGRAM, media=film, may_voice=True),))
    world.change_media(kind=MediaKind.VIDEO, has_voice=True)


def _visitor(world: Facts) -> None:
    visitor = world.person(Kind.OTHER, "Gæst")
    world.seen(visitor)
    world.signed(visitor)


def _guardian_alone(openness: Openness, *, assessed: bool) -> Tell:
    def tell(world: Facts) -> None:
        world.policy(PolicyKind.CITIZEN, openness)
        if assessed:
            world.assess(guardian_alone=True)
        person = world.citizen(route=Route.GUARDIAN_WITH_ASSENT)
        guardian = world.represent(person, Mandate.GUARDIAN_PERSONAL)
        world.signed(person, by=(By(GUARDIAN, guardian), ASSENT))

    return tell


def _youth_with_a_guardians_route(world: Facts) -> None:
    world.policy(PolicyKind.MINOR, Openness.ALLOWED)
    facts = {"turns_15_on": date(2025, 1, 1), "turns_18_on": date(2028, 1, 1)}
    youth = world.citizen(route=Route.GUARDIAN_WITH_ASSENT, **facts)
    holder = world.represent(youth, Mandate.CUSTODY)
    world.signed(youth, by=(By(), By(CUSTODY, holder)))


MINORS = {"turns_15_on": date(2025, 1, 1), "turns_18_on": date(2028, 1, 1)}
CHILD = {"turns_15_on": date(2028, 1, 1), "turns_18_on": date(2031, 1, 1)}


def _minor(*by: Any, facts: dict[str, Any] = MINORS, holders: int = 1, one_is_enough: bool = False) -> Tell:
    """``by``: signers; a number stands for that custody holder on file."""

    def tell(world: Facts) -> None:
        world.policy(PolicyKind.MINOR, Openness.ALLOWED)
        world.rules(one_custody_holder=one_is_enough)
        minor = world.citizen(route=Route.CUSTODY, **facts)
        on_file = [world.represent(minor, Mandate.CUSTODY) for _ in range(holders)]
        world.signed(
            minor, by=tuple(By(CUSTODY, on_file[one]) if isinstance(one, int) else one for one in by)
        )

    return tell


def _guarded(*by: Any) -> Tell:
    """A guardian answers alone, as an assessment allows; 0 stands for the guardian's signature."""

    def tell(world: Facts) -> None:
        world.assess(guardian_alone=True)
        person = world.citizen(route=Route.GUARDIAN_WITH_ASSENT)
        guardian = world.represent(person, Mandate.GUARDIAN_PERSONAL)
        world.signed(person, by=tuple(By(GUARDIAN, guardian) if one == 0 else one for one in by))

    return tell


def _citizen_by(*by: By, **facts: Any) -> Tell:
    def tell(world: Facts) -> None:
        world.assess()
        world.signed(world.citizen(), by=by, **facts)

    return tell


def _youth_by(mandate: Mandate, role: SignerRole, *, until: date | None = None) -> Tell:
    """A youth signs, and somebody with a right that ends, or that is not custody, in some role."""

    def tell(world: Facts) -> None:
        world.policy(PolicyKind.MINOR, Openness.ALLOWED)
        youth = world.citizen(route=Route.CUSTODY, **MINORS)
        other = world.represent(youth, mandate, until=until)
        world.signed(youth, by=(By(), By(role, other)))

    return tell


def _one_parents_custody_is_over(world: Facts) -> None:
    world.policy(PolicyKind.MINOR, Openness.ALLOWED)
    youth = world.citizen(route=Route.CUSTODY, **MINORS)
    world.represent(youth, Mandate.CUSTODY, until=date(2026, 9, 1))
    holder = world.represent(youth, Mandate.CUSTODY)
    world.signed(youth, by=(By(), By(CUSTODY, holder)))


def _a_guardian_as_witness(world: Facts) -> None:
    world.assess()
    person = world.citizen(route=Route.SELF_AND_GUARDIAN)
    guardian = world.represent(person, Mandate.GUARDIAN_PERSONAL)
    world.signed(person, by=(By(), By(SignerRole.WITNESS, guardian)))


def _fifteen_at_the_moment_of_signing(world: Facts) -> None:
    world.policy(PolicyKind.MINOR, Openness.ALLOWED)
    youth = world.citizen(route=Route.CUSTODY, **{**MINORS, "turns_15_on": date(2026, 10, 1)})
    holder = world.represent(youth, Mandate.CUSTODY)
    world.signed(youth, by=(By(), By(CUSTODY, holder)), signed=clock.at_local(date(2026, 10, 1)))


def _and_then(**facts: Any) -> Tell:
    def tell(world: Facts) -> None:
        person = world.colleague()
        world.said(person)
        world.said(person, refusal=True, **facts)

    return tell


def _young_colleague(world: Facts) -> None:
    world.policy(PolicyKind.MINOR, Openness.ALLOWED)
    colleague = world.colleague(route=Route.CUSTODY, **MINORS)
    holder = world.represent(colleague, Mandate.CUSTODY)
    world.said(colleague, by=(By(), By(CUSTODY, holder)), verified=SIGNED)


def _hidden_and_held(world: Facts) -> None:
    """Who cannot be recognised is not shown, whatever stands in the way of showing the person."""
    world.change_media(is_verified_derivative=True)
    person = world.person(Kind.CITIZEN, "Vega", hold=Hold.DISPUTE)
    world.seen(person, Visibility.OBSCURED, confirmed_by=REVIEWER)


def _nobody_can_sign(world: Facts) -> None:
    """Told with everything else that stands in the way."""
    world.assess()
    world.citizen(route=Route.NONE_POSSIBLE)


def _nobody_can_sign_and_held(world: Facts) -> None:
    world.assess()
    world.citizen(route=Route.NONE_POSSIBLE, hold=Hold.DISPUTE)


def _a_no(**facts: Any) -> Tell:
    return lambda world: world.said(world.colleague(), refusal=True, **facts)


def _a_no_to_one_of_two_channels(world: Facts) -> None:
    """The post is seen on both, so a no to either stops it."""
    person = world.colleague()
    world.said(person, scopes=(INSTAGRAM, FACEBOOK))
    world.said(person, signed=NOW, refusal=True, target=Target.POST, ref=DRAFT, scopes=(FACEBOOK,))
    world.change(crossposts={})


CASES: list[tuple[str, set[Code], Tell]] = [
    ("confirmed by the declarer", {Code.DECLARATION_UNCONFIRMED}, _declared_by_another(DECLARER)),
    ("confirmed by the author", {Code.DECLARATION_UNCONFIRMED}, _declared_by_another(AUTHOR)),
    ("confirmed by a third", OK, _declared_by_another(REVIEWER)),
    (
        "hands, confirmed by the author who is not the declarer",
        {Code.UNVERIFIED_VISIBILITY},
        _declared_by_another(REVIEWER, visibility=Visibility.NOT_RECOGNISABLE, confirmed_by=AUTHOR),
    ),
    ("colleagues must sign, and one did", OK, _must_sign(_signed())),
    ("colleagues must sign, and one said it", {Code.WRONG_EVIDENCE}, _must_sign(_colleague())),
    ("a colleague's form says Instagram itself", OK, _signed(told=False)),
    ("a colleague's form is a clear answer", OK, _signed(clear=False)),
    (
        "a colleague who signed and then left",
        {Code.EMPLOYEE_LEFT},
        _signed({"left_on": date(2026, 10, 5)}),
    ),
    ("a colleague who signed as the last day ended", OK, _signed({"left_on": date(2026, 10, 1)},
        signed=clock.at_local(date(2026, 10, 2)))),
    ("a citizen has no job to leave", OK, _citizen_with_a_last_day),
    ("a partner, and agreed", OK, _reach(scopes=(INSTAGRAM, PARTNER), partners=("@region",))),
    (
        "a partner is not the own website",
        {Code.CHANNEL_NOT_COVERED},
        _reach(scopes=(INSTAGRAM, Scope(Channel.WEBSITE), FACEBOOK), partners=("@region",)),
    ),
    (
        "a stale word leaves out nothing that was said",
        {Code.CROSSPOST_NOT_COVERED},
        _reach(CrosspostFacts(frozenset({Channel.LINKEDIN}), SLOT - timedelta(days=90)),
               scopes=(INSTAGRAM, FACEBOOK)),
    ),
    ("no takeover is no target", {Code.OUTSIDE_SCOPE}, _no_takeover),
    ("named in the picture and found in the text", OK, _named_at_a_shoot),
    ("blurred, named, and agreed to be", OK, lambda world: _blurred(world, said=True, is_named=True)),
    ("blurred, and nobody asked", OK, lambda world: _blurred(world, said=False)),
    ("heard in a film, and agreed to be", OK, _heard),
    ("a visitor where nothing was assessed", {Code.POLICY_BLOCKED}, _visitor),
    (
        "a guardian alone where citizens are open",
        {Code.POLICY_BLOCKED},
        _guardian_alone(Openness.ALLOWED, assessed=False),
    ),
    ("and an assessment says so", OK, _guardian_alone(Openness.ALLOWED, assessed=True)),
    (
        "a guardian alone where citizens are closed",
        {Code.POLICY_BLOCKED},
        _guardian_alone(Openness.FORBIDDEN, assessed=True),
    ),
    ("a youth's parents are no guardian alone", OK, _youth_with_a_guardians_route),
    ("a child heard, and no parent", {Code.WRONG_SIGNATORY}, _minor(ASSENT, facts=CHILD)),
    ("a child heard, and a parent", OK, _minor(SPOKEN, 0, facts=CHILD)),
    ("a youth without parents on file", {Code.WRONG_SIGNATORY}, _minor(By(), holders=0)),
    (
        "a youth, and somebody else's parent",
        {Code.WRONG_SIGNATORY},
        _minor(By(), By(CUSTODY, "f" * 32), one_is_enough=True),
    ),
    (
        "a youth, a witness, and a parent by no right",
        {Code.NO_VALID_SIGNATORY},
        _minor(By(), By(CUSTODY), By(SignerRole.WITNESS)),
    ),
    ("a youth, 18 at an unknown day", OK, _minor(By(), 0, facts={"turns_15_on": date(2025, 1, 1)})),
    (
        "who turns 15 in this moment signs as a youth",
        OK,
        _minor(By(), 0, facts={**MINORS, "turns_15_on": clock.local(SIGNED).date()}),
    ),
    ("who turns 15 as it is signed is a youth", OK, _fifteen_at_the_moment_of_signing),
    ("one of two parents has no custody any more", OK, _one_parents_custody_is_over),
    (
        "the parent's custody ends before the slot",
        {Code.REPRESENTATION_ENDED},
        _youth_by(Mandate.CUSTODY, CUSTODY, until=date(2026, 10, 13)),
    ),
    (
        "a guardian is no parent",
        {Code.WRONG_SIGNATORY},
        _youth_by(Mandate.GUARDIAN_PERSONAL, CUSTODY),
    ),
    ("a parent as a witness", {Code.WRONG_SIGNATORY}, _youth_by(Mandate.CUSTODY, SignerRole.WITNESS)),
    ("a guardian as a witness", {Code.WRONG_SIGNATORY}, _a_guardian_as_witness),
    ("a no that comes after the slot replaces nothing yet", OK, _and_then(signed=SLOT + MOMENT)),
    ("a no in the moment of the slot", {Code.REFUSED}, _and_then(signed=SLOT)),
    (
        "a no to a post that is called as the takeover",
        OK,
        _and_then(signed=NOW, target=Target.POST, ref="takeover:12"),
    ),
    ("a guardian, and the person was not heard", {Code.WRONG_SIGNATORY}, _guarded(0)),
    ("the person was heard, and no guardian signed", {Code.WRONG_SIGNATORY}, _guarded(ASSENT)),
    ("the guardian signed and the person was heard", OK, _guarded(0, SPOKEN)),
    (
        "a citizen spoke and only the witness signed",
        {Code.WRONG_SIGNATORY},
        _citizen_by(By(method=EvidenceKind.ORAL), By(SignerRole.WITNESS)),
    ),
    ("a colleague spoke, and it was written on a form", OK, _signed(by=(By(method=EvidenceKind.ORAL),))),
    ("a colleague of 17 who spoke", {Code.WRONG_EVIDENCE}, _young_colleague),
    ("hidden, and in a dispute", OK, _hidden_and_held),
    ("nobody can sign, and nobody has", {Code.NO_VALID_SIGNATORY}, _nobody_can_sign),
    (
        "nobody can sign, and a dispute",
        {Code.HOLD, Code.NO_VALID_SIGNATORY},
        _nobody_can_sign_and_held,
    ),
    ("only a no to another post", {Code.NO_CONSENT}, _a_no(target=Target.POST, ref="draft:8")),
    ("only a no that has lapsed", {Code.NO_CONSENT}, _a_no(until=date(2026, 10, 2))),
    ("a no to one of two channels", {Code.REFUSED}, _a_no_to_one_of_two_channels),
]  # fmt: skip


@pytest.mark.parametrize(("name", "codes", "tell"), CASES, ids=[one[0] for one in CASES])
def test_one_condition_beside_another(name: str, codes: set[Code], tell: Tell) -> None:
    world = Facts()
    tell(world)
    assert _ask(world).codes == codes


def test_a_spoken_yes_is_checked_by_no_review_that_was_none() -> None:
    for declaration in (None, DeclarationFacts("p1", DECLARER, DECLARER), DeclarationFacts("p1", "", "")):
        world = Facts()
        world.said(world.colleague())
        world.change(declaration=declaration)
        assert Code.UNVERIFIED_EVIDENCE in _ask(world).codes


def test_a_reason_names_the_picture_only_when_it_is_about_one_and_the_person_when_known() -> None:
    world = Facts()
    person = world.colleague()
    world.said(person, ref="takeover:3")
    world.colleague("Bo")
    world.seen("", Visibility.UNKNOWN)
    world.seen("")
    world.seen("", Visibility.NOT_RECOGNISABLE)
    world.change_media(has_voice=True)
    told = [(one.code, one.label, one.media) for one in _ask(world).reasons]
    assert told == [
        (Code.UNKNOWN_PERSON, "", PICTURE),
        (Code.UNVERIFIED_VISIBILITY, "", PICTURE),
        (Code.NO_CONSENT, "", PICTURE),
        (Code.NO_CONSENT, "Bo", ""),
        (Code.OUTSIDE_SCOPE, "Alma", PICTURE),
        (Code.VOICE_NOT_COVERED, "", PICTURE),
    ]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ({"visibility": Visibility.UNKNOWN}, Code.UNKNOWN_PERSON),
        ({"visibility": Visibility.NOT_RECOGNISABLE}, Code.UNVERIFIED_VISIBILITY),
        ({"visibility": Visibility.OBSCURED}, Code.OBSCURE_UNVERIFIED),
        ({"is_heard": True}, Code.VOICE_NOT_COVERED),
        ({}, Code.MEDIA_NOT_COVERED),
    ],
    ids=str,
)
def test_what_is_about_one_picture_names_it_also_when_the_person_is_known(
    seen: dict[str, Any], code: Code
) -> None:
    world = Facts()
    person = world.person(Kind.COLLEAGUE, "Alma")
    world.said(person)
    world.seen(person, **seen)
    world.change_media(kind=MediaKind.PHOTO if seen else MediaKind.VIDEO)
    assert [(one.code, one.label, one.media) for one in _ask(world).reasons] == [(code, "Alma", PICTURE)]


def test_reasons_stand_in_the_order_of_codes_then_names_then_channels() -> None:
    world = Facts()
    for label in ("Carl", "Alma", "Bo"):
        world.said(world.colleague(label), scopes=(Scope(Channel.WEBSITE),))
    world.change(partners=("@region",), approved_hash="")
    told = [(one.code, one.label, one.channel) for one in _ask(world).reasons]
    lacks = [
        (Code.CHANNEL_NOT_COVERED, label, channel)
        for label in ("Alma", "Bo", "Carl")
        for channel in (Channel.INSTAGRAM, Channel.PARTNER)
    ]
    assert told == [(Code.NOT_APPROVED, "", None), *lacks]


def test_a_closed_policy_is_told_once_however_many_channels_it_closes() -> None:
    world = Facts()
    world.signed(world.citizen(), scopes=(INSTAGRAM, FACEBOOK))
    world.change(crossposts={})
    assert [one.code for one in _ask(world).reasons] == [Code.POLICY_BLOCKED]


def test_a_yes_holds_until_the_first_of_its_consents_ends() -> None:
    world = Facts()
    world.said(world.colleague("Alma"), until=date(2027, 1, 31))
    world.said(world.colleague("Bo"), until=date(2026, 12, 31))
    assert _ask(world).holds_until == clock.at_local(date(2027, 1, 1))


def test_of_two_consents_about_the_post_the_one_that_lacks_less_is_told() -> None:
    world = Facts()
    person = world.colleague()
    world.said(person, told=False, clear=False)
    world.said(person, told=False, target=Target.POST, ref=DRAFT)
    assert _ask(world).codes == {Code.NOT_TOLD_INSTAGRAM}


def test_a_consent_about_the_post_is_told_before_one_about_another_that_lacks_less() -> None:
    world = Facts()
    person = world.colleague()
    world.said(person, told=False, clear=False, until=date(2026, 10, 13))
    world.said(person, ref="takeover:3", told=False)
    assert _ask(world).codes == {Code.NOT_TOLD_INSTAGRAM, Code.NO_CONSENT, Code.EXPIRED}


def test_a_consent_that_was_asked_for_freely_is_used_before_a_longer_one_that_was_not() -> None:
    world = Facts()
    person = world.colleague()
    freely = world.said(person, until=date(2026, 12, 31))
    world.said(person, target=Target.POST, ref=DRAFT, power=True)
    decision = _ask(world)
    assert decision.consents == (freely,) and not decision.warnings


# When it would be a yes


def _earliest(world: Facts, stage: Stage = Stage.PUBLISH) -> Any:
    facts = GateFacts(world.draft, world.people())
    return earliest_lawful(facts, world.channel, stage=stage, start=NOW)


def test_what_is_lawful_now_is_lawful_now() -> None:
    world = Facts()
    world.said(world.colleague())
    assert _earliest(world) == NOW


def test_when_several_must_wait_the_last_of_them_decides() -> None:
    world = Facts()
    world.assess()
    world.signed(world.citizen("Vega"), signed=SLOT - timedelta(hours=2), verified=SLOT - timedelta(hours=1))
    world.said(world.colleague(), signed=SLOT + timedelta(hours=3))
    decision = _ask(world)
    assert decision.codes == {Code.REFLECTION, Code.NOT_YET_VALID}
    assert decision.earliest == SLOT + timedelta(hours=22)


def test_waiting_helps_nobody_whose_yes_ends_first() -> None:
    world = Facts()
    world.assess()
    world.signed(world.citizen(), signed=SLOT - timedelta(hours=2), verified=SLOT, until=date(2026, 10, 14))
    decision = _ask(world)
    assert decision.codes == {Code.REFLECTION} and decision.earliest is None


def _after(world: Facts) -> None:
    world.said(world.colleague(), signed=SLOT)


def _written_down_later(world: Facts) -> None:
    world.said(world.colleague(), signed=SIGNED, recorded=SLOT)


def _a_no_lapses(world: Facts) -> None:
    person = world.colleague()
    world.said(person)
    world.said(person, refusal=True, target=Target.POST, ref=DRAFT, until=date(2026, 10, 14))


def _looked_at(world: Facts) -> None:
    world.assess()
    world.signed(world.citizen(), verified=SLOT)


def _assessed_later(world: Facts) -> None:
    world.assess()
    person = world.citizen()
    world.signed(person)
    policy = world._policy
    world._policy = replace(policy, assessments=(replace(policy.assessments[0], opens_at=SLOT),))


def _becomes_an_adult(world: Facts) -> None:
    """Signed as an adult by a date that was put right later: what stops is the policy for minors."""
    world.policy(PolicyKind.CITIZEN, Openness.ALLOWED)
    youth = world.citizen(turns_18_on=date(2026, 10, 15))
    world.signed(youth, signed=clock.at_local(date(2026, 10, 15)), verified=SLOT + timedelta(days=1))


WAITS: list[tuple[str, Any, Tell]] = [
    ("until it is said", SLOT, _after),
    ("until it is written down", SLOT, _written_down_later),
    ("until a no lapses", clock.at_local(date(2026, 10, 15)), _a_no_lapses),
    ("until it is looked at", SLOT, _looked_at),
    ("until the assessment opens", SLOT, _assessed_later),
    ("until the birthday and a day to think", clock.at_local(date(2026, 10, 16)), _becomes_an_adult),
]  # fmt: skip


@pytest.mark.parametrize(("name", "moment", "tell"), WAITS, ids=[one[0] for one in WAITS])
def test_the_earliest_instant(name: str, moment: Any, tell: Tell) -> None:
    world = Facts()
    tell(world)
    assert _earliest(world) == moment


def test_what_no_assessment_can_open_is_called_closed() -> None:
    world = Facts()
    world.policy(PolicyKind.CITIZEN, Openness.FORBIDDEN)
    world.signed(world.citizen())
    reason = next(one for one in _ask(world).reasons if one.code is Code.POLICY_BLOCKED)
    assert reason.closed is PolicyKind.CITIZEN
    assert because(reason).msgid == "%(kind)s are closed in the unit"
    assert sentence(reason).params["name"] == "Vega"
    assert because(replace(reason, closed=None)).msgid == "The unit lacks an assessment"
