"""Generated histories written into the tables the short way: the rules are tested, not the services."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from branding.consent.models import Consent, FormVersion, Subject, Withdrawal
from branding.consent.values.gate import ConsentFacts, PersonFacts
from branding.core.ids import new_id
from tests.consent.histories import START


def store(session: Session, unit_id: int, people: Iterable[PersonFacts]) -> None:
    """The people with their answers and withdrawals; every id is the fact's own."""
    people = list(people)
    forms = {"f": None, **{_form_id(one): one.form.recalled_at for who in people for one in who.answers}}
    for form_id, recalled_at in forms.items():
        if session.get(FormVersion, form_id) is None:
            session.add(
                FormVersion(
                    id=form_id,
                    audience="other",
                    number=1,
                    language="da",
                    sha256="0" * 64,
                    published_at=START,
                    recalled_at=recalled_at,
                )
            )
    session.add_all(_subject(unit_id, person) for person in people)
    session.flush()
    for person in people:
        last: dict[tuple[str, str], str] = {}
        for answer in sorted(person.answers, key=lambda one: (one.recorded_at, one.id)):
            about = (answer.target, answer.target_ref)
            session.add(_consent(person.id, answer, last.get(about)))
            session.flush()
            last[about] = answer.id
        session.add_all(
            Withdrawal(
                id=new_id(),
                subject_id=person.id,
                consent_id=one.consent_id or None,
                channels=None if one.channels is None else sorted(one.channels),
                received_at=one.received_at,
                registered_at=one.received_at,
                via="link",
                registered_by_kind="subject",
            )
            for one in person.withdrawals
        )
    session.flush()


def _subject(unit_id: int, person: PersonFacts) -> Subject:
    return Subject(
        id=person.id,
        kind=person.kind,
        also_citizen=person.also_citizen,
        label=person.label,
        search_key=person.label,
        sort_key=person.label,
        unit_id=unit_id,
        made_at=START,
    )


def _form_id(answer: ConsentFacts) -> str:
    """One form for all, and one of its own for each instant at which a form was recalled."""
    recalled = answer.form.recalled_at
    return "f" if recalled is None else f"f{recalled:%Y%m%d%H%M%S%f}"


def _consent(subject_id: str, answer: ConsentFacts, earlier: str | None) -> Consent:
    kind, _, number = answer.verified_by.partition(":")
    return Consent(
        id=answer.id,
        subject_id=subject_id,
        form_id=_form_id(answer),
        is_refusal=answer.is_refusal,
        target=answer.target,
        target_ref=answer.target_ref,
        target_label="",
        evidence=answer.evidence,
        asked_by_kind="user",
        asked_at=answer.signed_at,
        signed_at=answer.signed_at,
        recorded_at=answer.recorded_at,
        recorded_by_kind="user",
        recorded_by_id=1,
        valid_from=answer.valid_from,
        expires_at=answer.expires_at,
        verified_at=answer.verified_at,
        verified_by_kind=kind,
        verified_by_id=int(number) if number else None,
        shown={},
        supersedes_id=earlier,
        invalidated_at=answer.invalidated_at,
    )
