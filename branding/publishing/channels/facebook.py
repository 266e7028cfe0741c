"""A Facebook Page: a photo, several photos or text.  Only staged photos come before the one call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from branding.consent.values.records import Format, MediaKind
from branding.core import clock
from branding.publishing.channels.graph import GraphClient, moment, newest_first, wrong_with
from branding.publishing.channels.http import Call, Note
from branding.publishing.values.calls import (
    CallFailed,
    Can,
    Check,
    Failure,
    Look,
    Made,
    Measured,
    Metric,
    NewToken,
    Placed,
    Progress,
    Quota,
    RemoteComment,
    RemotePost,
    Sent,
    Step,
    Tested,
)
from branding.publishing.values.connections import Access, Apis
from branding.publishing.values.posts import Outgoing, Post

_FIELDS = "id,message,permalink_url,created_time"
_COUNTS = "likes.limit(0).summary(true),comments.limit(0).summary(true),shares"
_MOST_PHOTOS, _NEWEST = 10, 25
_SLACK = timedelta(seconds=60)


class FacebookClient(GraphClient):
    """Satisfies :class:`~publishing.channels.protocol.ChannelClient`."""

    api = "facebook"
    can = frozenset(
        {
            Can.DELETE,
            Can.LIST,
            Can.COMMENT,
            Can.READ_COMMENTS,
            Can.HIDE_COMMENTS,
            Can.MEASURE,
            Can.FOLLOWERS,
        }
    )

    def __init__(self, access: Access, apis: Apis, note: Note) -> None:
        super().__init__(access, apis, note)

    def advance(self, post: Post, made: Made) -> Progress:
        """One photo goes with the call itself, several are staged first."""
        is_film = any(item.kind is MediaKind.VIDEO for item in post.media)
        if is_film or post.format is Format.STORY or len(post.media) > _MOST_PHOTOS:
            raise CallFailed(Failure(Step.PREPARE, Sent.NO, "unsupported"))
        known = {"created_at": clock.now().isoformat(), **made}
        photos = list(known.get("photos", ()))
        if len(post.media) < 2 or len(photos) == len(post.media):
            return Progress(known, is_ready=True)
        item = post.media[len(photos)]
        reply = self._http.ask(
            Call(
                Step.PREPARE,
                "POST",
                self._url(f"{self._account}/photos"),
                data={"published": "false"} | _alt(item),
                picture=("source", item.read()),
            ),
            needs="id",
        )
        known["photos"] = [*photos, str(reply.content["id"])]
        return Progress(known)

    def newest(self, post: Post) -> Sequence[str]:
        return [str(one["id"]) for one in self._listed("feed", "id", None, _NEWEST)]

    def publish(self, post: Post, made: Made) -> Placed:
        if len(post.media) == 1:
            item = post.media[0]
            data = {"caption": post.caption, "published": "true"} | _alt(item)
            url = self._url(f"{self._account}/photos")
            call = Call(Step.PUBLISH, "POST", url, data=data, picture=("source", item.read()))
            reply = self._http.ask(call, needs="post_id")
            # ``id`` is the photo's, and the post's is what everything else is asked by.
            return Placed(str(reply.content["post_id"]))
        data = {"message": post.caption}
        for number, photo in enumerate(made.get("photos", ())):
            data[f"attached_media[{number}]"] = json.dumps({"media_fbid": photo})
        reply = self._post(Step.PUBLISH, f"{self._account}/feed", data, needs="id")
        return Placed(str(reply.content["id"]))

    def look(self, post: Post, made: Made, since: datetime) -> Look:
        return Look(None, tuple(self.posts_since(since - _SLACK)))

    def permalink(self, external_id: str) -> str:
        found = self._get(Step.READ, external_id, fields="permalink_url").content
        return str(found.get("permalink_url", ""))

    def is_live(self, external_id: str) -> bool:
        if self._is_readable(external_id):
            return True
        return external_id in {str(one["id"]) for one in self._listed("feed", "id", None, _NEWEST)}

    def posts_since(self, since: datetime) -> Sequence[RemotePost]:
        posts = [
            RemotePost(
                str(one["id"]),
                str(one.get("message") or ""),
                moment(one.get("created_time")),
                str(one.get("permalink_url") or ""),
                "feed",
            )
            for one in self._listed("feed", _FIELDS, since)
        ]
        return newest_first([post for post in posts if post.posted_at >= since.replace(microsecond=0)])

    def comments(self, external_id: str) -> Sequence[RemoteComment]:
        return self._comments(external_id, "id,message,created_time,is_hidden,from", "is_hidden")

    def hide_comment(self, comment_id: str) -> None:
        self._post(Step.COMMENT, comment_id, {"is_hidden": "true"})

    def measure(self, external_id: str, form: Format) -> Measured:
        """Views are insights; what people did with the post stands on the post itself."""
        content = self._get(Step.READ, external_id, fields=_COUNTS).content
        told = dict(self._measured(external_id, "facebook").values)
        for metric, value in (
            (Metric.LIKES, (content.get("likes") or {}).get("summary", {}).get("total_count")),
            (Metric.COMMENTS, (content.get("comments") or {}).get("summary", {}).get("total_count")),
            (Metric.SHARES, (content.get("shares") or {}).get("count")),
        ):
            told[metric] = value if isinstance(value, int) else None
        return Measured(told)

    def followers(self) -> int | None:
        found = self._get(Step.READ, self._account, fields="followers_count").content.get("followers_count")
        return found if isinstance(found, int) else None

    def quota(self) -> Quota | None:
        return None

    def refreshed(self) -> NewToken | None:
        return None

    def test(self) -> Sequence[Tested]:
        first = self._tried(Check.TOKEN, lambda: self._get(Step.READ, "me", fields="id"))
        if first.code in ("unreachable", "strange_answer", "version_ended"):
            return [replace(first, check=Check.REACHED)]
        found = [Tested(Check.REACHED, True), first]
        if not first.is_ok:
            return found
        account = self._tried(Check.ACCOUNT, lambda: self._get(Step.READ, self._account, fields="name"))
        found.append(account)
        if account.is_ok:
            found.append(self._permissions())
        return found

    def _permissions(self) -> Tested:
        read = self._tried(Check.PERMISSIONS, lambda: self._listed("feed", "id", None, 1))
        if not read.is_ok:
            is_missing = read.code == "permission_missing"
            return replace(read, detail="pages_read_engagement") if is_missing else read
        try:
            # An empty post is refused for being empty, and before that for a missing right; and it is not
            # shown, should it be taken after all.
            self._post(Step.PREPARE, f"{self._account}/feed", {"message": "", "published": "false"})
        except CallFailed as error:
            if wrong_with(error.failure) == "permission_missing":
                return Tested(Check.PERMISSIONS, False, "permission_missing", "pages_manage_posts")
        return Tested(Check.PERMISSIONS, True)


def _alt(item: Outgoing) -> dict[str, str]:
    return {"alt_text_custom": item.alt} if item.alt else {}
