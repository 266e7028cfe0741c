"""The rows A1-H5 of consent.md section 2e, each a little story with what the gate must say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from branding.consent.values.answers import Scope
from branding.consent.values.gate import Code, CrosspostFacts, PreviewFacts, Visibility
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import (
    Channel,
    EvidenceKind,
    Format,
    MediaKind,
    Purpose,
    SignerRole,
    Target,
)
from branding.core import clock
from tests.consent.worlds import (
    DRAFT,
    INSTAGRAM,
    NOW,
    RECORDER,
    REVIEWER,
    SIGNED,
    SLOT,
    By,
    World,
)

Codes = frozenset[Code]
OK: Codes = frozenset()
ORAL, PAPER = EvidenceKind.ORAL, EvidenceKind.PAPER
GUARDIAN, CUSTODY, SELF = SignerRole.GUARDIAN, SignerRole.CUSTODY, SignerRole.SELF
ASSENT, WITNESS = SignerRole.ASSENT, SignerRole.WITNESS
#: Born so that they are 13, 14, 16 and 17 in October 2026.
CHILD = {"turns_15_on": date(2028, 1, 1), "turns_18_on": date(2031, 1, 1), "route": Route.CUSTODY}
YOUTH = {"turns_15_on": date(2025, 1, 1), "turns_18_on": date(2028, 1, 1), "route": Route.CUSTODY}


class Live(StrEnum):
    """The column Live, with the days that it gives; where it has a dash, the rule's own answer."""

    KEEP = "keep"
    DOWN = "takedown"
    REVIEW_1 = "review 1"
    REVIEW_14 = "review 14"
    ASK_1 = "ask 1"
    ASK_14 = "ask 14"
    #: The post stays; a copy, a co-author or an advertisement must go.
    BESIDE = "beside"
    #: It stays, and somebody is told that a colleague has left.
    TOLD = "told"


@dataclass(frozen=True)
class Row:
    """``number`` as in the table; ``sched`` and ``pub`` are the codes, none for yes; ``live`` as there."""

    number: str
    name: str
    tell: Callable[[World], None]
    sched: Codes
    pub: Codes
    warned: Codes
    #: What must be done about it when it is out already.
    live: Live

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


ROWS: list[Row] = []


def row(
    number: str, *codes: Code, sched: Codes | None = None, warned: Codes = OK, live: Live = Live.KEEP
) -> Callable[..., Any]:
    """``codes`` at publishing, and at scheduling too unless ``sched`` says otherwise."""

    def add(tell: Callable[[World], None]) -> Callable[[World], None]:
        pub = frozenset(codes)
        name = tell.__name__.replace("_", " ")
        ROWS.append(Row(number, name, tell, pub if sched is None else sched, pub, warned, live))
        return tell

    return add


def _family(world: World, holders: int = 1, **facts: Any) -> tuple[str, list[str]]:
    """A minor whom the policy allows, with custody holders on file."""
    world.policy(PolicyKind.MINOR, Openness.ALLOWED)
    minor = world.citizen(**facts)
    return minor, [world.represent(minor, Mandate.CUSTODY) for _ in range(holders)]


def _parents(holders: list[str]) -> tuple[By, ...]:
    return tuple(By(CUSTODY, one) for one in holders)


# A  Who is seen


@row("A1")
def nobody_recognisable(world: World) -> None:
    pass


@row("A2", Code.FACE_COUNT_MISMATCH, live=Live.REVIEW_1)
def a_face_is_found_and_not_explained(world: World) -> None:
    world.change_media(faces=1)


@row("A2")
def a_face_is_found_and_explained(world: World) -> None:
    world.change_media(faces=1, is_mismatch_explained=True)


@row("A2")
def a_face_is_found_and_marked_as_none(world: World) -> None:
    world.change_media(faces=1, not_faces=1)


@row("A2", Code.FACE_COUNT_MISMATCH, live=Live.REVIEW_1)
def nobody_has_counted_the_faces(world: World) -> None:
    world.change_media(faces=None)


