"""The one place where a draft's content changes: every change is a version, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete

from branding.audit.service import record
from branding.core.actor import SYSTEM, Actor
from branding.core.errors import Conflict
from branding.core.text import Text, say
from branding.drafts.models import Draft, DraftMedia, DraftVersion
from branding.drafts.queries.drafts import contents_of, version_row
from branding.drafts.rules.states import state_after_edit
from branding.drafts.service.access import WRITE, draft_for, ref_of
from branding.drafts.values.content import Content, Picture, digest
from branding.drafts.values.drafts import WITH_AUTHOR, DraftState
from branding.media.service import keeping

#: One person's typing within this time is one version.
ONE_SITTING = timedelta(minutes=10)
#: Pictures of a post that is never sent are kept this long (consent.md section 6).
UNUSED = timedelta(days=90)
#: What people call each field, for showing two versions side by side.
FIELDS: Mapping[str, Text] = {
    "caption": say("Text"),
    "first_comment": say("First comment"),
    "place": say("Place"),
    "collaborators": say("Co-authors"),
    "tags": say("Tagged accounts"),
    "channels": say("Channels"),
    "texts": say("Text on other channels"),
    "pictures": say("Pictures"),
    "kind": say("Kind of post"),
    "ratio": say("Shape"),
    "reasons": say("Reasons"),
}


def save(
    session: Session,
    actor: Actor,
    draft_id: str,
    base: str,
    *,
    now: datetime,
    action: str = WRITE,
    **fields: Any,
) -> Draft:
    """Put new values into some fields of the content; the same values again change nothing.

    ``base`` is :func:`base_of` these fields as the page was made.  When somebody else has changed one
    of them since, nothing is written and :class:`Conflict` shows both; whoever changed other fields is
    in nobody's way.
    """
    row = draft_for(session, actor, draft_id, action)
    before = contents_of(session, [row])[row.id]
    wanted = replace(before, **fields)
    if wanted == before:
        return row
    if base != base_of(before, fields):
        _refuse_clash(before, wanted, fields)
    return write(session, actor, row, wanted, now=now)


def base_of(content: Content, fields: Iterable[str]) -> str:
    """What some fields say now, as a short mark for a form to send back."""
    raw = content.to_json()
    return digest({name: raw[name] for name in fields})[:16]


def change(
    session: Session,
    actor: Actor,
    draft_id: str,
    how: Callable[[Content], Content],
    *,
    now: datetime,
    action: str = WRITE,
) -> Draft:
    """Change what is there now, whatever it is: to add a picture needs no version."""
    row = draft_for(session, actor, draft_id, action)
    before = contents_of(session, [row])[row.id]
    wanted = how(before)
    return row if wanted == before else write(session, actor, row, wanted, now=now)


def write(
    session: Session,
    actor: Actor,
    row: Draft,
    content: Content,
    *,
    now: datetime,
    restored_from: int | None = None,
) -> Draft:
    """The present content becomes this one; the draft's state follows (decisions.md 4)."""
    me = ref_of(actor)
    newest = version_row(session, row.id, row.number)
    grows = (
        not newest.is_closed
        and restored_from is None
        and newest.made_by == me
        and now - newest.made_at < ONE_SITTING
    )
    if grows:
        newest.content, newest.changed_at = content.to_json(), now
    else:
        row.number += 1
        session.add(
            DraftVersion(
                draft_id=row.id,
                number=row.number,
                content=content.to_json(),
                made_by=me,
                made_at=now,
                changed_at=now,
                restored_from=restored_from,
            )
        )
        record(session, actor, "drafts:draft:changed", "draft", row.id,
               changes={"number": (row.number - 1, row.number)}, now=now)  # fmt: skip
    row.kind, row.title = content.kind, content.caption.strip().split("\n")[0][:80]
    _follow(row, me, now)
    _link_media(session, row, content, now)
    session.flush()
    return row


def media_changed(session: Session, actor: Actor, draft_id: str, *, now: datetime) -> Draft:
    """After anything was said or done about its pictures: an approval no longer fits what is there."""
    row = draft_for(session, actor, draft_id)
    _follow(row, ref_of(actor), now)
    session.flush()
    return row


def close_version(session: Session, row: Draft) -> None:
    """What was sent, approved or shown stands: the next change makes a new version."""
    version_row(session, row.id, row.number).is_closed = True


def add_pictures(session: Session, actor: Actor, draft_id: str, *item_ids: str, now: datetime) -> Draft:
    """Put pictures last; one that is there already stays where it is."""

    def how(content: Content) -> Content:
        new = [item for item in item_ids if item not in content.item_ids]
        return replace(content, pictures=(*content.pictures, *(Picture(item) for item in new)))

    return change(session, actor, draft_id, how, now=now)


def remove_picture(session: Session, actor: Actor, draft_id: str, item_id: str, *, now: datetime) -> Draft:
    """Take it out of the post.  The file stays for undo, until its time is up."""

    def how(content: Content) -> Content:
        return replace(content, pictures=tuple(p for p in content.pictures if p.item_id != item_id))

    return change(session, actor, draft_id, how, now=now)


def _follow(row: Draft, me: str, now: datetime) -> None:
    """The state that a change leaves (decisions.md 4), and the count that tells the second of two editors."""
    is_author = me == row.author or me.startswith("host:") or row.state in WITH_AUTHOR
    state = state_after_edit(DraftState(row.state), by_author=is_author)
    if row.state != state:
        row.state, row.state_since = state, now
    row.changed_at, row.version = now, row.version + 1


def _refuse_clash(before: Content, wanted: Content, fields: Mapping[str, Any]) -> None:
    """Two people wrote different things in the same field: both are shown, and neither is lost."""
    clashing = [name for name in fields if getattr(before, name) != getattr(wanted, name)]
    mine = [(FIELDS[name], _shown(getattr(wanted, name))) for name in clashing]
    theirs = [(FIELDS[name], _shown(getattr(before, name))) for name in clashing]
    text = say("Somebody else has changed this post since you opened it.")
    raise Conflict("draft_changed", text, mine, theirs)


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "\n".join(str(text) for text in value.values())
    if isinstance(value, tuple):
        return ", ".join(getattr(one, "alt", None) or str(one) for one in value)
    return value


def _link_media(session: Session, row: Draft, content: Content, now: datetime) -> None:
    """Which pictures the post shows now; they are kept as long as it may still be sent."""
    session.exec(delete(DraftMedia).where(col(DraftMedia.draft_id) == row.id))
    session.add_all(
        DraftMedia(draft_id=row.id, item_id=item, position=n) for n, item in enumerate(content.item_ids)
    )
    if content.item_ids:
        keeping.keep_until(session, SYSTEM, content.item_ids, (now + UNUSED).date(), now=now)


__all__ = ["add_pictures", "change", "close_version", "remove_picture", "save", "write"]
