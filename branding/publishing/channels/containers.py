"""Instagram's containers: made, filled and asked whether they are ready, one change at a time.

``made`` holds ``children`` and ``parent`` (ids), ``created_at``, ``upload`` (where a film goes), ``uploaded``
``polls`` and ``ready_at``: whoever finds it goes on from there.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from branding.consent.values.records import Format, MediaKind
from branding.core import clock
from branding.publishing.channels.http import Call, Http, Reply
from branding.publishing.values.calls import (
    READY_AT,
    CallFailed,
    Container,
    Failure,
    Made,
    Progress,
    Sent,
    Step,
)
from branding.publishing.values.posts import Outgoing, Post

#: Seconds until the next question, by how often was asked; Meta's own advice is once a minute.
WAITS = (5, 15, 30, 60)
_CODES = {
    "IN_PROGRESS": Container.IN_PROGRESS,
    "FINISHED": Container.FINISHED,
    "PUBLISHED": Container.PUBLISHED,
    "ERROR": Container.ERROR,
    "EXPIRED": Container.EXPIRED,
}
_SUBCODE = re.compile(r"\b(22\d{5})\b")
#: Films lie in sealed blocks of this size.
_PIECE = 1024 * 1024
#: What was found ready is believed for so long: longer than it is made ahead, and much shorter than it lives.
_STAYS_READY = timedelta(hours=1)
#: Bytes a second that a film goes out with at least.
_SLOW_LINE = 500_000
_MOST_ALT, _MOST_COLLABORATORS, _MOST_CHILDREN = 1000, 3, 10


class Containers:
    """Of one account.  Without an ``upload_host`` films are fetched from their address."""

    def __init__(self, http: Http, url: Callable[[str], str], account: str, *, upload_host: str) -> None:
        self._http, self._url, self._account = http, url, account
        self._upload_host = upload_host

    def advance(self, post: Post, made: Made) -> Progress:
        known: dict[str, Any] = dict(made)
        known.setdefault("created_at", clock.now().isoformat())
        if _was_ready(known):
            return Progress(known, is_ready=True)
        if "upload" in known:
            return self._fill(post, known)
        if post.format is Format.CAROUSEL:
            return self._carousel(post, known)
        if "parent" in known:
            return self._asked(known, [str(known["parent"])], is_last=True)
        return self._begun(known, "parent", self._single(post), post.media[0])

    def _carousel(self, post: Post, known: dict[str, Any]) -> Progress:
        children: list[str] = list(known.get("children", ()))
        if not 2 <= len(post.media) <= _MOST_CHILDREN:
            raise CallFailed(Failure(Step.PREPARE, Sent.NO, "unsupported", code=100, subcode=2207028))
        if len(children) < len(post.media):
            item = post.media[len(children)]
            return self._begun(known, "children", self._child(post, item), item)
        if "parent" in known:
            return self._asked(known, [str(known["parent"])], is_last=True)
        if not known.get("are_children_ready"):
            return self._asked(known, children, is_last=False)
        data = {"media_type": "CAROUSEL", "children": ",".join(children), "caption": post.caption}
        return self._begun(known, "parent", data | _collaborators(post), post.media[0])

    def _begun(self, known: dict[str, Any], name: str, data: dict[str, str], item: Outgoing) -> Progress:
        """A new container; its id is kept before anything else is done with it."""
        call = Call(Step.PREPARE, "POST", self._url(f"{self._account}/media"), data=data)
        reply = self._http.ask(call, needs="id")
        number = reply.content["id"]
        if name == "children":
            known["children"] = [*known.get("children", ()), str(number)]
        else:
            known["parent"] = str(number)
        known["polls"] = 0
        if data.get("upload_type") != "resumable":
            return Progress(known)
        known["upload"] = self._upload_address(reply)
        return Progress(known, lasts=timedelta(seconds=item.film_size / _SLOW_LINE))

    def _single(self, post: Post) -> dict[str, str]:
        item = post.media[0]
        if post.format is Format.STORY:
            return {"media_type": "STORIES"} | self._source(item) | _tags(post, item, needs_place=False)
        if item.kind is MediaKind.VIDEO:
            # A lone film in the feed is a reel; that it is in the feed too is said, as no default is known.
            data = {"media_type": "REELS", "caption": post.caption, "share_to_feed": "true"}
            return data | self._source(item) | _collaborators(post) | _tags(post, item, needs_place=False)
        data = {"caption": post.caption} | self._source(item) | _alt(item)
        return data | _collaborators(post) | _tags(post, item)

    def _child(self, post: Post, item: Outgoing) -> dict[str, str]:
        data = {"is_carousel_item": "true"} | self._source(item)
        if item.kind is MediaKind.VIDEO:
            return data | {"media_type": "VIDEO"}
        # Whoever is tagged is tagged once, in the picture that people see first.
        is_first = item is next(one for one in post.media if one.kind is not MediaKind.VIDEO)
        return data | _alt(item) | (_tags(post, item) if is_first else {})

    def _source(self, item: Outgoing) -> dict[str, str]:
        if item.kind is not MediaKind.VIDEO:
            return {"image_url": item.address()}
        return {"upload_type": "resumable"} if self._upload_host else {"video_url": item.address()}

    def _upload_address(self, reply: Reply) -> str:
        """The address that Instagram names, when it is one of theirs: the token goes there."""
        address = str(reply.content.get("uri", ""))
        if not address.startswith(self._upload_host + "/"):
            raise CallFailed(Failure(Step.PREPARE, Sent.YES, "upload_refused"))
        return address

    def _fill(self, post: Post, known: dict[str, Any]) -> Progress:
        """The film's bytes, for the container that was made last."""
        item = post.media[max(0, len(known.get("children", ())) - 1)]
        headers = {
            "offset": "0",
            "file_size": str(item.film_size),
            "Content-Type": "application/octet-stream",
        }
        body = Film(item)
        self._http.ask(
            Call(Step.PREPARE, "POST", known["upload"], body=body, headers=headers, scheme="OAuth")
        )
        del known["upload"]
        return Progress(known)

    def _asked(self, known: dict[str, Any], numbers: list[str], *, is_last: bool) -> Progress:
        """Whether they are ready: containers of pictures too, as they sometimes are not."""
        for number in numbers:
            state, subcode = status_of(self._http, self._url(number), Step.POLL)
            if state is Container.IN_PROGRESS:
                polls = int(known.get("polls", 0))
                known["polls"] = polls + 1
                return Progress(known, wait=timedelta(seconds=WAITS[min(polls, len(WAITS) - 1)]))
            if state is Container.EXPIRED:
                raise CallFailed(Failure(Step.POLL, Sent.YES, "expired", 200))
            if state is Container.ERROR:
                raise CallFailed(Failure(Step.POLL, Sent.YES, "container_error", 200, subcode=subcode))
        if is_last:
            known[READY_AT] = clock.now().isoformat()
            return Progress(known, is_ready=True)
        known["are_children_ready"] = True
        return Progress(known)