@row("A3", Code.NO_DECLARATION, live=Live.REVIEW_1)
def nobody_said_who_is_in_it(world: World) -> None:
    world.change(declaration=None)


@row("A3", Code.NO_DECLARATION, live=Live.REVIEW_1)
def one_picture_was_left_out_of_the_declaration(world: World) -> None:
    world.change_media(is_declared=False)


@row("A4", Code.CONTENT_CHANGED, sched=OK)
def the_text_was_changed_after_approval(world: World) -> None:
    world.later(lambda: world.change(version_hash="v2"))


@row("A4", Code.DECLARATION_STALE, Code.CONTENT_CHANGED, sched=OK)
def a_tag_was_changed_after_approval(world: World) -> None:
    world.later(lambda: world.change(version_hash="v2", people_hash="p2"))


@row("A5", Code.UNKNOWN_PERSON, live=Live.DOWN)
def a_face_that_nobody_knows(world: World) -> None:
    world.seen("", Visibility.UNKNOWN)


@row("A6")
def a_group_with_consent_from_all(world: World) -> None:
    for label in ("Alma", "Bo", "Carl"):
        world.said(world.colleague(label))


@row("A7", Code.NO_CONSENT, live=Live.DOWN)
def a_group_with_one_missing(world: World) -> None:
    world.said(world.colleague("Alma"))
    world.colleague("Bo")


@row("A8", Code.NO_CONSENT, live=Live.DOWN)
def a_bystander_who_can_be_recognised(world: World) -> None:
    world.seen("")


@row("A9", Code.UNVERIFIED_VISIBILITY, live=Live.REVIEW_1)
def hands_only_and_nobody_confirmed_it(world: World) -> None:
    world.seen("", Visibility.NOT_RECOGNISABLE)


@row("A9", Code.UNVERIFIED_VISIBILITY, live=Live.REVIEW_1)
def hands_only_and_the_author_confirmed_it(world: World) -> None:
    world.seen("", Visibility.NOT_RECOGNISABLE, confirmed_by=world.draft.author)


@row("A9")
def hands_only_and_another_confirmed_it(world: World) -> None:
    world.seen("", Visibility.NOT_RECOGNISABLE, confirmed_by=REVIEWER)


@row("A10")
def a_blurred_face(world: World) -> None:
    world.change_media(is_verified_derivative=True)
    world.seen("", Visibility.OBSCURED, confirmed_by=REVIEWER)


@row("A11", Code.OBSCURE_UNVERIFIED, live=Live.DOWN)
def blurred_by_the_tool_only(world: World) -> None:
    world.change_media(is_verified_derivative=True)
    world.seen("", Visibility.OBSCURED)


@row("A11", Code.OBSCURE_UNVERIFIED, live=Live.DOWN)
def blurred_but_the_original_is_chosen(world: World) -> None:
    world.seen("", Visibility.OBSCURED, confirmed_by=REVIEWER)


def _blurred(world: World, **facts: Any) -> None:
    world.change_media(is_verified_derivative=True)
    person = world.person(Kind.CITIZEN, "Vega")
    world.seen(person, Visibility.OBSCURED, confirmed_by=REVIEWER, **facts)


@row("A12", Code.VOICE_NOT_COVERED, live=Live.DOWN)
def blurred_but_heard(world: World) -> None:
    world.assess()
    world.change_media(kind=MediaKind.VIDEO)
    _blurred(world, is_heard=True)


@row("A12", Code.VOICE_NOT_COVERED, live=Live.DOWN)
def somebody_is_heard_and_nobody_said_who(world: World) -> None:
    world.change_media(kind=MediaKind.VIDEO, has_voice=True)


@row("A13", Code.NAME_NOT_COVERED, live=Live.DOWN)
def blurred_but_named(world: World) -> None:
    world.assess()
    _blurred(world, is_named=True)


