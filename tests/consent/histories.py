"""Generated histories: people with answers, withdrawals and mandates, and posts that show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from branding.consent.values.answers import Scope
from branding.consent.values.gate import (
    AssessmentFacts,
    ConsentFacts,
    CrosspostFacts,
    DeclarationFacts,
    DepictionFacts,
    DraftFacts,
    FormFacts,
    GateFacts,
    MediaFacts,
    PersonFacts,
    PolicyFacts,
    PreviewFacts,
    RepresentationFacts,
    RulesFacts,
    SignatureFacts,
    Visibility,
    WithdrawalFacts,
)
from branding.consent.values.people import Hold, Kind, Mandate, Route
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import (
    WRITTEN,
    Channel,
    EvidenceKind,
    Format,
    MediaKind,
    Purpose,
    SignerRole,
    Target,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
TARGETS = [
    (Target.TAKEOVER, "takeover:12"),
    (Target.POST, "draft:7"),
    (Target.SHOOT, "s"),
    (Target.TAKEOVER, "t"),
]
CHANNELS = [Channel.INSTAGRAM, Channel.FACEBOOK]

#: Half days over half a year: coarse enough that instants meet.
instants = st.integers(0, 400).map(lambda n: START + timedelta(hours=12 * n))
channels = st.sampled_from(CHANNELS)
mostly = st.integers(0, 11).map(bool)
rarely = mostly.map(lambda chosen: not chosen)


def _some(values: list[object]) -> st.SearchStrategy[frozenset[object]]:
    """Most often everything, so that many posts are allowed."""
    everything = st.just(frozenset(values))
    return st.one_of(everything, everything, everything, st.frozensets(st.sampled_from(values)))


scopes = st.lists(
    st.builds(
        Scope,
        channels,
        _some(list(Format)),
        _some(list(Purpose)),
        _some(list(MediaKind)),
        mostly,
        mostly,
        mostly,
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda one: one.channel,
).map(tuple)


@st.composite
def signatures(draw: st.DrawFn, given: datetime) -> SignatureFacts:
    return SignatureFacts(
        draw(st.sampled_from([SignerRole.SELF, SignerRole.SELF, *SignerRole])),
        draw(st.sampled_from([EvidenceKind.DRAWN, EvidenceKind.DRAWN, *EvidenceKind])),
        given - timedelta(hours=draw(st.integers(0, 48))),
        draw(st.sampled_from(["", "r0", "r1"])),
    )


@st.composite
def answers(draw: st.DrawFn, number: str = "c0", after: datetime = START) -> ConsentFacts:
    """Signed at or after a moment, and written down no earlier."""
    given = max(draw(st.one_of(st.just(START), instants)), after)
    recorded = given + timedelta(hours=12 * draw(st.integers(0, 3)))
    target, ref = draw(st.sampled_from([TARGETS[0]] * 6 + TARGETS))
    evidence = draw(st.sampled_from([EvidenceKind.DRAWN] * 4 + [EvidenceKind.ORAL] * 4 + [*EvidenceKind]))
    own = SignatureFacts(SignerRole.SELF, evidence, given)
    return ConsentFacts(
        id=number,
        target=target,
        target_ref=ref,
        evidence=evidence,
        signed_at=given,
        recorded_at=recorded,
        valid_from=given,
        expires_at=given + timedelta(hours=12 * draw(st.sampled_from([1, 20, 100, 400, 400, 400]))),
        form=FormFacts("f", None, draw(instants) if draw(rarely) else None),
        scopes=draw(scopes),
        signatures=(*([own] if draw(mostly) else []), *draw(st.lists(signatures(given), max_size=2))),
        is_refusal=draw(rarely),
        told_instagram=draw(mostly),
        clear_answer=draw(mostly),
        asker_has_power=draw(rarely),
        recorded_by="user:1",
        verified_at=recorded + timedelta(hours=12 * draw(st.integers(0, 2))) if draw(mostly) else None,
        verified_by=draw(st.sampled_from(["user:2"] * 8 + ["user:1", "subject:"])),
        invalidated_at=draw(instants) if draw(rarely) and draw(rarely) else None,
        evidence_intact=evidence not in WRITTEN or draw(mostly),
    )


@st.composite
def withdrawals(draw: st.DrawFn, ids: list[str], after: datetime = START) -> WithdrawalFacts:
    taken = st.one_of(st.none(), st.frozensets(channels, min_size=1))
    return WithdrawalFacts(max(draw(instants), after), draw(st.sampled_from(["", *ids])), draw(taken))


@st.composite
def representations(draw: st.DrawFn, number: str) -> RepresentationFacts:
    begins = draw(instants)
    ends = draw(st.one_of(st.none(), st.integers(1, 100).map(lambda n: begins + timedelta(days=n))))
    return RepresentationFacts(number, draw(st.sampled_from(Mandate)), begins, ends, draw(mostly))


assessments = st.builds(
    AssessmentFacts,
    st.just("a"),
    instants,
    instants,
    _some(list(PolicyKind)),
    _some(list(Purpose)),
    _some(list(Channel)),
    mostly,
)
policies = st.builds(
    PolicyFacts,
    st.fixed_dictionaries(
        {kind: st.sampled_from([Openness.ALLOWED] * 8 + [*Openness]) for kind in PolicyKind}
    ),
    st.lists(assessments, max_size=2).map(tuple),
)


@st.composite
def people(draw: st.DrawFn, subject_id: str = "p0", most_answers: int = 4) -> PersonFacts:
    count = draw(st.sampled_from([1, 1, *range(most_answers + 1)]))
    ids = [f"{subject_id}c{n}" for n in range(count)]
    minor = draw(rarely)
    return PersonFacts(
        id=subject_id,
        kind=draw(st.sampled_from([Kind.COLLEAGUE, *Kind])),
        label=subject_id,
        also_citizen=draw(rarely),
        route=draw(st.sampled_from([Route.SELF] * 8 + [*Route])),
        turns_15_at=draw(st.one_of(st.none(), instants)) if minor else None,
        turns_18_at=draw(instants) if minor else None,
        left_at=draw(instants) if draw(rarely) else None,
        hold=Hold.DISPUTE if draw(rarely) else Hold.NONE,
        representations=tuple(draw(representations(f"r{n}")) for n in range(draw(st.integers(0, 2)))),
        answers=tuple(draw(answers(one)) for one in ids),
        withdrawals=tuple(draw(st.lists(withdrawals(ids), max_size=1))) if draw(rarely) else (),
        open_messages=(draw(instants),) if draw(rarely) and draw(rarely) else (),
        policy=draw(policies),
        rules=RulesFacts(colleague_written=draw(rarely), one_custody_holder=draw(mostly)),
    )


@st.composite
def posts(draw: st.DrawFn, most_people: int = 3, fewest_people: int = 0) -> GateFacts:
    """A post whose own papers are mostly in order, with up to three people."""
    ids = [f"p{n}" for n in range(draw(st.integers(fewest_people, most_people)))]
    found = {one: draw(people(one)) for one in ids}
    depictions = tuple(
        DepictionFacts(
            "m",
            draw(st.sampled_from([Visibility.RECOGNISABLE] * 6 + [*Visibility])),
            one,
            draw(rarely),
            draw(rarely),
            draw(st.sampled_from(["user:9"] * 9 + [""])),
        )
        for one in ids
    )
    media = MediaFacts(
        "m",
        draw(st.sampled_from([MediaKind.PHOTO] * 4 + [*MediaKind])),
        is_declared=draw(mostly),
        faces=draw(st.integers(0, 2)),
        is_mismatch_explained=True,
        is_verified_derivative=draw(mostly),
        shoots=frozenset({"s"}),
    )
    return GateFacts(
        DraftFacts(
            reference="draft:7",
            version_hash="v",
            people_hash="h",
            author="host:5",
            format=draw(st.sampled_from([Format.FEED] * 4 + [*Format])),
            purpose=draw(st.sampled_from([Purpose.RECRUITING] * 4 + [*Purpose])),
            media=(media,),
            depictions=depictions,
            declaration=DeclarationFacts("h", "host:5", draw(st.sampled_from(["user:9"] * 9 + [""]))),
            approved_hash="v",
            approved_by="user:9",
            takeover="takeover:12",
            is_paid=draw(rarely),
            crossposts={
                Channel.INSTAGRAM: CrosspostFacts(
                    attested_at=START + timedelta(days=draw(st.integers(0, 200)))
                )
            },
            previews={one: PreviewFacts("v", draw(rarely)) for one in ids if draw(mostly)},
        ),
        found,
    )


def with_person(facts: GateFacts, person: PersonFacts) -> GateFacts:
    return replace(facts, people={**facts.people, person.id: person})
