"""The facts that the gate judges a draft by, in a fixed number of queries however many drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from branding.consent.queries.gate_facts import person_facts
from branding.consent.queries.subjects import labels_of, subjects_of_units
from branding.consent.values.gate import (
    CrosspostFacts,
    DeclarationFacts,
    DraftFacts,
    GateFacts,
    MediaFacts,
    PersonFacts,
    PreviewFacts,
)
from branding.consent.values.records import Channel, MediaKind, Purpose
from branding.drafts.models import Draft, Preview
from branding.drafts.queries.drafts import contents_of
from branding.drafts.rules.formats import format_of
from branding.drafts.rules.hashes import people_hash, version_hash
from branding.drafts.rules.lint import findings, names_found
from branding.drafts.rules.names import meant
from branding.drafts.rules.previews import last_words
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.findings import Finding, Person, Words
from branding.drafts.words import shipped
from branding.media.queries import shown_and_depicted
from branding.media.values.items import Depicted, ItemView
from branding.organisation import queries as organisation
from branding.organisation.values import ProfileView


@dataclass(frozen=True, slots=True)
class Known:
    """What was read once for all the drafts of a page."""

    contents: Mapping[str, Content]
    media: Mapping[str, Depicted]
    items: Mapping[str, ItemView]
    #: People on the register by the specialområde of a unit.
    register: Mapping[int, Sequence[Person]]
    #: Those of other areas who are in a picture: named in the text they are named all the same.
    elsewhere: tuple[Person, ...]
    areas: Mapping[int, int]
    profiles: Mapping[int, ProfileView]
    words: Words


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that is needed to say what stands in a draft's way."""

    content: Content
    facts: GateFacts
    items: Mapping[str, ItemView]
    findings: tuple[Finding, ...]
    #: The media whose file that goes out is a blurred one, confirmed or not.
    blurred: frozenset[str]


def judged(session: Session, rows: Sequence[Draft], *, now: datetime) -> dict[str, Judged]:
    """Each draft's facts as they stand, by its id."""
    known = _known(session, rows)
    found = {row.id: _findings(row, known) for row in rows}
    drafts = {row.id: draft_facts(row, known, found[row.id]) for row in rows}
    people = person_facts(session, {one for draft in drafts.values() for one in _people(draft)}, now=now)
    if any(person.is_citizen for person in people.values()):
        shown = _previews(session, list(drafts))
        drafts = {
            key: replace(draft, previews=last_words(shown.get(key, ()), draft.version_hash))
            for key, draft in drafts.items()
        }
    return {
        row.id: Judged(
            known.contents[row.id],
            GateFacts(drafts[row.id], _of(drafts[row.id], people)),
            {item: known.items[item] for item in known.contents[row.id].item_ids if item in known.items},
            found[row.id],
            frozenset(one.id for one in known.items.values() if one.edition > 0),
        )
        for row in rows
    }


def draft_facts(row: Draft, known: Known, found: Iterable[Finding]) -> DraftFacts:
    """One draft's facts from what was read and what the lint saw."""
    content = known.contents[row.id]
    shown = [known.media.get(item) or _gone(item) for item in content.item_ids]
    files = {one.media.ref: one.media.sha256 for one in shown}
    depictions = tuple(person for one in shown for person in one.people)
    names = names_found(found)
    version = version_hash(content, files)
    declaration = None
    if row.declared_by:
        declaration = DeclarationFacts(row.declared_hash, row.declared_by, row.confirmed_by)
    return DraftFacts(
        reference=f"draft:{row.id}",
        version_hash=version,
        people_hash=people_hash(content, files, depictions, names),
        author=row.author,
        format=format_of(content, {one.media.ref: one.media.kind for one in shown}),
        purpose=Purpose.RECRUITING,
        media=tuple(one.media for one in shown),
        depictions=depictions,
        declaration=declaration,
        approved_hash=row.approved_hash,
        approved_by=_approver(row, version),
        takeover=f"takeover:{row.takeover_id}" if row.takeover_id else "",
        partners=content.collaborators,
        crossposts=_crossposts(row, known),
        names_found=names,
    )


