"""Every single condition of the rule: one fact is turned, and exactly its code is the answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from branding.consent.rules.gate import earliest_lawful, may_publish
from branding.consent.rules.gate.wording import sentence
from branding.consent.values.answers import Scope
from branding.consent.values.gate import (
    WARNINGS,
    Code,
    ConsentFacts,
    CrosspostFacts,
    Decision,
    DraftFacts,
    GateFacts,
    PersonFacts,
    PreviewFacts,
    Reason,
    Stage,
    Visibility,
    WithdrawalFacts,
)
from branding.consent.values.people import Hold, Mandate, Route
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.reasons import REMEDIES, Remedy
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
from branding.core.policy import ACTIONS
from tests.consent.worlds import AUTHOR, DRAFT, PICTURE, RECORDER, REVIEWER, SIGNED, SLOT, By, Facts

Turn = Callable[[GateFacts], GateFacts]
VEGA, ALMA = f"{0:032x}", f"{1:032x}"


def _base() -> GateFacts:
    """A citizen with a guardian and a colleague, in order: the gate says yes."""
    world = Facts()
    world.assess()
    vega = world.citizen(route=Route.SELF_AND_GUARDIAN)
    guardian = world.represent(vega, Mandate.GUARDIAN_PERSONAL)
    world.signed(vega, by=(By(), By(SignerRole.GUARDIAN, guardian)))
    world.said(world.colleague())
    return GateFacts(world.draft, world.people())


def _draft(**facts: Any) -> Turn:
    return lambda base: replace(base, draft=replace(base.draft, **facts))


def _media(**facts: Any) -> Turn:
    return lambda base: _draft(media=(replace(base.draft.media[0], **facts),))(base)


def _person(who: str, **facts: Any) -> Turn:
    return lambda base: replace(base, people={**base.people, who: replace(base.people[who], **facts)})


def _answer(who: str, **facts: Any) -> Turn:
    return lambda base: _person(who, answers=(replace(base.people[who].answers[0], **facts),))(base)


def _more(who: str, **facts: Any) -> Turn:
    """Another answer of the person beside the first."""
    return lambda base: _person(
        who,
        answers=(*base.people[who].answers, replace(base.people[who].answers[0], id="more", **facts)),
    )(base)


def _scope(who: str, **facts: Any) -> Turn:
    return lambda base: _answer(who, scopes=(replace(base.people[who].answers[0].scopes[0], **facts),))(base)


def _declared(**facts: Any) -> Turn:
    return lambda base: _draft(declaration=replace(base.draft.declaration, **facts))(base)  # type: ignore[type-var]


def _depicted(**facts: Any) -> Turn:
    """How the colleague is seen."""
    return lambda base: _draft(
        depictions=(base.draft.depictions[0], replace(base.draft.depictions[1], **facts))
    )(base)


def _both(*turns: Turn) -> Turn:
    def turn(base: GateFacts) -> GateFacts:
        for one in turns:
            base = one(base)
        return base

    return turn


def _policy(kind: PolicyKind, openness: Openness) -> Turn:
    def turn(base: GateFacts) -> GateFacts:
        for who, person in base.people.items():
            policy = replace(person.policy, openness={**person.policy.openness, kind: openness})
            base = _person(who, policy=policy)(base)
        return base

    return turn


def _assessment(**facts: Any) -> Turn:
    def turn(base: GateFacts) -> GateFacts:
        policy = base.people[VEGA].policy
        return _person(VEGA, policy=replace(policy, assessments=(replace(policy.assessments[0], **facts),)))(
            base
        )

    return turn


def _guardian(**facts: Any) -> Turn:
    return lambda base: _person(
        VEGA, representations=(replace(base.people[VEGA].representations[0], **facts),)
    )(base)


def _alone(openness: Openness) -> Turn:
    """The guardian signs, and the person is heard."""
    return _both(
        _policy(PolicyKind.CITIZEN, openness),
        _person(VEGA, route=Route.GUARDIAN_WITH_ASSENT),
        lambda base: _answer(
            VEGA,
            signatures=(
                replace(
                    base.people[VEGA].answers[0].signatures[0],
                    role=SignerRole.ASSENT,
                    method=EvidenceKind.ORAL,
                ),
                base.people[VEGA].answers[0].signatures[1],
            ),
        )(base),
    )


MOMENT = timedelta(microseconds=1)
#: What turns, the code it gives; None: nothing, for the other side of a boundary.
TURNS: list[tuple[str, Code | None, Turn]] = [
    ("approved by nobody", Code.NOT_APPROVED, _draft(approved_by="")),
    ("approved by the author", Code.NOT_APPROVED, _draft(approved_by=AUTHOR)),
    ("no approval", Code.NOT_APPROVED, _draft(approved_hash="")),
    ("an earlier version approved", Code.CONTENT_CHANGED, _draft(approved_hash="v0")),
    ("a later version approved", Code.CONTENT_CHANGED, _draft(approved_hash="v2")),
    (
        "no declaration",
        Code.NO_DECLARATION,
        _both(_draft(declaration=None), _answer(ALMA, verified_at=SIGNED, verified_by="subject:")),
    ),
    ("a declaration by nobody", Code.NO_DECLARATION, _declared(by="")),
    ("a picture not declared", Code.NO_DECLARATION, _media(is_declared=False)),
    ("a declaration of before", Code.DECLARATION_STALE, _declared(sha256="p0")),
    ("a declaration of something else", Code.DECLARATION_STALE, _declared(sha256="p2")),
    ("more faces than people", Code.FACE_COUNT_MISMATCH, _media(faces=3)),
    ("explained", None, _media(faces=3, is_mismatch_explained=True)),
    ("one is not a face", None, _media(faces=3, not_faces=1)),
    ("fewer faces than people", None, _media(faces=1)),
    ("not counted", Code.FACE_COUNT_MISMATCH, _media(faces=None)),
    ("nobody knows who", Code.UNKNOWN_PERSON, _depicted(visibility=Visibility.UNKNOWN)),
    (
        "hands, not confirmed",
        Code.UNVERIFIED_VISIBILITY,
        _depicted(visibility=Visibility.NOT_RECOGNISABLE),
    ),
    (
        "hands, confirmed by the declarer",
        Code.UNVERIFIED_VISIBILITY,
        _both(
            _declared(by="user:7"),
            _depicted(visibility=Visibility.NOT_RECOGNISABLE, confirmed_by="user:7"),
        ),
    ),
    (
        "hands, confirmed",
        None,
        _depicted(visibility=Visibility.NOT_RECOGNISABLE, confirmed_by=REVIEWER),
    ),
    (
        "blurred, the original chosen",
        Code.OBSCURE_UNVERIFIED,
        _depicted(visibility=Visibility.OBSCURED, confirmed_by=REVIEWER),
    ),
    (
        "blurred, not confirmed",
        Code.OBSCURE_UNVERIFIED,
        _both(_media(is_verified_derivative=True), _depicted(visibility=Visibility.OBSCURED)),
    ),
    (
        "blurred and confirmed",
        None,
        _both(
            _media(is_verified_derivative=True),
            _depicted(visibility=Visibility.OBSCURED, confirmed_by=REVIEWER),
        ),
    ),
    ("a hold", Code.HOLD, _person(VEGA, hold=Hold.PROTECTED_ADDRESS)),
    (
        "citizens forbidden",
        Code.POLICY_BLOCKED,
        _policy(PolicyKind.CITIZEN, Openness.FORBIDDEN),
    ),
    (
        "citizens allowed without assessment",
        None,
        _both(_policy(PolicyKind.CITIZEN, Openness.ALLOWED), _assessment(closes_at=SIGNED)),
    ),
    (
        "colleagues forbidden",
        Code.POLICY_BLOCKED,
        _policy(PolicyKind.COLLEAGUE, Openness.FORBIDDEN),
    ),
    ("the assessment opens just now", None, _assessment(opens_at=SLOT)),
    ("the assessment opens later", Code.POLICY_BLOCKED, _assessment(opens_at=SLOT + MOMENT)),
    ("the assessment just closed", Code.POLICY_BLOCKED, _assessment(closes_at=SLOT)),
    ("the assessment is open yet", None, _assessment(closes_at=SLOT + MOMENT)),
    ("of others", Code.POLICY_BLOCKED, _assessment(kinds=frozenset({PolicyKind.OTHER}))),
    ("for information", Code.POLICY_BLOCKED, _assessment(purposes=frozenset({Purpose.INFORMATION}))),
    ("for Facebook", Code.POLICY_BLOCKED, _assessment(channels=frozenset({Channel.FACEBOOK}))),
    ("nobody can sign", Code.NO_VALID_SIGNATORY, _person(VEGA, route=Route.NONE_POSSIBLE)),
    ("a message just came", Code.WITHDRAWAL_UNRESOLVED, _person(ALMA, open_messages=(SLOT,))),
    ("a message comes later", None, _person(ALMA, open_messages=(SLOT + MOMENT,))),
    (
        "refused at the preview",
        Code.REFUSED,
        lambda base: _draft(previews={**base.draft.previews, VEGA: PreviewFacts("v1", True)})(base),
    ),
    (
        "a later no to the post",
        Code.REFUSED,
        _more(ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT, signed_at=SLOT),
    ),
    (
        "a no at the same moment",
        Code.REFUSED,
        _more(ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT),
    ),
    (
        "an earlier no to the post",
        None,
        _more(ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT, signed_at=SIGNED - MOMENT),
    ),
    (
        "a no that has lapsed",
        None,
        _more(ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT, signed_at=SIGNED, expires_at=SLOT),
    ),
    (
        "a no to Facebook",
        None,
        _more(
            ALMA,
            is_refusal=True,
            target=Target.POST,
            target_ref=DRAFT,
            scopes=(Scope(Channel.FACEBOOK),),
        ),
    ),
    (
        "a no to everything",
        Code.REFUSED,
        _more(ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT, scopes=()),
    ),
    ("only a no", Code.REFUSED, _answer(ALMA, is_refusal=True)),
    (
        "a newer answer replaced it",
        Code.WRONG_EVIDENCE,
        _more(VEGA, signed_at=SIGNED + MOMENT, evidence=EvidenceKind.ORAL, verified_by=RECORDER),
    ),
    (
        "a newer answer, of this very moment, about another channel",
        Code.NO_CONSENT,
        _more(ALMA, is_refusal=True, signed_at=SLOT, scopes=(Scope(Channel.FACEBOOK),)),
    ),
    ("taken back just now", Code.WITHDRAWN, _person(ALMA, withdrawals=(WithdrawalFacts(SLOT),))),
    ("taken back later", None, _person(ALMA, withdrawals=(WithdrawalFacts(SLOT + MOMENT),))),
    ("all taken back as it was given", Code.WITHDRAWN, _person(ALMA, withdrawals=(WithdrawalFacts(SIGNED),))),
    ("all taken back before", None, _person(ALMA, withdrawals=(WithdrawalFacts(SIGNED - MOMENT),))),
    ("another taken back", None, _person(ALMA, withdrawals=(WithdrawalFacts(SLOT, "x"),))),
    (
        "taken back for Facebook",
        None,
        _person(ALMA, withdrawals=(WithdrawalFacts(SLOT, "", frozenset({Channel.FACEBOOK})),)),
    ),
    ("no answer", Code.NO_CONSENT, _person(ALMA, answers=())),
    ("a defect was found", Code.NO_CONSENT, _answer(ALMA, invalidated_at=SLOT)),
    ("a defect is found later", None, _answer(ALMA, invalidated_at=SLOT + MOMENT)),
    ("nobody known", Code.NO_CONSENT, _depicted(subject_id="")),
    ("somebody erased", Code.NO_CONSENT, _depicted(subject_id="f" * 32)),
    ("not shown to the citizen", Code.PREVIEW_MISSING, _draft(previews={})),
    (
        "another version was shown",
        Code.PREVIEW_MISSING,
        lambda base: _draft(previews={**base.draft.previews, VEGA: PreviewFacts("v0")})(base),
    ),
    ("for another takeover", Code.OUTSIDE_SCOPE, _answer(ALMA, target_ref="takeover:11")),
    ("for this post", None, _answer(ALMA, target=Target.POST, target_ref=DRAFT)),
    ("for a post that is called as the takeover", Code.OUTSIDE_SCOPE, _answer(ALMA, target=Target.POST)),
    (
        "no takeover",
        Code.OUTSIDE_SCOPE,
        _both(_draft(takeover=""), _answer(VEGA, target=Target.POST, target_ref=DRAFT)),
    ),
    ("valid from later", Code.NOT_YET_VALID, _answer(ALMA, valid_from=SLOT + MOMENT)),
    ("valid from now", None, _answer(ALMA, valid_from=SLOT)),
    ("written down later", Code.NOT_YET_VALID, _answer(ALMA, recorded_at=SLOT + MOMENT)),
    ("signed later", Code.NOT_YET_VALID, _answer(ALMA, signed_at=SLOT + MOMENT)),
    ("ended just now", Code.EXPIRED, _answer(ALMA, expires_at=SLOT)),
    ("ends next", None, _answer(ALMA, expires_at=SLOT + MOMENT)),
    (
        "still time to think",
        Code.REFLECTION,
        _answer(VEGA, signed_at=SLOT - timedelta(hours=24) + MOMENT),
    ),
    ("time to think just over", None, _answer(VEGA, signed_at=SLOT - timedelta(hours=24))),
    ("a colleague needs no such time", None, _answer(ALMA, signed_at=SLOT)),
    ("a citizen's click", Code.WRONG_EVIDENCE, _answer(VEGA, evidence=EvidenceKind.CLICK)),
    ("no written signature", None, _answer(VEGA, evidence=EvidenceKind.PAPER)),
    ("a colleague not told", Code.NOT_TOLD_INSTAGRAM, _answer(ALMA, told_instagram=False)),
    ("a colleague's answer not clear", Code.NO_CONSENT, _answer(ALMA, clear_answer=False)),
    ("a colleague who said nothing", Code.NO_CONSENT, _answer(ALMA, signatures=())),
    ("not checked", Code.UNVERIFIED_EVIDENCE, _answer(VEGA, verified_at=None)),
    ("checked later", Code.UNVERIFIED_EVIDENCE, _answer(VEGA, verified_at=SLOT + MOMENT)),
    ("checked just now", None, _answer(VEGA, verified_at=SLOT)),
    ("checked by the recorder", Code.UNVERIFIED_EVIDENCE, _answer(VEGA, verified_by=RECORDER)),
    ("checked by who asked", Code.UNVERIFIED_EVIDENCE, _answer(VEGA, asked_by="user:2")),
    ("checked by nobody", Code.UNVERIFIED_EVIDENCE, _answer(VEGA, verified_by="")),
    ("checked by the citizen", Code.UNVERIFIED_EVIDENCE, _answer(VEGA, verified_by="subject:")),
    ("the review wrote it down", Code.UNVERIFIED_EVIDENCE, _answer(ALMA, recorded_by=REVIEWER)),
    (
        "the review wrote it down, the colleague tapped",
        None,
        _answer(ALMA, recorded_by=REVIEWER, verified_at=SLOT, verified_by="subject:"),
    ),
    ("a file is gone", Code.INVALID_EVIDENCE, _answer(VEGA, evidence_intact=False)),
    (
        "the form is recalled",
        Code.FORM_RECALLED,
        lambda base: _answer(ALMA, form=replace(base.people[ALMA].answers[0].form, recalled_at=SLOT))(base),
    ),
    (
        "the form is recalled later",
        None,
        lambda base: _answer(
            ALMA, form=replace(base.people[ALMA].answers[0].form, recalled_at=SLOT + MOMENT)
        )(base),
    ),
    (
        "the form was retired",
        Code.FORM_RECALLED,
        lambda base: _answer(ALMA, form=replace(base.people[ALMA].answers[0].form, accepted_until=SIGNED))(
            base
        ),
    ),
    (
        "the form is retired after",
        None,
        lambda base: _answer(
            ALMA, form=replace(base.people[ALMA].answers[0].form, accepted_until=SIGNED + MOMENT)
        )(base),
    ),
    (
        "the guardian did not sign",
        Code.WRONG_SIGNATORY,
        lambda base: _answer(VEGA, signatures=base.people[VEGA].answers[0].signatures[:1])(base),
    ),
    (
        "the person did not sign",
        Code.WRONG_SIGNATORY,
        lambda base: _answer(VEGA, signatures=base.people[VEGA].answers[0].signatures[1:])(base),
    ),
    (
        "the person's part was spoken",
        Code.WRONG_SIGNATORY,
        lambda base: _answer(
            VEGA,
            signatures=(
                replace(base.people[VEGA].answers[0].signatures[0], method=EvidenceKind.ORAL),
                base.people[VEGA].answers[0].signatures[1],
            ),
        )(base),
    ),
    (
        "a colleague's paper with a spoken part",
        None,
        _answer(ALMA, evidence=EvidenceKind.PAPER, verified_at=SLOT, verified_by="user:2"),
    ),
    ("a guardian alone, no assessment for it", Code.POLICY_BLOCKED, _alone(Openness.ALLOWED)),
    (
        "a guardian alone, with an assessment for it",
        None,
        _both(_alone(Openness.ALLOWED), _assessment(guardian_alone=True)),
    ),
    (
        "a guardian alone where citizens are forbidden",
        Code.POLICY_BLOCKED,
        _both(_alone(Openness.FORBIDDEN), _assessment(guardian_alone=True)),
    ),
    ("money only", Code.WRONG_SIGNATORY, _guardian(mandate=Mandate.GUARDIAN_FINANCIAL)),
    ("a co-guardian", Code.WRONG_SIGNATORY, _guardian(mandate=Mandate.CO_GUARDIAN)),
    ("a future power", None, _guardian(mandate=Mandate.FUTURE_POWER)),
    ("not for pictures", Code.WRONG_SIGNATORY, _guardian(covers_images=False)),
    ("the mandate began after", Code.WRONG_SIGNATORY, _guardian(valid_from=SIGNED + MOMENT)),
    ("the mandate began as it was signed", None, _guardian(valid_from=SIGNED)),
    ("the mandate just ended", Code.REPRESENTATION_ENDED, _guardian(valid_until=SLOT)),
    ("the mandate ends next", None, _guardian(valid_until=SLOT + MOMENT)),
    ("another's mandate", Code.WRONG_SIGNATORY, _guardian(id="other")),
    (
        "turned 18 since",
        Code.AGE_TRANSITION,
        _both(
            _person(VEGA, route=Route.SELF, turns_18_at=SLOT),
            lambda base: _person(
                VEGA,
                representations=(replace(base.people[VEGA].representations[0], mandate=Mandate.CUSTODY),),
            )(base),
            lambda base: _answer(
                VEGA,
                signatures=tuple(
                    replace(one, role=SignerRole.CUSTODY) if one.representation_id else one
                    for one in base.people[VEGA].answers[0].signatures
                ),
            )(base),
        ),
    ),
    ("left the job", Code.EMPLOYEE_LEFT, _person(ALMA, left_at=SLOT)),
    ("leaves next", None, _person(ALMA, left_at=SLOT + MOMENT)),
    ("a citizen leaves no job", None, _person(VEGA, left_at=SIGNED)),
    ("not for Instagram", Code.CHANNEL_NOT_COVERED, _scope(ALMA, channel=Channel.FACEBOOK)),
    ("a partner", Code.CHANNEL_NOT_COVERED, _draft(partners=("@region",))),
    (
        "shares by itself",
        Code.CROSSPOST_NOT_COVERED,
        _draft(crossposts={Channel.INSTAGRAM: CrosspostFacts(frozenset({Channel.FACEBOOK}), SLOT)}),
    ),
    ("nobody looked", Code.CROSSPOST_NOT_COVERED, _draft(crossposts={})),
    (
        "looked 90 days ago",
        Code.CROSSPOST_NOT_COVERED,
        _draft(crossposts={Channel.INSTAGRAM: CrosspostFacts(attested_at=SLOT - timedelta(days=90))}),
    ),
    (
        "looked long ago",
        Code.CROSSPOST_NOT_COVERED,
        _draft(crossposts={Channel.INSTAGRAM: CrosspostFacts(attested_at=SLOT - timedelta(days=200))}),
    ),
    (
        "looked almost 90 days ago",
        None,
        _draft(
            crossposts={Channel.INSTAGRAM: CrosspostFacts(attested_at=SLOT - timedelta(days=90) + MOMENT)}
        ),
    ),
    (
        "feed only",
        Code.FORMAT_NOT_COVERED,
        _both(_draft(format=Format.STORY), _scope(ALMA, formats=frozenset({Format.FEED}))),
    ),
    ("for information", Code.PURPOSE_NOT_COVERED, _scope(ALMA, purposes=frozenset({Purpose.INFORMATION}))),
    ("film only", Code.MEDIA_NOT_COVERED, _scope(ALMA, media=frozenset({MediaKind.VIDEO}))),
    ("named", Code.NAME_NOT_COVERED, _depicted(is_named=True)),
    ("named and agreed", None, _both(_depicted(is_named=True), _scope(ALMA, may_name=True))),
    ("found in the text", Code.NAME_NOT_COVERED, _draft(names_found=frozenset({ALMA}))),
    ("heard", Code.VOICE_NOT_COVERED, _depicted(is_heard=True)),
    ("heard and agreed", None, _both(_depicted(is_heard=True), _scope(ALMA, may_voice=True))),
    ("a voice", Code.VOICE_NOT_COVERED, _media(has_voice=True)),
    (
        "named in the text only",
        Code.NAME_NOT_COVERED,
        _both(_depicted(media="", is_named=True), _media(faces=1)),
    ),
    ("seen in the text only", None, _both(_depicted(media=""), _media(faces=1, kind=MediaKind.PHOTO))),
    (
        "paid",
        Code.PAID_NOT_COVERED,
        _both(_draft(is_paid=True), _scope(VEGA, may_be_paid=True)),
    ),
    (
        "paid and agreed",
        None,
        _both(_draft(is_paid=True), _scope(VEGA, may_be_paid=True), _scope(ALMA, may_be_paid=True)),
    ),
    ("no such media", Code.EVALUATION_ERROR, _depicted(media="picture:9")),
    ("a route nobody knows", Code.EVALUATION_ERROR, _person(ALMA, route="by_ear")),
    ("a kind nobody knows", Code.EVALUATION_ERROR, _person(ALMA, kind="robot")),
]


def _ask(facts: GateFacts, stage: Stage = Stage.PUBLISH) -> Decision:
    return may_publish(facts, Channel.INSTAGRAM, stage=stage, at=SLOT)


def test_before_anything_is_turned_the_gate_says_yes() -> None:
    decision = _ask(_base())
    assert decision.allowed and len(decision.consents) == 2
    assert decision.holds_until == clock.at_local(date(2027, 3, 2))


@pytest.mark.parametrize(("name", "code", "turn"), TURNS, ids=[one[0] for one in TURNS])
def test_one_fact_turned_gives_exactly_its_code(name: str, code: Code | None, turn: Turn) -> None:
    decision = _ask(turn(_base()))
    assert decision.codes == (set() if code is None else {code})
    assert decision.allowed == (code is None)


def test_every_code_is_turned_on_by_some_fact() -> None:
    two_at_once = {Code.DECLARATION_UNCONFIRMED}  # an oral consent then lacks its check too
    assert {code for _, code, _ in TURNS} | two_at_once == {*Code, None} - WARNINGS


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_asks_for_what_should_be_there_after_it(stage: Stage) -> None:
    """Approval counts from scheduling; what the review adds counts from the review (decisions.md 1)."""
    base = _base()
    asked = {
        "approval": _draft(approved_hash=""),
        "change": _draft(approved_hash="v0"),
        "confirmed": _declared(confirmed_by=""),
        "hands": _depicted(visibility=Visibility.NOT_RECOGNISABLE),
        "count": _media(faces=None),
        "consent": _person(ALMA, answers=()),
        "preview": _draft(previews={}),
    }
    denied = {name for name, turn in asked.items() if not _ask(turn(base), stage).allowed}
    from_review = {"confirmed", "hands", "count"} if stage is not Stage.SUBMIT else set()
    from_schedule = {"approval", "change"} if stage in (Stage.SCHEDULE, Stage.PUBLISH) else set()
    assert denied == {"consent", "preview"} | from_review | from_schedule


def test_a_review_by_the_declarer_confirms_nothing() -> None:
    for by in (AUTHOR, ""):
        codes = _ask(_declared(confirmed_by=by)(_base()), Stage.APPROVE).codes
        assert codes == {Code.DECLARATION_UNCONFIRMED, Code.UNVERIFIED_EVIDENCE}


def test_all_reasons_are_told_not_only_the_first() -> None:
    turned = _both(_draft(approved_hash=""), _person(VEGA, hold=Hold.OTHER), _person(ALMA, answers=()))
    assert _ask(turned(_base())).codes == {Code.NOT_APPROVED, Code.HOLD, Code.NO_CONSENT}


def test_the_consent_that_lacks_least_is_the_one_that_is_told() -> None:
    outside = {"target_ref": "takeover:3"}
    both = _both(_more(ALMA, **outside), _answer_of(ALMA, told_instagram=False))
    assert _ask(both(_base())).codes == {Code.NOT_TOLD_INSTAGRAM}


def test_a_consent_about_this_post_is_told_before_one_about_another_that_lacks_less() -> None:
    here = _answer_of(VEGA, evidence=EvidenceKind.ORAL, verified_by=RECORDER, evidence_intact=False)
    codes = _ask(_both(_more(VEGA, target_ref="takeover:3"), here)(_base())).codes
    assert codes == {Code.WRONG_EVIDENCE, Code.INVALID_EVIDENCE}


def test_a_reason_names_the_picture_only_when_it_is_about_it() -> None:
    (about_picture,) = _ask(_depicted(visibility=Visibility.UNKNOWN)(_base())).reasons
    (about_person,) = _ask(_person(ALMA, hold=Hold.OTHER)(_base())).reasons
    (about_nobody,) = _ask(_depicted(subject_id="")(_base())).reasons
    assert (about_picture.media, about_person.media, about_nobody.media) == (PICTURE, "", PICTURE)


def test_an_instant_that_has_passed_is_never_the_earliest() -> None:
    over = _answer(ALMA, expires_at=SLOT)(_base())
    assert earliest_lawful(over, Channel.INSTAGRAM, stage=Stage.PUBLISH, start=SLOT) is None


def test_a_hidden_person_who_is_heard_needs_a_whole_consent() -> None:
    hidden = _depicted(visibility=Visibility.NOT_RECOGNISABLE, confirmed_by=REVIEWER, is_heard=True)
    over = _both(hidden, _scope(ALMA, may_voice=True))
    assert _ask(over(_base())).allowed
    ended = _both(over, _answer(ALMA, expires_at=SLOT))
    assert _ask(ended(_base())).codes == {Code.EXPIRED, Code.VOICE_NOT_COVERED}


def test_the_earliest_instant_may_be_when_anything_opens() -> None:
    later = SLOT + timedelta(days=2)
    opens: dict[str, Turn] = {
        "assessment": _assessment(opens_at=later),
        "valid": _answer(ALMA, valid_from=later),
        "written down": _answer(ALMA, recorded_at=later),
        "checked": _answer(VEGA, verified_at=later),
        "refusal lapses": _more(
            ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT, expires_at=later
        ),
        "a no was a mistake": _more(
            ALMA, is_refusal=True, target=Target.POST, target_ref=DRAFT, invalidated_at=later
        ),
    }
    for name, turn in opens.items():
        facts = turn(_base())
        found = earliest_lawful(facts, Channel.INSTAGRAM, stage=Stage.PUBLISH, start=SLOT)
        assert found == later, name


def _answer_of(who: str, **facts: Any) -> Turn:
    """The first answer of several."""

    def turn(base: GateFacts) -> GateFacts:
        first, *rest = base.people[who].answers
        return _person(who, answers=(replace(first, **facts), *rest))(base)

    return turn


def test_among_consents_that_grant_the_one_without_warnings_and_then_the_longest_is_used() -> None:
    more = _more(ALMA, target=Target.POST, target_ref=DRAFT, asker_has_power=True)
    decision = _ask(more(_base()))
    assert "more" not in decision.consents and not decision.warnings
    longer = _more(ALMA, target=Target.POST, target_ref=DRAFT, expires_at=SLOT + timedelta(days=900))
    assert "more" in _ask(longer(_base())).consents


def test_a_consent_that_ends_within_a_week_is_warned_of() -> None:
    week = SLOT + timedelta(days=7)
    assert not _ask(_answer(ALMA, expires_at=week)(_base())).warnings
    (warning,) = _ask(_answer(ALMA, expires_at=week - MOMENT)(_base())).warnings
    assert (warning.code, warning.subject_id) == (Code.EXPIRES_SOON, ALMA)


def test_when_only_time_is_missing_the_answer_says_when() -> None:
    late = _answer(VEGA, signed_at=SLOT)(_base())
    decision = _ask(late)
    assert decision.earliest == SLOT + timedelta(hours=24)
    assert earliest_lawful(late, Channel.INSTAGRAM, stage=Stage.PUBLISH, start=SLOT) == decision.earliest
    never = _person(VEGA, hold=Hold.OTHER)(late)
    assert _ask(never).earliest is None
    assert earliest_lawful(never, Channel.INSTAGRAM, stage=Stage.PUBLISH, start=SLOT) is None


def test_every_code_has_a_kind_and_a_sentence_that_says_what_to_do() -> None:
    assert set(REMEDIES) == set(Code) - WARNINGS
    assert set(REMEDIES.values()) == set(Remedy)
    for code in Code:
        said = str(sentence(Reason(code, "x", "Vega", Channel.FACEBOOK, number=2)))
        assert said.endswith(".") and "%(" not in said
        assert str(sentence(Reason(code)))


def test_a_stored_reason_holds_ids_and_no_names() -> None:
    stored = Reason(Code.NO_CONSENT, VEGA, "Vega", Channel.INSTAGRAM, PICTURE).stored()
    assert stored == {
        "code": "no_consent",
        "subject": VEGA,
        "channel": "instagram",
        "media": PICTURE,
    }


def test_there_is_no_way_to_override_for_any_role() -> None:
    """Neither the rule nor the table of permissions knows a word for it (R7, H4)."""
    assert list(inspect.signature(may_publish).parameters) == ["facts", "channel", "stage", "at"]
    words = ("override", "force", "bypass", "skip")
    assert not [action for action in ACTIONS if any(word in action for word in words)]
    for facts in (DraftFacts, PersonFacts, ConsentFacts):
        assert not [name for name in facts.__slots__ if any(word in name for word in words)]


def test_a_person_who_cannot_be_recognised_is_asked_nothing() -> None:
    hidden = _depicted(visibility=Visibility.NOT_RECOGNISABLE, confirmed_by=REVIEWER, subject_id="")
    assert _ask(hidden(_base())).allowed