@row("A13", Code.NAME_NOT_COVERED, live=Live.REVIEW_1)
def not_in_the_picture_but_found_in_the_text(world: World) -> None:
    person = world.colleague(seen=False)
    world.said(person)
    world.change(names_found=frozenset({person}))


# B  Evidence


@row("B1")
def a_citizen_in_writing(world: World) -> None:
    world.assess()
    world.signed(world.citizen())


@row("B2", Code.WRONG_EVIDENCE, live=Live.DOWN)
def a_citizen_orally(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), evidence=ORAL)


@row("B3", Code.WRONG_EVIDENCE, Code.INVALID_EVIDENCE, live=Live.DOWN)
def a_citizen_by_an_employees_word(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), evidence=PAPER, by=(), files=False)


@row("B4", Code.UNVERIFIED_EVIDENCE)
def a_scan_that_nobody_checked(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), evidence=PAPER, verified=None)


@row("B4", Code.UNVERIFIED_EVIDENCE)
def a_scan_checked_by_who_wrote_it_down(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), evidence=PAPER, verified_by=RECORDER)


@row("B4", Code.UNVERIFIED_EVIDENCE)
def a_form_checked_by_the_person(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), verified_by="subject:")


@row("B5")
def a_colleague_orally(world: World) -> None:
    world.said(world.colleague())


@row("B5")
def a_colleague_who_tapped_yes(world: World) -> None:
    world.said(world.colleague(), verified=SIGNED, verified_by="subject:")


@row("B6", Code.NOT_TOLD_INSTAGRAM, live=Live.ASK_1)
def a_colleague_who_was_not_told_of_instagram(world: World) -> None:
    world.said(world.colleague(), told=False)


@row("B7", warned=frozenset({Code.ASKER_POWER}))
def a_colleague_asked_by_the_own_manager(world: World) -> None:
    world.said(world.colleague(), power=True)


@row("B8")
def the_author_alone_by_an_own_click(world: World) -> None:
    world.answer_by_click(world.colleague())


@row("B9", Code.NO_CONSENT, live=Live.DOWN)
def a_colleague_who_did_not_object(world: World) -> None:
    world.said(world.colleague(), clear=False)


@row("B9", Code.NO_CONSENT, live=Live.DOWN)
def a_colleague_who_never_answered(world: World) -> None:
    world.said(world.colleague(), by=())


@row("B10", Code.MEDIA_NOT_COVERED, live=Live.DOWN)
def yes_to_photo_and_it_is_a_film(world: World) -> None:
    world.said(world.colleague())
    world.change_media(kind=MediaKind.VIDEO)


@row("B11", Code.WRONG_EVIDENCE, live=Live.DOWN)
def a_visitor_orally(world: World) -> None:
    world.assess()
    visitor = world.person(Kind.OTHER, "Gæst")
    world.seen(visitor)
    world.said(visitor)


@row("B11")
def a_visitor_in_writing(world: World) -> None:
    world.assess()
    visitor = world.person(Kind.OTHER, "Gæst")
    world.seen(visitor)
    world.signed(visitor)


@row("B12", Code.POLICY_BLOCKED, live=Live.REVIEW_14)
def no_assessment_for_the_unit(world: World) -> None:
    world.signed(world.citizen())


@row("B12", Code.POLICY_BLOCKED, live=Live.REVIEW_14)
def the_assessment_ends_before_the_slot(world: World) -> None:
    world.assess(until=date(2026, 10, 14))
    world.signed(world.citizen())


@row("B13", Code.WRONG_EVIDENCE, live=Live.DOWN)
def a_colleague_who_is_also_a_citizen(world: World) -> None:
    world.assess()
    world.signed(world.colleague(also_citizen=True), evidence=ORAL)


@row("B13", Code.PREVIEW_MISSING, Code.REFLECTION, live=Live.REVIEW_1)
def a_colleague_who_is_also_a_citizen_has_the_citizens_time(world: World) -> None:
    world.assess()
    world.signed(world.colleague(also_citizen=True), signed=SLOT - timedelta(hours=3), verified=NOW)
    world.change(previews={})


