"""Instagram, by either of its two ways in: containers that nobody sees, and one call that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from branding.consent.values.records import Format
from branding.core import clock
from branding.publishing.channels.containers import Containers, status_of
from branding.publishing.channels.graph import GraphClient, moment, newest_first
from branding.publishing.channels.http import Call, Note
from branding.publishing.channels.probing import probe_instagram
from branding.publishing.values.calls import (
    CallFailed,
    Can,
    Failure,
    Look,
    Made,
    Measured,
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
from branding.publishing.values.posts import Post
from branding.publishing.values.states import Flavour

_ALWAYS = frozenset(
    {
        Can.LIST,
        Can.LIST_STORIES,
        Can.COMMENT,
        Can.READ_COMMENTS,
        Can.HIDE_COMMENTS,
        Can.MEASURE,
        Can.FOLLOWERS,
    }
)
_FIELDS = "id,caption,permalink,timestamp,media_product_type"
_KINDS = {"FEED": "feed", "REELS": "reel", "STORY": "story", "AD": "feed"}
#: Enough that ours are among them, however busy the profile is.
_NEWEST = 25
#: Our clock and theirs may differ a little.
_SLACK = timedelta(seconds=60)


class InstagramClient(GraphClient):
    """Satisfies :class:`~publishing.channels.protocol.ChannelClient`."""

    def __init__(self, access: Access, apis: Apis, note: Note, *, probe: str = "") -> None:
        super().__init__(access, apis, note)
        self._by_facebook = access.flavour is not Flavour.INSTAGRAM_LOGIN
        self.api = "facebook_login" if self._by_facebook else "instagram_login"
        self.can = _ALWAYS | {Can.DELETE if self._by_facebook else Can.REFRESH}
        self._probe = probe
        self._containers = Containers(
            self._http,
            self._url,
            self._account,
            upload_host=apis.hosts["rupload"] if self._by_facebook else "",
        )

    def advance(self, post: Post, made: Made) -> Progress:
        return self._containers.advance(post, made)

    def newest(self, post: Post) -> Sequence[str]:
        return [str(one["id"]) for one in self._edge(post.format, "id", None, _NEWEST)]

    def publish(self, post: Post, made: Made) -> Placed:
        data = {"creation_id": str(made["parent"])}
        reply = self._post(Step.PUBLISH, f"{self._account}/media_publish", data, needs="id")
        return Placed(str(reply.content["id"]))

    def look(self, post: Post, made: Made, since: datetime) -> Look:
        container, _ = status_of(self._http, self._url(str(made["parent"])), Step.READ)
        found = self._edge(post.format, _FIELDS, since - _SLACK, None)
        return Look(container, tuple(newest_first([_remote(one) for one in found])))

    def permalink(self, external_id: str) -> str:
        return str(self._get(Step.READ, external_id, fields="permalink").content.get("permalink", ""))

    def is_live(self, external_id: str) -> bool:
        """Instagram now and then says of a post that it is not there: the list has the last word."""
        if self._is_readable(external_id):
            return True
        listed = self._listed("media", "id", None, _NEWEST) + self._listed("stories", "id", None, _NEWEST)
        return external_id in {str(one["id"]) for one in listed}

    def posts_since(self, since: datetime) -> Sequence[RemotePost]:
        found = self._listed("media", _FIELDS, since) + self._listed("stories", _FIELDS, None)
        posts = [_remote(one) for one in found]
        return newest_first([post for post in posts if post.posted_at >= since.replace(microsecond=0)])

    def comments(self, external_id: str) -> Sequence[RemoteComment]:
        return self._comments(external_id, "id,text,timestamp,hidden,from", "hidden")

    def hide_comment(self, comment_id: str) -> None:
        self._post(Step.COMMENT, comment_id, {"hide": "true"})

    def measure(self, external_id: str, form: Format) -> Measured:
        kinds = {Format.STORY: "instagram_story", Format.REEL: "instagram_reel"}
        return self._measured(external_id, kinds.get(form, "instagram_feed"))

    def followers(self) -> int | None:
        found = self._get(Step.READ, self._account, fields="followers_count").content.get("followers_count")
        return found if isinstance(found, int) else None

    def quota(self) -> Quota | None:
        """None also where this way in does not say: then nothing holds a post back."""
        try:
            content = self._get(
                Step.READ, f"{self._account}/content_publishing_limit", fields="quota_usage,config"
            ).content
        except CallFailed as error:
            if error.failure.code == 100:
                return None
            raise
        told: dict[str, Any] = next(iter(content.get("data", [])), {})
        used, most = told.get("quota_usage"), (told.get("config") or {}).get("quota_total")
        return Quota(used, most) if isinstance(used, int) and isinstance(most, int) else None

    def refreshed(self) -> NewToken | None:
        """60 more days; only Instagram Login has that.  This one address takes its token as a parameter."""
        if self._by_facebook:
            return None
        params = {"grant_type": "ig_refresh_token", "access_token": self._access.token}
        url = f"{self._apis.hosts[self.api]}/refresh_access_token"
        content = self._http.ask(Call(Step.READ, "GET", url, params=params)).content
        token, seconds = content.get("access_token"), content.get("expires_in")
        if not token:  # an empty token never takes the place of one
            raise CallFailed(Failure(Step.READ, Sent.YES, "no_id"))
        until = clock.now() + timedelta(seconds=seconds) if isinstance(seconds, int) else None
        return NewToken(str(token), until)

    def test(self) -> Sequence[Tested]:
        return probe_instagram(self, self._probe)

    def _edge(
        self, form: Format, fields: str, since: datetime | None, most: int | None
    ) -> list[dict[str, object]]:
        """Stories stand in a list of their own, which knows no times."""
        if form is not Format.STORY:
            return self._listed("media", fields, since, most)
        found = self._listed("stories", fields, None, most)
        return [one for one in found if since is None or moment(one.get("timestamp")) >= since]


def _remote(one: dict[str, object]) -> RemotePost:
    return RemotePost(
        str(one["id"]),
        str(one.get("caption") or ""),
        moment(one.get("timestamp")),
        str(one.get("permalink") or ""),
        _KINDS.get(str(one.get("media_product_type")), ""),
    )
