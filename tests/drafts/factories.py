"""What tests of drafts begin with: a takeover with a host who said yes, and pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from branding.consent.models import Assessment
from branding.consent.service.hosts_own import host_subject
from branding.consent.values.records import MediaKind
from branding.core.actor import Actor, Role
from branding.core.ids import new_id
from branding.drafts.models import Draft
from branding.drafts.queries.drafts import contents_of, draft_row, draft_view
from branding.drafts.service import drafts, reviewing, saving, submitting
from branding.drafts.values.drafts import DraftView, Outcome, Start
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaEdition, MediaItem
from branding.media.service import people
from branding.media.values.items import FaceState
from branding.media.values.pictures import Box
from branding.organisation.service import profiles
from tests.consent.factories import colleague, oral
from tests.consent.worlds import Stored
from tests.support.snapshot import once
from tests.takeovers import factories as takeovers
from tests.takeovers.factories import COMMUNICATIONS, as_host

#: Somewhere in the middle.
BOX = Box(0.3, 0.3, 0.2, 0.2)
ALT = "Hænder der binder et snørebånd"
CAPTION = "En helt almindelig formiddag på arbejdet."


@dataclass(frozen=True)
class Stage:
    """A takeover in weeks 45-46 of 2026 whose host, Anna Prøve, has said yes."""

    world: takeovers.World
    takeover: int
    host: Actor
    token: str

    @property
    def place(self) -> str:
        return f"takeover:{self.takeover}"

    @property
    def coordinator(self) -> Actor:
        return Actor(
            "user", 2, "Koord", "k@example.dk", frozenset({Role.COORDINATOR}), frozenset({self.world.area})
        )


def stage(session: Session, now: datetime) -> Stage:
    """Everything in order: the host's own yes, and a profile that shares nowhere by itself."""
    return once(session, ("drafts", now), lambda: _stage(session, now))


def _stage(session: Session, now: datetime) -> Stage:
    world = takeovers.world(session, now)
    takeover_id = takeovers.takeover(session, world, now)
    host_id, token = takeovers.invited(session, takeover_id, now)
    takeovers.accepted(session, host_id, now)
    profiles.attest_sharing(session, COMMUNICATIONS, world.profile, shares_to_facebook=False, now=now)
    session.flush()
    return Stage(world, takeover_id, as_host(host_id, world.area), token)


def stranger(session: Session, on: Stage, now: datetime) -> str:
    """The host of the same unit's next week; returns the link's secret."""
    takeover_id = takeovers.takeover(session, on.world, now, starts_on=date(2026, 11, 9))
    host_id, token = takeovers.invited(session, takeover_id, now, email="vera@example.dk")
    takeovers.accepted(session, host_id, now)
    session.flush()
    return token


def asked_colleague(session: Session, on: Stage, now: datetime, name: str = "Alma Prøve") -> str:
    """A colleague who told the host yes for these days; returns the id."""
    subject_id = colleague(session, on.world.area, now=now, label=name)
    oral(session, subject_id, target_ref=on.place, now=now)
    return subject_id


def me(session: Session, on: Stage) -> str:
    """The host's own row on the register."""
    found = host_subject(session, on.host.id or 0)
    assert found
    return found


def picture(
    session: Session,
    on: Stage,
    now: datetime,
    *,
    by: str = "",
    kind: MediaKind = MediaKind.PHOTO,
    faces: FaceState = FaceState.COUNTED,
) -> str:
    """A picture of the takeover in which the detector found nobody; the row without its bytes."""
    item_id = new_id()
    made_by = by or f"host:{on.host.id}"
    session.add(
        MediaItem(
            id=item_id, place=on.place, unit_id=on.world.area, kind=kind, width=1200, height=1600,
            seconds=8.0 if kind is MediaKind.VIDEO else None, frame_rate=30.0, codec="h264",
            has_sound=kind is MediaKind.VIDEO, source_sha256=item_id * 2, face_state=faces,
            made_by=made_by, made_at=now,
        )
    )  # fmt: skip
    session.flush()
    session.add(
        MediaEdition(item_id=item_id, number=0, sha256=item_id * 2, size=1000, made_by=made_by, made_at=now)
    )
    session.flush()
    return item_id


def begun(
    session: Session,
    on: Stage,
    now: datetime,
    *,
    actor: Actor | None = None,
    kind: PostKind = PostKind.DAILY,
    items: tuple[str, ...] | None = None,
    due_at: datetime | None = None,
    nobody: bool = True,
    caption: str = CAPTION,
) -> str:
    """A draft with a picture, a text and an alt text: only the people are not told, unless ``nobody`` is."""
    actor = actor or on.host
    items = items if items is not None else (picture(session, on, now),)
    draft_id = drafts.start(session, actor, Start(kind, on.takeover, due_at=due_at), now=now)
    saving.add_pictures(session, actor, draft_id, *items, now=now)
    saving.change(
        session, actor, draft_id,
        lambda content: replace(
            content, caption=caption, pictures=tuple(replace(one, alt=ALT) for one in content.pictures)
        ),
        now=now,
    )  # fmt: skip
    if nobody:
        for item in items:
            people.declare_nobody(session, actor, on.place, item, now=now)
    return draft_id


def submitted(session: Session, on: Stage, now: datetime, **begin: object) -> str:
    """The same, sent for approval."""
    draft_id = begun(session, on, now, **begin)  # type: ignore[arg-type]
    assert send(session, on, draft_id, now).is_done
    return draft_id


def send(session: Session, on: Stage, draft_id: str, now: datetime, actor: Actor | None = None) -> Outcome:
    row = draft_row(session, draft_id)
    return submitting.submit(session, actor or on.host, draft_id, row.version, now=now)


def approve(
    session: Session, on: Stage, draft_id: str, now: datetime, actor: Actor | None = None, **faces: int
) -> Outcome:
    row = draft_row(session, draft_id)
    wanted = reviewing.Approve(row.version, faces)
    return reviewing.approve(session, actor or on.coordinator, draft_id, wanted, now=now)


def approved(session: Session, on: Stage, now: datetime, **begin: object) -> str:
    draft_id = submitted(session, on, now, **begin)
    assert approve(session, on, draft_id, now).is_done
    return draft_id


def seen(session: Session, draft_id: str) -> DraftView:
    return draft_view(session, draft_id)


def row_of(session: Session, draft_id: str) -> Draft:
    return draft_row(session, draft_id)


def write(session: Session, actor: Actor, draft_id: str, now: datetime, **fields: object) -> Draft:
    """Save fields as a page that was made just now."""
    content = contents_of(session, [draft_row(session, draft_id)])[draft_id]
    return saving.save(session, actor, draft_id, saving.base_of(content, fields), now=now, **fields)


MONDAY = date(2026, 11, 2)
WEEK = timedelta(days=7)


def citizen(session: Session, on: Stage, label: str = "Vega", **given: object) -> str:
    """A citizen of the area whose written yes to this takeover holds, in a unit that may show citizens."""
    world = Stored(session, on.world.area)
    if session.exec(select(Assessment)).first() is None:
        world.assess()
    subject_id = world.citizen(label, seen=False)
    world.signed(subject_id, **{"ref": on.place, **given})
    return subject_id


def with_person(session: Session, on: Stage, now: datetime, subject_id: str, **begin: object) -> str:
    """A post that is sent with somebody in its picture."""
    item = picture(session, on, now)
    draft_id = begun(session, on, now, items=(item,), nobody=False, **begin)  # type: ignore[arg-type]
    people.name_person(session, on.host, on.place, item, subject_id, now=now)
    assert send(session, on, draft_id, now).is_done
    return draft_id