# C  Time and withdrawal


@row("C1", Code.EXPIRED, live=Live.DOWN)
def it_ends_between_scheduling_and_the_slot(world: World) -> None:
    world.said(world.colleague(), until=date(2026, 10, 13))


@row("C2", Code.WITHDRAWN, sched=OK, live=Live.DOWN)
def taken_back_before_the_slot(world: World) -> None:
    person = world.colleague()
    world.said(person)
    world.later(lambda: world.withdraw(person, NOW))


@row("C3", warned=frozenset({Code.EXPIRES_SOON}))
def it_ends_two_hours_after_the_slot(world: World) -> None:
    world.slot = clock.at_local(date(2026, 10, 14), 22)
    world.said(world.colleague(), until=date(2026, 10, 14))


@row("C4", Code.EXPIRED, live=Live.DOWN)
def the_slot_is_exactly_the_end(world: World) -> None:
    world.slot = clock.at_local(date(2026, 10, 15))
    world.said(world.colleague(), until=date(2026, 10, 14))


@row("C5", Code.NOT_YET_VALID, live=Live.REVIEW_14)
def signed_after_the_slot(world: World) -> None:
    world.said(world.colleague(), signed=SLOT + timedelta(hours=1))


@row("C5", Code.NOT_YET_VALID, Code.UNVERIFIED_EVIDENCE, live=Live.REVIEW_14)
def written_down_and_checked_after_the_slot(world: World) -> None:
    world.assess()
    after = SLOT + timedelta(days=1)
    world.signed(world.citizen(), recorded=after, verified=after)


@row("C6", Code.REFLECTION)
def the_time_to_think_is_not_over(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), signed=SLOT - timedelta(hours=23), verified=SLOT - timedelta(hours=22))


@row("C6")
def the_time_to_think_is_just_over(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), signed=SLOT - timedelta(hours=24), verified=SLOT - timedelta(hours=22))


@row("C7", Code.EXPIRED, sched=OK, warned=frozenset({Code.EXPIRES_SOON}), live=Live.DOWN)
def the_job_was_late(world: World) -> None:
    world.said(world.colleague(), until=date(2026, 10, 14))
    world.published_at = clock.at_local(date(2026, 10, 15), 3)


@row("C8", Code.EXPIRED, sched=OK, warned=frozenset({Code.EXPIRES_SOON}), live=Live.DOWN)
def until_midnight_in_denmark_across_summer_time(world: World) -> None:
    world.said(world.colleague(), until=date(2027, 3, 31))
    world.change(crossposts={Channel.INSTAGRAM: CrosspostFacts(attested_at=datetime(2027, 3, 1, tzinfo=UTC))})
    world.slot = datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)
    world.published_at = datetime(2027, 3, 31, 22, tzinfo=UTC)


@row("C9", Code.EXPIRED, sched=OK, warned=frozenset({Code.EXPIRES_SOON}), live=Live.DOWN)
def it_ends_while_the_post_is_out(world: World) -> None:
    world.said(world.colleague(), until=date(2026, 10, 16))
    world.published_at = clock.at_local(date(2026, 10, 17))


@row("C10", Code.WITHDRAWN, live=Live.DOWN)
def taken_back_blocks_every_new_use(world: World) -> None:
    person = world.colleague()
    consent = world.said(person)
    world.withdraw(person, NOW - timedelta(days=1), consent)


def _on_both(world: World) -> str:
    person = world.colleague()
    world.said(person, scopes=(INSTAGRAM, Scope(Channel.FACEBOOK)))
    world.withdraw(person, NOW, channels=[Channel.FACEBOOK])
    return person


@row("C11")
def facebook_is_taken_back_and_instagram_stays(world: World) -> None:
    _on_both(world)


@row("C11", Code.WITHDRAWN, live=Live.DOWN)
def facebook_is_taken_back_and_stops(world: World) -> None:
    _on_both(world)
    world.channel = Channel.FACEBOOK