def _was_ready(known: Mapping[str, Any]) -> bool:
    """What was ready a moment ago is not asked again when it is due: were it gone, the call would say so."""
    at = known.get(READY_AT)
    return at is not None and clock.now() - datetime.fromisoformat(at) < _STAYS_READY


class Film(io.RawIOBase):
    """A film as the body of a call: it has a length, and is read a megabyte at a time."""

    def __init__(self, item: Outgoing) -> None:
        self._item, self._at = item, 0
        self._start, self._kept = 0, b""

    def __len__(self) -> int:
        return self._item.film_size

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        end = self._item.film_size if size < 0 else min(self._item.film_size, self._at + size)
        if not self._start <= self._at < self._start + len(self._kept):
            self._start = self._at
            until = min(self._item.film_size, self._at + _PIECE)
            self._kept = self._item.film(self._at, until) if until > self._at else b""
        found = self._kept[self._at - self._start : end - self._start]
        self._at += len(found)
        return found


def status_of(http: Http, url: str, step: Step) -> tuple[Container, int | None]:
    """Where a container stands, and the finer code of its error when its text names one."""
    content = http.ask(Call(step, "GET", url, params={"fields": "status_code,status"})).content
    state = _CODES.get(str(content.get("status_code")))
    if state is None:
        raise CallFailed(Failure(step, Sent.YES, "not_json", 200))
    found = _SUBCODE.search(str(content.get("status", ""))) if state is Container.ERROR else None
    return state, int(found[1]) if found else None


def _alt(item: Outgoing) -> dict[str, str]:
    return {"alt_text": item.alt[:_MOST_ALT]} if item.alt else {}


def _tags(post: Post, item: Outgoing, *, needs_place: bool = True) -> dict[str, str]:
    """Accounts tagged in a picture, side by side along its lower edge; films take no place."""
    where = needs_place and item.kind is not MediaKind.VIDEO
    count = len(post.tags)
    tags = [
        {"username": name} | ({"x": round((n + 1) / (count + 1), 2), "y": 0.9} if where else {})
        for n, name in enumerate(post.tags)
    ]
    return {"user_tags": json.dumps(tags)} if tags else {}


def _collaborators(post: Post) -> dict[str, str]:
    names = list(post.collaborators[:_MOST_COLLABORATORS])
    return {"collaborators": json.dumps(names)} if names else {}
