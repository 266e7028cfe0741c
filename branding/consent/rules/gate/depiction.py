"""Everybody who is seen, heard or named in a post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branding.consent.rules.gate.person import person_findings, warnings
from branding.consent.rules.gate.use import Finding, Use
from branding.consent.values.gate import (
    LEAST_LIVE,
    Code,
    ConsentFacts,
    DepictionFacts,
    DraftFacts,
    GateFacts,
    MediaFacts,
    PersonFacts,
    Reason,
    Stage,
    Visibility,
)
from branding.consent.values.records import Channel, Target

#: Codes that are about one media item; the others are said once for a person.
_OF_MEDIA = frozenset(
    {
        Code.UNKNOWN_PERSON,
        Code.UNVERIFIED_VISIBILITY,
        Code.OBSCURE_UNVERIFIED,
        Code.OUTSIDE_SCOPE,
        Code.MEDIA_NOT_COVERED,
        Code.VOICE_NOT_COVERED,
    }
)
_HIDDEN = {
    Visibility.NOT_RECOGNISABLE: Code.UNVERIFIED_VISIBILITY,
    Visibility.OBSCURED: Code.OBSCURE_UNVERIFIED,
}


class People:
    """Goes through the depictions of one post and gathers reasons, warnings and the consents used."""

    def __init__(
        self,
        facts: GateFacts,
        stage: Stage,
        reach: tuple[tuple[Channel, Code], ...],
        at: datetime,
    ) -> None:
        self.facts, self.stage, self.reach, self.at = facts, stage, reach, at
        self.reasons: set[Reason] = set()
        self.warnings: set[Reason] = set()
        self.used: dict[str, ConsentFacts] = {}
        self._media = {one.ref: one for one in facts.draft.media}
        declaration = facts.draft.declaration
        by = "" if declaration is None else declaration.confirmed_by
        self._declarers = {"", facts.draft.author} | ({declaration.by} if declaration else set())
        self._reviewer = "" if by in self._declarers else by

    def judge(self) -> None:
        draft = self.facts.draft
        named = set()
        for depiction in draft.depictions:
            self._depiction(depiction)
            if depiction.is_named:
                named.add(depiction.subject_id)
        for subject_id in draft.names_found - named:
            self._shown(DepictionFacts("", Visibility.NOT_RECOGNISABLE, subject_id, is_named=True))
        heard = {one.media for one in draft.depictions if one.is_heard}
        for media in draft.media:
            if media.has_voice and media.ref not in heard:
                self.reasons.add(Reason(Code.VOICE_NOT_COVERED, media=media.ref))

    def _depiction(self, one: DepictionFacts) -> None:
        hidden = _HIDDEN.get(Visibility(one.visibility))
        if one.visibility == Visibility.UNKNOWN:
            self._add(one, Finding(Code.UNKNOWN_PERSON))
        elif hidden is None:
            self._shown(one)
        else:
            if self.stage != Stage.SUBMIT and not self._is_hidden(one):
                self._add(one, Finding(hidden))
            if one.is_named or one.is_heard:
                self._shown(one)

    def _is_hidden(self, one: DepictionFacts) -> bool:
        """A second person confirmed it, and for a blurred face the blurred file is the one that goes out."""
        if one.confirmed_by in self._declarers:
            return False
        if one.visibility == Visibility.OBSCURED:
            return self._media[one.media].is_verified_derivative
        return True

    def _shown(self, one: DepictionFacts) -> None:
        """Recognisable: by the face, or hidden but named or heard (A12, A13)."""
        person = self.facts.people.get(one.subject_id) if one.subject_id else None
        if person is None:
            found: list[Finding] = [Finding(Code.NO_CONSENT)]
        else:
            found = self._person(one, person)
        if found and one.visibility != Visibility.RECOGNISABLE:
            found = [finding for finding in found if finding.code is not Code.NO_CONSENT]
            found += [Finding(code) for code in _given_away(one)]
        for finding in found:
            self._add(one, finding)

    def _person(self, one: DepictionFacts, person: PersonFacts) -> list[Finding]:
        draft = self.facts.draft
        media = self._media[one.media] if one.media else None
        use = self._use(one, media)
        found, consent = person_findings(person, use, self.at)
        if person.is_citizen:
            found += _preview(draft, person.id)
        if consent is not None and not found:
            self.used[consent.id] = consent
            for finding in warnings(person, consent, self.at, LEAST_LIVE):
                self.warnings.add(Reason(finding.code, person.id, person.label, day=finding.day))
        return found

    def _use(self, one: DepictionFacts, media: MediaFacts | None) -> Use:
        draft = self.facts.draft
        targets = {(Target.POST, draft.reference)}
        if draft.takeover:
            targets.add((Target.TAKEOVER, draft.takeover))
        if media is not None:
            targets.update((Target.SHOOT, shoot) for shoot in media.shoots)
        return Use(
            self.reach,
            draft.format,
            draft.purpose,
            None if media is None else media.kind,
            one.is_named,
            one.is_heard,
            draft.is_paid,
            targets,
            self._reviewer,
            self.stage == Stage.SUBMIT,
        )

    def _add(self, one: DepictionFacts, finding: Finding) -> None:
        person = self.facts.people.get(one.subject_id)
        label = "" if person is None else person.label
        is_about_media = finding.code in _OF_MEDIA or not one.subject_id
        media = one.media if is_about_media else ""
        self.reasons.add(
            Reason(
                finding.code,
                one.subject_id,
                label,
                finding.channel,
                media,
                day=finding.day,
                closed=finding.closed,
            )
        )


def _given_away(one: DepictionFacts) -> Iterator[Code]:
    if one.is_named:
        yield Code.NAME_NOT_COVERED
    if one.is_heard:
        yield Code.VOICE_NOT_COVERED


def _preview(draft: DraftFacts, subject_id: str) -> list[Finding]:
    """A citizen has seen exactly this, and did not say no (R26, decisions.md 5)."""
    shown = draft.previews.get(subject_id)
    if shown is not None and shown.is_refused:
        return [Finding(Code.REFUSED)]
    if shown is None or shown.version_hash != draft.version_hash:
        return [Finding(Code.PREVIEW_MISSING)]
    return []