@row("C12")
def taken_back_and_yes_again(world: World) -> None:
    person = world.colleague()
    world.said(person)
    world.withdraw(person, SIGNED + timedelta(days=1))
    world.said(person, signed=SIGNED + timedelta(days=2))


@row("C13", Code.REFUSED, live=Live.DOWN)
def yes_to_the_takeover_and_no_to_this_post(world: World) -> None:
    world.assess()
    person = world.citizen()
    world.signed(person)
    world.change(previews={person: PreviewFacts("v1", is_refused=True)})


@row("C13", Code.REFUSED, live=Live.DOWN)
def yes_to_the_takeover_and_a_later_no_to_the_post(world: World) -> None:
    person = world.colleague()
    world.said(person)
    world.said(person, signed=NOW, refusal=True, target=Target.POST, ref=DRAFT)


@row("C13")
def no_to_another_post(world: World) -> None:
    person = world.colleague()
    world.said(person)
    world.said(person, signed=NOW, refusal=True, target=Target.POST, ref="draft:8")


@row("C14", Code.WITHDRAWN, sched=OK, live=Live.DOWN)
def taken_back_while_it_goes_out(world: World) -> None:
    person = world.colleague()
    world.said(person)
    world.later(lambda: world.withdraw(person, SLOT))


@row("C15", Code.HOLD, live=Live.REVIEW_14)
def the_person_has_died(world: World) -> None:
    world.assess()
    world.signed(world.citizen(hold=Hold.DECEASED))


# D  Capacity and age


@row("D1", Code.POLICY_BLOCKED, live=Live.DOWN)
def a_child_as_shipped(world: World) -> None:
    world.assess()
    child = world.citizen(**CHILD)
    holder = world.represent(child, Mandate.CUSTODY)
    world.signed(child, by=(By(CUSTODY, holder), By(ASSENT, method=ORAL)))


@row("D1")
def a_child_where_the_policy_is_open(world: World) -> None:
    child, holders = _family(world, 2, **CHILD)
    world.signed(child, by=(*_parents(holders), By(ASSENT, method=ORAL)))


@row("D1", Code.WRONG_SIGNATORY, live=Live.DOWN)
def a_child_who_was_not_heard(world: World) -> None:
    child, holders = _family(world, **CHILD)
    world.signed(child, by=_parents(holders))


@row("D2", Code.AGE_TRANSITION, live=Live.ASK_14)
def the_child_turns_15_before_the_slot(world: World) -> None:
    child, holders = _family(world, **{**CHILD, "turns_15_on": date(2026, 10, 13)})
    world.signed(child, by=(*_parents(holders), By(ASSENT, method=ORAL), By(SELF)))


@row("D3", Code.WRONG_SIGNATORY, live=Live.DOWN)
def a_youth_signed_alone(world: World) -> None:
    youth, _ = _family(world, **YOUTH)
    world.signed(youth)


@row("D3", Code.WRONG_SIGNATORY, live=Live.DOWN)
def a_parent_signed_alone(world: World) -> None:
    youth, holders = _family(world, **YOUTH)
    world.signed(youth, by=_parents(holders))


@row("D3")
def youth_and_parent_signed(world: World) -> None:
    youth, holders = _family(world, **YOUTH)
    world.signed(youth, by=(By(SELF), *_parents(holders)))


@row("D4", Code.AGE_TRANSITION, live=Live.ASK_14)
def the_youth_turns_18_before_the_slot(world: World) -> None:
    youth, holders = _family(world, **{**YOUTH, "turns_18_on": date(2026, 10, 14)})
    world.assess()
    world.signed(youth, by=(By(SELF), *_parents(holders)))


@row("D5", Code.WRONG_SIGNATORY, live=Live.DOWN)
def shared_custody_and_one_signature(world: World) -> None:
    youth, holders = _family(world, 2, **YOUTH)
    world.signed(youth, by=(By(SELF), By(CUSTODY, holders[0])))


