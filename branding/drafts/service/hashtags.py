"""Sets of hashtags: made, changed and put away by those who answer for the posts they belong to."""

from __future__ import annotations

import re
from datetime import datetime

from sqlmodel import Session

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.danish import sort_key
from branding.core.db import taken
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.drafts.models import HashtagSet
from branding.drafts.queries.hashtags import set_row
from branding.drafts.rules.caption import hashtags
from branding.drafts.values.hashtags import NewSet

EDIT = "drafts:hashtag:edit"
_TAKEN = {"uq_hashtag_set_name": ("name", say("There is a set with this name already."))}
_LONGEST_NAME, _MOST_TAGS, _LONGEST = 80, 30, 600


def add_set(session: Session, actor: Actor, new: NewSet, *, now: datetime) -> int:
    policy.check(actor, EDIT, new.unit_id, thing="unit", key=new.unit_id)
    new = _checked(new)
    row = HashtagSet(
        name=new.name,
        sort_key=sort_key(new.name),
        tags=new.tags,
        profile_id=new.profile_id,
        unit_id=new.unit_id,
        profession_id=new.profession_id,
    )
    with taken(session, _TAKEN):
        session.add(row)
    changes = {"name": (None, row.name), "tags": (None, row.tags)}
    record(session, actor, "drafts:hashtag_set:added", "hashtag_set", row.id, changes=changes, now=now)
    return row.id or 0


def change_set(
    session: Session, actor: Actor, set_id: int, new: NewSet, version: int, *, now: datetime
) -> None:
    row = _own(session, actor, set_id)
    policy.check(actor, EDIT, new.unit_id, thing="unit", key=new.unit_id)
    if row.version != version:
        raise Conflict(
            "set_changed",
            say("Somebody else has changed this set since you opened the page."),
            _shown(new.name, new.tags),
            _shown(row.name, row.tags),
        )
    new = _checked(new)
    changes = {"name": (row.name, new.name), "tags": (row.tags, new.tags)}
    with taken(session, _TAKEN):
        row.name, row.sort_key, row.tags = new.name, sort_key(new.name), new.tags
        row.profile_id, row.unit_id, row.profession_id = new.profile_id, new.unit_id, new.profession_id
        row.version += 1
    record(session, actor, "drafts:hashtag_set:changed", "hashtag_set", set_id, changes=changes, now=now)


def put_away(session: Session, actor: Actor, set_id: int, *, now: datetime) -> None:
    """No longer offered; posts keep their hashtags."""
    row = _own(session, actor, set_id)
    if row.archived_at is None:
        row.archived_at, row.version = now, row.version + 1
        record(session, actor, "drafts:hashtag_set:put_away", "hashtag_set", set_id, now=now)


def bring_back(session: Session, actor: Actor, set_id: int, *, now: datetime) -> None:
    row = _own(session, actor, set_id)
    if row.archived_at is not None:
        row.archived_at, row.version = None, row.version + 1
        record(session, actor, "drafts:hashtag_set:brought_back", "hashtag_set", set_id, now=now)


def _own(session: Session, actor: Actor, set_id: int) -> HashtagSet:
    row = set_row(session, set_id)
    policy.check(actor, EDIT, row.unit_id, thing="hashtag_set", key=set_id)
    return row


def _checked(new: NewSet) -> NewSet:
    """Tags may be written with or without #, with spaces or commas between."""
    name = " ".join(new.name.split())
    if not 0 < len(name) <= _LONGEST_NAME:
        raise RuleBroken(
            "bad_name", say("Write a name of at most %(count)s characters.", count=_LONGEST_NAME), "name"
        )
    words = [word.lstrip("#") for word in re.split(r"[\s,;]+", new.tags) if word.strip("#")]
    tags = " ".join(f"#{word}" for word in dict.fromkeys(words))
    if not words or list(hashtags(tags)) != list(dict.fromkeys(words)) or len(tags) > _LONGEST:
        text = say("Write hashtags with letters and numbers only, such as #mitsocial #pædagog.")
        raise RuleBroken("bad_tags", text, "tags")
    if len(words) > _MOST_TAGS:
        raise RuleBroken("many_tags", say("Write at most %(num)s hashtags.", num=_MOST_TAGS), "tags")
    return NewSet(name, tags, new.profile_id, new.unit_id, new.profession_id)


def _shown(name: str, tags: str) -> list[tuple[Text, object]]:
    return [(say("Name"), name), (say("Hashtags"), tags)]
