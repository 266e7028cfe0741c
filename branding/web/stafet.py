"""What the web machinery needs from the application: settings, database and the actor loaders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlmodel import Session

from branding.core.actor import Actor
from branding.core.db import Database
from branding.core.settings import Settings
from branding.core.text import Text


@dataclass(frozen=True, slots=True)
class Going:
    """Where a post stands on its way out, as lists show it."""

    #: The drawing of ``components/status.html``, and the word.
    kind: str
    word: Text
    #: When it went out, or goes out.
    moment: datetime
    #: Where it can be seen; empty while it cannot.
    link: str = ""


@dataclass
class Stafet:
    """Kept in ``app.extensions["stafet"]``; features fill in what the machinery asks them for."""

    settings: Settings
    database: Database
    #: Who is signed in, from the cookie; set by the feature that knows accounts.
    load_user: Callable[[], Actor | None] = field(default=lambda: None)
    #: Whose takeover link is open, from the cookie; set by the feature that knows hosts.
    load_host: Callable[[], Actor | None] = field(default=lambda: None)
    #: What people are called, by the ids of their accounts; set by the feature that knows accounts.
    people_names: Callable[[Iterable[int]], Mapping[int, str]] = field(default=lambda _ids: {})
    #: Facts about the organisation that every page shows; set by the feature that knows it.
    frame: Callable[[], object | None] = field(default=lambda: None)
    #: Where posts stand on their way out, by the ids of their drafts; set by the room that sends them.
    going_of: Callable[[Collection[str]], Mapping[str, Going]] = field(default=lambda _ids: {})
    #: Figures for monitoring; set by the application, which knows the room that has them.
    health: Callable[[], Mapping[str, object]] = field(default=lambda: {})
    #: Empties every room for a new organisation; set by the application, which knows them all.
    begin_anew: Callable[[Session], None] = field(default=lambda _session: None)


def stafet() -> Stafet:
    found: Stafet = current_app.extensions["stafet"]
    return found