@row("D5")
def shared_custody_where_one_is_enough(world: World) -> None:
    youth, holders = _family(world, 2, **YOUTH)
    world.rules(one_custody_holder=True)
    world.signed(youth, by=(By(SELF), By(CUSTODY, holders[0])))


@row("D6", Code.WITHDRAWN, live=Live.DOWN)
def one_of_two_holders_takes_it_back(world: World) -> None:
    youth, holders = _family(world, 2, **YOUTH)
    consent = world.signed(youth, by=(By(SELF), *_parents(holders)))
    world.withdraw(youth, NOW, consent)


def _with_guardian(world: World, mandate: Mandate, route: Route, **facts: Any) -> tuple[str, str]:
    world.assess()
    person = world.citizen(route=route)
    return person, world.represent(person, mandate, **facts)


@row("D7", Code.WRONG_SIGNATORY, live=Live.REVIEW_14)
def the_guardian_signed_and_the_person_was_not_asked(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_PERSONAL, Route.SELF_AND_GUARDIAN)
    world.signed(person, by=(By(GUARDIAN, guardian),))


@row("D7")
def person_and_guardian_signed(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_BOTH, Route.SELF_AND_GUARDIAN)
    world.signed(person, by=(By(SELF), By(GUARDIAN, guardian)))


@row("D7", Code.POLICY_BLOCKED, live=Live.REVIEW_14)
def a_guardian_alone_as_shipped(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_PERSONAL, Route.GUARDIAN_WITH_ASSENT)
    world.signed(person, by=(By(GUARDIAN, guardian), By(ASSENT, method=ORAL)))


@row("D7")
def a_guardian_alone_where_an_assessment_says_so(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_PERSONAL, Route.GUARDIAN_WITH_ASSENT)
    world.assess(guardian_alone=True)
    world.signed(person, by=(By(GUARDIAN, guardian), By(ASSENT, method=ORAL)))


@row("D8", Code.WRONG_SIGNATORY, live=Live.DOWN)
def the_financial_guardian_signed(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_FINANCIAL, Route.SELF_AND_GUARDIAN)
    world.signed(person, by=(By(SELF), By(GUARDIAN, guardian)))


@row("D8", Code.WRONG_SIGNATORY, live=Live.DOWN)
def the_mandate_does_not_cover_pictures(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_PERSONAL, Route.SELF_AND_GUARDIAN, covers=False)
    world.signed(person, by=(By(SELF), By(GUARDIAN, guardian)))


@row("D9", Code.REPRESENTATION_ENDED, live=Live.ASK_14)
def the_mandate_ended_before_the_slot(world: World) -> None:
    person, guardian = _with_guardian(
        world, Mandate.GUARDIAN_PERSONAL, Route.SELF_AND_GUARDIAN, until=date(2026, 10, 13)
    )
    world.signed(person, by=(By(SELF), By(GUARDIAN, guardian)))


@row("D10", Code.NO_VALID_SIGNATORY, live=Live.DOWN)
def a_sister_signed(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), by=(By(GUARDIAN),))


@row("D10", Code.NO_VALID_SIGNATORY, live=Live.DOWN)
def nobody_can_sign(world: World) -> None:
    world.assess()
    world.signed(world.citizen(route=Route.NONE_POSSIBLE))


@row("D11", Code.REFUSED, live=Live.DOWN)
def the_guardian_says_yes_and_the_person_shows_no(world: World) -> None:
    person, guardian = _with_guardian(world, Mandate.GUARDIAN_PERSONAL, Route.SELF_AND_GUARDIAN)
    world.signed(person, by=(By(SELF), By(GUARDIAN, guardian)), target=Target.POST, ref=DRAFT)
    world.signed(person, signed=NOW, refusal=True, evidence=ORAL)


@row("D12")
def a_typed_name_before_a_witness(world: World) -> None:
    world.assess()
    world.signed(world.citizen(), evidence=EvidenceKind.TYPED, by=(By(), By(WITNESS)))