def _approver(row: Draft, version: str) -> str:
    """An approval that was lost does not come back with the words that were approved."""
    is_void = row.state != DraftState.APPROVED and row.approved_hash == version
    return "" if is_void else row.approved_by


def _gone(item: str) -> Depicted:
    """A picture that is not there any more is one of which nobody has said who is in it."""
    return Depicted(MediaFacts(item, MediaKind.PHOTO), ())


def _findings(row: Draft, known: Known) -> tuple[Finding, ...]:
    """What the lint sees in every text of the post."""
    content = known.contents[row.id]
    register: Sequence[Person] = known.register.get(known.areas[row.unit_id], ())
    media = (known.media.get(item) for item in content.item_ids)
    shown = {person.subject_id for one in media if one is not None for person in one.people}
    register = (*register, *(one for one in known.elsewhere if one.id in shown))
    return meant(findings(content.all_texts(), register, known.words), shown)


def _known(session: Session, rows: Sequence[Draft]) -> Known:
    contents = contents_of(session, rows)
    profiles = {profile.id: profile for profile in organisation.profiles(session, archived=True)}
    units = {unit.id: unit for unit in organisation.units(session, archived=True)}
    areas = {unit_id: unit.area_id for unit_id, unit in units.items()}
    wanted = {areas[row.unit_id] for row in rows}
    subjects = subjects_of_units(session, [one for one, area in areas.items() if area in wanted])
    register: dict[int, list[Person]] = {}
    for one in subjects:
        register.setdefault(areas[one.unit_id], []).append(Person(one.id, one.label))
    media = shown_and_depicted(session, {one for content in contents.values() for one in content.item_ids})
    known = {one.id for one in subjects}
    moved = {person.subject_id for _, one in media.values() for person in one.people} - known - {""}
    labels = labels_of(session, moved) if moved else {}
    return Known(
        contents,
        {item: depicted for item, (_, depicted) in media.items()},
        {item: view for item, (view, _) in media.items()},
        register,
        tuple(Person(key, label) for key, label in sorted(labels.items())),
        areas,
        profiles,
        shipped().with_own(
            names=[name for unit in units.values() for name in (unit.name, unit.short_name) if name],
            accounts=[profile.handle for profile in profiles.values()],
        ),
    )


def _previews(session: Session, draft_ids: Sequence[str]) -> dict[str, list[tuple[str, PreviewFacts]]]:
    """Every answer with whose it is, the last one last; a link that nobody answered shows nothing."""
    query = (
        select(Preview)
        .where(col(Preview.draft_id).in_(draft_ids), col(Preview.answered_at).is_not(None))
        .order_by(col(Preview.answered_at), col(Preview.made_at))
    )
    found: dict[str, list[tuple[str, PreviewFacts]]] = {}
    for row in session.exec(query):
        answer = row.subject_id, PreviewFacts(row.version_hash, row.is_refused)
        found.setdefault(row.draft_id, []).append(answer)
    return found


def _crossposts(row: Draft, known: Known) -> Mapping[Channel, CrosspostFacts]:
    profile = known.profiles.get(row.profile_id or 0)
    if profile is None:
        return {}
    shares = frozenset({Channel.FACEBOOK}) if profile.shares_to_facebook else frozenset()
    return {Channel(profile.channel.value): CrosspostFacts(shares, profile.shares_checked_at)}


def _people(draft: DraftFacts) -> set[str]:
    return {one.subject_id for one in draft.depictions if one.subject_id} | draft.names_found


def _of(draft: DraftFacts, people: Mapping[str, PersonFacts]) -> dict[str, PersonFacts]:
    return {one: people[one] for one in _people(draft) if one in people}
