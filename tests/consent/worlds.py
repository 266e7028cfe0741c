"""Worlds for the truth table: the same little stories told as plain facts, and stored in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from branding.consent import vault
from branding.consent.models import (
    Assessment,
    AssessmentUnit,
    Consent,
    ConsentRules,
    Evidence,
    FormVersion,
    PublicationPolicy,
    Representation,
    Subject,
    Withdrawal,
)
from branding.consent.queries.gate_facts import person_facts
from branding.consent.rules.gate import may_publish
from branding.consent.service import evidence as keeping
from branding.consent.service.form_versions import ensure_form
from branding.consent.service.recording import record_answer
from branding.consent.service.subjects import add_subject
from branding.consent.values.answers import Answer, Asked, NewSubject, Scope, Signed
from branding.consent.values.gate import (
    AssessmentFacts,
    ConsentFacts,
    CrosspostFacts,
    Decision,
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
    Stage,
    Visibility,
    WithdrawalFacts,
)
from branding.consent.values.people import Kind, Mandate
from branding.consent.values.policies import Openness, PolicyKind
from branding.consent.values.records import (
    WRITTEN,
    Channel,
    EvidenceKind,
    FileKind,
    Format,
    MediaKind,
    Purpose,
    SignerRole,
    Target,
)
from branding.core import clock
from branding.core.actor import SYSTEM, Actor
from branding.core.ids import new_id
from branding.organisation import service as organisation
from branding.organisation.values import UnitRequest

#: Consents are signed, the post is scheduled, and it is to be shown.
SIGNED = datetime(2026, 10, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 10, 12, 8, tzinfo=UTC)
SLOT = datetime(2026, 10, 14, 8, tzinfo=UTC)
AUTHOR, REVIEWER, RECORDER, VERIFIER = "host:5", "user:9", "user:1", "user:2"
TAKEOVER, DRAFT, PICTURE = "takeover:12", "draft:7", "picture:1"
INSTAGRAM = Scope(Channel.INSTAGRAM)
_FORMS = {
    Kind.CITIZEN: "citizen_easy-1-da",
    Kind.COLLEAGUE: "colleague_oral-1-da",
    Kind.OTHER: "other-1-da",
}


@dataclass(frozen=True)
class By:
    """One signer; without a method as the consent was given."""

    role: SignerRole = SignerRole.SELF
    representation: str = ""
    method: EvidenceKind | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Given:
    """An answer as the stories tell it."""

    evidence: EvidenceKind = EvidenceKind.DRAWN
    scopes: tuple[Scope, ...] = (INSTAGRAM,)
    by: tuple[By, ...] = (By(),)
    signed: datetime = SIGNED
    recorded: datetime | None = None
    until: date | None = None
    target: Target = Target.TAKEOVER
    ref: str = TAKEOVER
    verified: datetime | None = SIGNED + timedelta(hours=2)
    verified_by: str = VERIFIER
    refusal: bool = False
    told: bool = True
    clear: bool = True
    power: bool = False
    files: bool = True
    form: str = ""

    @property
    def expires_at(self) -> datetime:
        return clock.at_local((self.until or date(2027, 3, 1)) + timedelta(days=1))

    @property
    def needs_no_check(self) -> bool:
        return self.refusal or self.evidence is EvidenceKind.CLICK


class World:
    """A post with nobody in it, declared, confirmed and approved; the stories put people into it."""

    def __init__(self) -> None:
        self.slot = SLOT
        self.published_at: datetime | None = None
        self.channel = Channel.INSTAGRAM
        self.draft = DraftFacts(
            reference=DRAFT,
            version_hash="v1",
            people_hash="p1",
            author=AUTHOR,
            format=Format.FEED,
            purpose=Purpose.RECRUITING,
            media=(MediaFacts(PICTURE, MediaKind.PHOTO, "f1", is_declared=True, faces=0),),
            declaration=DeclarationFacts("p1", AUTHOR, REVIEWER),
            approved_hash="v1",
            approved_by=REVIEWER,
            takeover=TAKEOVER,
            crossposts={Channel.INSTAGRAM: CrosspostFacts(attested_at=NOW - timedelta(days=10))},
        )
        self.ids: list[str] = []
        self._later: list[Callable[[], None]] = []

    # the post
    def change(self, **facts: Any) -> None:
        self.draft = replace(self.draft, **facts)

    def change_media(self, **facts: Any) -> None:
        self.change(media=(replace(self.draft.media[0], **facts),))

    def seen(self, subject_id: str, visibility: Visibility = Visibility.RECOGNISABLE, **facts: Any) -> None:
        """In the picture; a citizen has been shown the post."""
        one = DepictionFacts(PICTURE, visibility, subject_id, **facts)
        self.change(depictions=(*self.draft.depictions, one))
        self.change_media(faces=(self.draft.media[0].faces or 0) + 1)
        if subject_id:
            preview = PreviewFacts(self.draft.version_hash)
            self.change(previews={**self.draft.previews, subject_id: preview})

    def later(self, event: Callable[[], None]) -> None:
        """What happens after it was scheduled."""
        self._later.append(event)

    # the answer
    def scheduled(self) -> Decision:
        return self.judged(Stage.SCHEDULE, self.slot)

    def published(self) -> Decision:
        for event in self._later:
            event()
        return self.judged(Stage.PUBLISH, self.published_at or self.slot)

    def judged(self, stage: Stage, at: datetime) -> Decision:
        return may_publish(GateFacts(self.draft, self.people()), self.channel, stage=stage, at=at)

    # what each world does in its own way
    def people(self) -> dict[str, PersonFacts]:
        raise NotImplementedError

    def person(self, kind: Kind, label: str, **facts: Any) -> str:
        raise NotImplementedError

    def update(self, subject_id: str, **facts: Any) -> None:
        raise NotImplementedError

    def answer(self, subject_id: str, given: Given) -> str:
        raise NotImplementedError

    def withdraw(
        self,
        subject_id: str,
        at: datetime,
        consent_id: str = "",
        channels: Iterable[Channel] | None = None,
    ) -> None:
        raise NotImplementedError

    def represent(
        self, subject_id: str, mandate: Mandate, *, until: date | None = None, covers: bool = True
    ) -> str:
        raise NotImplementedError

    def policy(self, kind: PolicyKind, openness: Openness) -> None:
        raise NotImplementedError

    def assess(self, *, until: date = date(2027, 9, 1), **facts: Any) -> None:
        raise NotImplementedError

    def form(self, form_id: str, **facts: datetime) -> None:
        raise NotImplementedError

    def lose_file(self, consent_id: str) -> None:
        raise NotImplementedError

    def rules(self, **facts: Any) -> None:
        raise NotImplementedError

    def move(self, subject_id: str) -> None:
        """To another unit."""
        raise NotImplementedError

    # short cuts
    def citizen(self, label: str = "Vega", *, seen: bool = True, **facts: Any) -> str:
        return self._seen(self.person(Kind.CITIZEN, label, **facts), seen)

    def colleague(self, label: str = "Alma", *, seen: bool = True, **facts: Any) -> str:
        return self._seen(self.person(Kind.COLLEAGUE, label, **facts), seen)

    def _seen(self, subject_id: str, seen: bool) -> str:
        if seen:
            self.seen(subject_id)
        return subject_id

    def signed(self, subject_id: str, **facts: Any) -> str:
        return self.answer(subject_id, Given(**facts))

    def answer_by_click(self, subject_id: str) -> str:
        """A host's own consent, given with the rules."""
        return self.answer(subject_id, Given(evidence=EvidenceKind.CLICK))

    def said(self, subject_id: str, **facts: Any) -> str:
        """A colleague's oral yes, which the review checks."""
        return self.answer(subject_id, Given(**{"evidence": EvidenceKind.ORAL, "verified": None, **facts}))