@row("D13", Code.HOLD, sched=OK, live=Live.REVIEW_14)
def capacity_was_lost_after_the_consent(world: World) -> None:
    world.assess()
    person = world.citizen()
    world.signed(person)
    world.later(lambda: world.update(person, hold=Hold.OTHER))


# E  The colleague's job


@row("E1", Code.EMPLOYEE_LEFT, live=Live.TOLD)
def the_colleague_leaves_before_the_slot(world: World) -> None:
    world.said(world.colleague(left_on=date(2026, 10, 13)))


@row("E1")
def the_slot_is_on_the_last_day(world: World) -> None:
    world.said(world.colleague(left_on=date(2026, 10, 14)))


@row("E1")
def the_colleague_left_and_signed_since(world: World) -> None:
    world.signed(world.colleague(left_on=date(2026, 9, 1)))


@row("E1", Code.EMPLOYEE_LEFT, live=Live.TOLD)
def the_colleague_left_and_said_yes_since(world: World) -> None:
    world.said(world.colleague(left_on=date(2026, 9, 1)))


@row("E2", Code.EMPLOYEE_LEFT, sched=OK, live=Live.TOLD)
def the_colleague_leaves_after_it_is_out(world: World) -> None:
    """It may stay until its last day; no new post of it goes out."""
    person = world.colleague()
    world.said(person)
    world.later(lambda: world.update(person, left_on=date(2026, 10, 13)))


@row("E3")
def the_colleague_moved_to_another_unit(world: World) -> None:
    person = world.colleague()
    world.said(person)
    world.move(person)


@row("E4", Code.HOLD, live=Live.REVIEW_14)
def a_conflict(world: World) -> None:
    world.said(world.colleague(hold=Hold.DISPUTE))


# F  Channel


@row("F1")
def instagram_is_covered(world: World) -> None:
    world.said(world.colleague())


@row("F1", Code.CHANNEL_NOT_COVERED, live=Live.DOWN)
def facebook_is_not_covered(world: World) -> None:
    world.said(world.colleague())
    world.channel = Channel.FACEBOOK


@row("F2", Code.CROSSPOST_NOT_COVERED, live=Live.BESIDE)
def the_profile_shares_to_facebook(world: World) -> None:
    world.said(world.colleague())
    word = CrosspostFacts(frozenset({Channel.FACEBOOK}), NOW)
    world.change(crossposts={Channel.INSTAGRAM: word})


@row("F2", Code.CROSSPOST_NOT_COVERED, live=Live.BESIDE)
def nobody_has_looked_for_90_days(world: World) -> None:
    world.said(world.colleague())
    word = CrosspostFacts(attested_at=SLOT - timedelta(days=90))
    world.change(crossposts={Channel.INSTAGRAM: word})


@row("F2")
def nobody_has_looked_and_facebook_is_covered(world: World) -> None:
    world.said(world.colleague(), scopes=(INSTAGRAM, Scope(Channel.FACEBOOK)))
    world.change(crossposts={})


@row("F3", Code.FORMAT_NOT_COVERED, live=Live.DOWN)
def feed_is_covered_and_it_is_a_story(world: World) -> None:
    world.said(world.colleague(), scopes=(replace(INSTAGRAM, formats=frozenset({Format.FEED})),))
    world.change(format=Format.STORY)


@row("F3")
def all_of_instagram_is_covered_and_it_is_a_reel(world: World) -> None:
    world.said(world.colleague())
    world.change(format=Format.REEL)


@row("F4", Code.PAID_NOT_COVERED, live=Live.BESIDE)
def used_as_an_advertisement(world: World) -> None:
    world.said(world.colleague())
    world.change(is_paid=True)


@row("F5", Code.CHANNEL_NOT_COVERED, live=Live.DOWN)
def used_again_on_the_website(world: World) -> None:
    world.said(world.colleague())
    world.channel = Channel.WEBSITE