_ASSESSED = {
    "kinds": frozenset(PolicyKind),
    "purposes": frozenset(Purpose),
    "channels": frozenset(Channel),
    "guardian_alone": False,
}


class Facts(World):
    """The stories as plain facts."""

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[str, PersonFacts] = {}
        self._rules = RulesFacts()
        self._policy = PolicyFacts()
        self._forms: dict[str, FormFacts] = {}

    def people(self) -> dict[str, PersonFacts]:
        return {
            key: replace(
                one,
                policy=self._policy,
                rules=self._rules,
                answers=tuple(
                    replace(answer, form=self._forms.get(answer.form.id, answer.form))
                    for answer in one.answers
                ),
            )
            for key, one in self._people.items()
        }

    def person(self, kind: Kind, label: str, **facts: Any) -> str:
        subject_id = f"{len(self._people):032x}"
        self._people[subject_id] = PersonFacts(subject_id, kind, label)
        self.update(subject_id, **facts)
        return subject_id

    def update(self, subject_id: str, **facts: Any) -> None:
        for day, instant in (("turns_15_on", "turns_15_at"), ("turns_18_on", "turns_18_at")):
            if day in facts:
                facts[instant] = clock.at_local(facts.pop(day))
        if "left_on" in facts:
            facts["left_at"] = clock.at_local(facts.pop("left_on") + timedelta(days=1))
        self._people[subject_id] = replace(self._people[subject_id], **facts)

    def answer(self, subject_id: str, given: Given) -> str:
        person = self._people[subject_id]
        consent_id = f"{subject_id[-4:]}{len(person.answers):028x}"
        written = given.evidence in WRITTEN
        fact = ConsentFacts(
            id=consent_id,
            target=given.target,
            target_ref=given.ref,
            evidence=given.evidence,
            signed_at=given.signed,
            recorded_at=given.recorded or given.signed,
            valid_from=given.signed,
            expires_at=given.expires_at,
            form=FormFacts(given.form or _FORMS[person.kind]),
            scopes=given.scopes,
            signatures=tuple(
                SignatureFacts(
                    one.role, one.method or given.evidence, one.at or given.signed, one.representation
                )
                for one in given.by
            ),
            is_refusal=given.refusal,
            told_instagram=given.told,
            clear_answer=given.clear,
            asker_has_power=given.power,
            recorded_by=RECORDER,
            verified_at=None if given.needs_no_check else given.verified,
            verified_by="" if given.needs_no_check or not given.verified else given.verified_by,
            evidence_intact=given.files or not written,
        )
        self.update(subject_id, answers=(*person.answers, fact))
        return consent_id

    def withdraw(
        self,
        subject_id: str,
        at: datetime,
        consent_id: str = "",
        channels: Iterable[Channel] | None = None,
    ) -> None:
        taken = WithdrawalFacts(at, consent_id, None if channels is None else frozenset(channels))
        self.update(subject_id, withdrawals=(*self._people[subject_id].withdrawals, taken))

    def represent(
        self, subject_id: str, mandate: Mandate, *, until: date | None = None, covers: bool = True
    ) -> str:
        person = self._people[subject_id]
        one = RepresentationFacts(
            f"{len(person.representations):032x}",
            mandate,
            clock.at_local(date(2020, 1, 1)),
            None if until is None else clock.at_local(until),
            covers,
        )
        self.update(subject_id, representations=(*person.representations, one))
        return one.id

    def policy(self, kind: PolicyKind, openness: Openness) -> None:
        self._policy = replace(self._policy, openness={**self._policy.openness, kind: openness})

    def assess(self, *, until: date = date(2027, 9, 1), **facts: Any) -> None:
        one = AssessmentFacts(
            "a", clock.at_local(date(2026, 9, 1)), clock.at_local(until), **{**_ASSESSED, **facts}
        )
        self._policy = replace(self._policy, assessments=(one,))

    def form(self, form_id: str, **facts: datetime) -> None:
        self._forms[form_id] = FormFacts(form_id, **facts)

    def lose_file(self, consent_id: str) -> None:
        for key, person in self._people.items():
            answers = tuple(
                replace(one, evidence_intact=False) if one.id == consent_id else one for one in person.answers
            )
            self._people[key] = replace(person, answers=answers)

    def rules(self, **facts: Any) -> None:
        self._rules = replace(self._rules, **facts)

    def move(self, subject_id: str) -> None:
        self.update(subject_id, unit_id=99)