@row("F6", Code.CHANNEL_NOT_COVERED, live=Live.BESIDE)
def another_account_shows_it_too(world: World) -> None:
    world.said(world.colleague())
    world.change(partners=("@region",))


# G  Form version


@row("G1")
def a_newer_version_of_the_form_that_says_the_same(world: World) -> None:
    world.said(world.colleague())
    world.form("colleague_oral-1-da", accepted_until=NOW)


@row("G2", Code.PURPOSE_NOT_COVERED, live=Live.REVIEW_14)
def a_newer_version_with_a_new_purpose(world: World) -> None:
    world.said(world.colleague())
    world.form("colleague_oral-1-da", accepted_until=NOW)
    world.change(purpose=Purpose.INFORMATION)


@row("G3", Code.FORM_RECALLED, sched=OK, live=Live.REVIEW_14)
def the_form_is_recalled(world: World) -> None:
    world.said(world.colleague())
    world.later(lambda: world.form("colleague_oral-1-da", recalled_at=NOW))


@row("G4", Code.FORM_RECALLED, live=Live.ASK_14)
def answered_on_a_form_that_was_retired(world: World) -> None:
    world.said(world.colleague())
    world.form("colleague_oral-1-da", accepted_until=SIGNED)


# H  System


@row("H1", Code.EVALUATION_ERROR, live=Live.REVIEW_14)
def something_nobody_understands(world: World) -> None:
    world.seen("", "blurry")  # type: ignore[arg-type]


@row("H2", Code.INVALID_EVIDENCE, sched=OK, live=Live.REVIEW_1)
def the_signed_form_is_gone(world: World) -> None:
    world.assess()
    consent = world.signed(world.citizen())
    world.later(lambda: world.lose_file(consent))


@row("H4", Code.NO_CONSENT, live=Live.DOWN)
def an_administrator_wants_it_all_the_same(world: World) -> None:
    """There is no way to say so: see the test that no override exists."""
    world.colleague()
    world.change(approved_by="user:1")


# What decisions.md adds


@row("P1", Code.PREVIEW_MISSING, live=Live.REVIEW_1)
def the_citizen_has_not_seen_it(world: World) -> None:
    world.assess()
    world.signed(world.citizen())
    world.change(previews={})


@row("P1", Code.PREVIEW_MISSING, live=Live.REVIEW_1)
def the_citizen_has_seen_another_version(world: World) -> None:
    world.assess()
    person = world.citizen()
    world.signed(person)
    world.change(previews={person: PreviewFacts("v0")})


@row("P2", Code.UNVERIFIED_EVIDENCE, Code.DECLARATION_UNCONFIRMED)
def an_oral_yes_that_no_review_has_seen(world: World) -> None:
    world.said(world.colleague())
    declaration = world.draft.declaration
    assert declaration is not None
    world.change(declaration=replace(declaration, confirmed_by=""))


@row("P2", Code.UNVERIFIED_EVIDENCE)
def an_oral_yes_reviewed_by_who_wrote_it_down(world: World) -> None:
    world.said(world.colleague())
    declaration = world.draft.declaration
    assert declaration is not None
    world.change(declaration=replace(declaration, confirmed_by=RECORDER))


@row("P3", Code.OUTSIDE_SCOPE, live=Live.DOWN)
def a_yes_to_another_takeover(world: World) -> None:
    world.said(world.colleague(), ref="takeover:11")


@row("P3")
def a_yes_to_the_shoot_that_it_was_taken_at(world: World) -> None:
    world.said(world.colleague(), target=Target.SHOOT, ref="a" * 32)
    world.change_media(shoots=frozenset({"a" * 32}))


@row("P4", Code.NOT_APPROVED)
def approved_by_the_author(world: World) -> None:
    world.change(approved_by=world.draft.author)


@row("P5", Code.WRONG_EVIDENCE, live=Live.DOWN)
def colleagues_must_sign_here(world: World) -> None:
    world.rules(colleague_written=True)
    world.said(world.colleague())