class Stored(World):
    """The stories in the database, through the services where there are some."""

    def __init__(self, session: Session, unit: int | None = None) -> None:
        """In a unit that is there already, or in one of its own."""
        super().__init__()
        self.session, self.now = session, datetime(2026, 8, 1, 8, tzinfo=UTC)
        self.unit = unit or organisation.add_unit(
            session, SYSTEM, UnitRequest("Specialområde Hjerneskade", "SOH"), now=self.now
        )

    def people(self) -> dict[str, PersonFacts]:
        self.session.flush()
        self.session.expire_all()
        return person_facts(self.session, self.ids, now=NOW)

    def person(self, kind: Kind, label: str, **facts: Any) -> str:
        new = NewSubject(kind, label, self.unit, **facts)
        self.ids.append(add_subject(self.session, SYSTEM, new, now=self.now))
        return self.ids[-1]

    def update(self, subject_id: str, **facts: Any) -> None:
        row = self.session.get_one(Subject, subject_id)
        for name, value in facts.items():
            setattr(row, name, value)
        self.session.flush()

    def answer(self, subject_id: str, given: Given) -> str:
        recorder = Actor("user", 1)
        recorded = given.recorded or given.signed
        answer = Answer(
            subject_id=subject_id,
            form_id=given.form or _FORMS[Kind(self.session.get_one(Subject, subject_id).kind)],
            target=given.target,
            target_ref=given.ref,
            target_label="Takeover",
            evidence=given.evidence,
            asked=Asked("user", 1, given.signed, has_power=given.power),
            scopes=given.scopes,
            signatures=tuple(
                Signed(
                    one.role,
                    one.method or given.evidence,
                    one.at or given.signed,
                    "",
                    one.representation or None,
                )
                for one in given.by
            ),
            lasts_until=given.until or date(2027, 3, 1),
            is_refusal=given.refusal,
            told_instagram=given.told,
            clear_answer=given.clear,
        )
        consent_id = record_answer(self.session, recorder, answer, now=recorded)
        if given.files and given.evidence in WRITTEN:
            keeping.keep(
                self.session,
                consent_id,
                subject_id,
                FileKind.SIGNATURE,
                b"<svg/>",
                "image/svg+xml",
                now=recorded,
            )
        row = self.session.get_one(Consent, consent_id)
        if given.verified and not given.needs_no_check:
            kind, _, number = given.verified_by.partition(":")
            row.verified_at, row.verified_by_kind = given.verified, kind
            row.verified_by_id = int(number) if number else None
        self.session.flush()
        return consent_id

    def withdraw(
        self,
        subject_id: str,
        at: datetime,
        consent_id: str = "",
        channels: Iterable[Channel] | None = None,
    ) -> None:
        self.session.add(
            Withdrawal(
                id=new_id(),
                subject_id=subject_id,
                consent_id=consent_id or None,
                channels=None if channels is None else sorted(channels),
                received_at=at,
                registered_at=at,
                via="employee",
                registered_by_kind="user",
                registered_by_id=1,
            )
        )

    def represent(
        self, subject_id: str, mandate: Mandate, *, until: date | None = None, covers: bool = True
    ) -> str:
        row = Representation(
            id=new_id(),
            subject_id=subject_id,
            mandate=mandate,
            contact_sealed="",
            covers_images=covers,
            seen_by=1,
            seen_on=date(2026, 8, 1),
            valid_from=date(2020, 1, 1),
            valid_until=until,
            recorded_at=self.now,
        )
        self.session.add(row)
        self.session.flush()
        return row.id

    def policy(self, kind: PolicyKind, openness: Openness) -> None:
        self.session.add(PublicationPolicy(kind=kind, openness=openness, changed_at=self.now))

    def assess(self, *, until: date = date(2027, 9, 1), **facts: Any) -> None:
        told = {**_ASSESSED, **facts}
        row = Assessment(
            id=new_id(),
            reference="26/1",
            decided_by="Chef",
            decided_on=date(2026, 9, 1),
            review_on=until,
            kinds=sorted(told["kinds"]),
            purposes=sorted(told["purposes"]),
            channels=sorted(told["channels"]),
            answers={},
            guardian_alone=told["guardian_alone"],
            made_at=self.now,
        )
        self.session.add(row)
        self.session.flush()
        self.session.add(AssessmentUnit(assessment_id=row.id, unit_id=self.unit))

    def form(self, form_id: str, **facts: datetime) -> None:
        row = ensure_form(self.session, form_id, now=self.now)
        assert isinstance(row, FormVersion)
        for name, value in facts.items():
            setattr(row, name, value)
        self.session.flush()

    def lose_file(self, consent_id: str) -> None:
        for name in self.session.exec(select(Evidence.file_name).where(Evidence.consent_id == consent_id)):
            vault.remove(self.session, name)

    def rules(self, **facts: Any) -> None:
        self.session.add(ConsentRules(**facts))

    def move(self, subject_id: str) -> None:
        other = organisation.add_unit(
            self.session, SYSTEM, UnitRequest("Specialområde Voksne", "SVO"), now=self.now
        )
        self.update(subject_id, unit_id=other)
