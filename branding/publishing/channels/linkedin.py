"""A LinkedIn organisation's page: pictures are put up first, one call shows the post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from branding.consent.values.records import Format, MediaKind
from branding.core import clock
from branding.publishing.channels.containers import WAITS
from branding.publishing.channels.graph import newest_first, wrong_with
from branding.publishing.channels.http import Call, Http, Note, Reply
from branding.publishing.rules.little_text import escaped, unescaped
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

_MOST_IMAGES, _NEWEST = 20, 25
_SLACK = timedelta(seconds=60)
_UPLOAD = {"action": "initializeUpload"}
_FOLLOWERS = {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}
#: What LinkedIn answers when a right is missing.
_FORBIDDEN = 403


class LinkedInClient:
    """Satisfies :class:`~publishing.channels.protocol.ChannelClient`."""

    can = frozenset({Can.DELETE, Can.LIST, Can.COMMENT, Can.READ_COMMENTS, Can.MEASURE, Can.FOLLOWERS})

    def __init__(self, access: Access, apis: Apis, note: Note) -> None:
        self._access, self._apis = access, apis
        self._http = Http(access.token, note)
        self._headers = {
            "LinkedIn-Version": apis.versions["linkedin"],
            "X-Restli-Protocol-Version": "2.0.0",
        }
        self._author = f"urn:li:organization:{access.account_id.rsplit(':', 1)[-1]}"

    def __repr__(self) -> str:
        return f"LinkedInClient(profile {self._access.profile_id})"

    def advance(self, post: Post, made: Made) -> Progress:
        is_film = any(item.kind is MediaKind.VIDEO for item in post.media)
        if is_film or post.format is Format.STORY or len(post.media) > _MOST_IMAGES:
            raise CallFailed(Failure(Step.PREPARE, Sent.NO, "unsupported"))
        known: dict[str, Any] = {"created_at": clock.now().isoformat(), **made}
        images = list(known.get("images", ()))
        if len(images) < len(post.media):
            known["images"] = [*images, self._put(post.media[len(images)])]
            return Progress(known)
        return self._asked(known, images)

    def _put(self, item: Outgoing) -> str:
        """A place for one picture, and the picture: nobody sees it before a post names it."""
        body = {"initializeUploadRequest": {"owner": self._author}}
        reply = self._ask(Step.PREPARE, "POST", "images", json=body, params=_UPLOAD)
        told = reply.content.get("value") or {}
        address, urn = str(told.get("uploadUrl", "")), str(told.get("image", ""))
        if not urn or not address.startswith(self._apis.hosts["linkedin_upload"] + "/"):
            raise CallFailed(Failure(Step.PREPARE, Sent.YES, "no_id", reply.status))
        headers = {"Content-Type": "application/octet-stream"}
        call = Call(Step.PREPARE, "PUT", address, body=item.read(), headers=headers)
        self._http.ask(call, needs_document=False)
        return urn

    def _asked(self, known: dict[str, Any], images: Sequence[str]) -> Progress:
        for urn in images:
            state = self._ask(Step.POLL, "GET", f"images/{_path(urn)}").content.get("status")
            if state == "PROCESSING_FAILED":
                raise CallFailed(Failure(Step.POLL, Sent.YES, "container_error", 200))
            if state != "AVAILABLE":
                polls = int(known.get("polls", 0))
                known["polls"] = polls + 1
                return Progress(known, wait=timedelta(seconds=WAITS[min(polls, len(WAITS) - 1)]))
        return Progress(known, is_ready=True)

    def newest(self, post: Post) -> Sequence[str]:
        try:
            return [one.external_id for one in self._listed(_NEWEST)]
        except CallFailed as error:
            if error.failure.http_status == _FORBIDDEN:
                return []  # publishing does not need the right to read
            raise

    def publish(self, post: Post, made: Made) -> Placed:
        body: dict[str, Any] = {
            "author": self._author,
            "commentary": escaped(post.caption),
            "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        images = [
            {"id": urn, "altText": item.alt}
            for urn, item in zip(made.get("images", ()), post.media, strict=True)
        ]
        if len(images) == 1:
            body["content"] = {"media": images[0]}
        elif images:
            body["content"] = {"multiImage": {"images": images}}
        reply = self._ask(Step.PUBLISH, "POST", "posts", json=body, needs_document=False)
        if reply.status != 201:
            raise CallFailed(Failure(Step.PUBLISH, Sent.MAYBE, "no_id", reply.status))
        # Without the header it is out all the same; which post it is must be found.
        external_id = reply.headers.get("x-restli-id", "")
        return Placed(external_id, self.permalink(external_id))

    def look(self, post: Post, made: Made, since: datetime) -> Look:
        try:
            posts = [one for one in self._listed(_NEWEST) if one.posted_at >= since - _SLACK]
        except CallFailed as error:
            if error.failure.http_status == _FORBIDDEN:
                return Look(None, can_list=False)
            raise
        return Look(None, tuple(newest_first(posts)))

    def permalink(self, external_id: str) -> str:
        return f"https://www.linkedin.com/feed/update/{external_id}/" if external_id else ""

    def is_live(self, external_id: str) -> bool:
        try:
            self._ask(Step.READ, "GET", f"posts/{_path(external_id)}")
        except CallFailed as error:
            if error.failure.http_status == 404:
                return False
            raise
        return True

    def posts_since(self, since: datetime) -> Sequence[RemotePost]:
        return newest_first([post for post in self._listed(100) if post.posted_at >= since])

    def comment(self, external_id: str, text: str) -> str:
        """Plain text, without backslashes."""
        body = {"actor": self._author, "object": external_id, "message": {"text": text}}
        path = f"socialActions/{_path(external_id)}/comments"
        reply = self._ask(Step.COMMENT, "POST", path, json=body, needs_document=False)
        return str(reply.headers.get("x-restli-id") or reply.content.get("id") or "")

    def comments(self, external_id: str) -> Sequence[RemoteComment]:
        content = self._ask(Step.READ, "GET", f"socialActions/{_path(external_id)}/comments").content
        return [
            RemoteComment(
                str(one.get("id") or one.get("$URN") or ""),
                str((one.get("message") or {}).get("text", "")),
                _moment((one.get("created") or {}).get("time")),
                is_own=one.get("actor") == self._author,
            )
            for one in content.get("elements", [])
        ]

    def hide_comment(self, comment_id: str) -> None:
        raise CallFailed(Failure(Step.COMMENT, Sent.NO, "unsupported"))

    def delete(self, external_id: str) -> None:
        try:
            self._ask(Step.DELETE, "DELETE", f"posts/{_path(external_id)}", needs_document=False)
        except CallFailed as error:
            if error.failure.http_status != 404:  # gone is gone
                raise

    def measure(self, external_id: str, form: Format) -> Measured:
        kind = "ugcPosts" if "ugcPost" in external_id else "shares"
        content = self._ask(
            Step.READ,
            "GET",
            "organizationalEntityShareStatistics",
            params={
                "q": "organizationalEntity",
                "organizationalEntity": self._author,
                kind: f"List({external_id})",
            },
        ).content
        elements: list[dict[str, Any]] = content.get("elements", [])
        told = elements[0].get("totalShareStatistics", {}) if elements else {}
        values: dict[Metric, int | None] = {}
        for ours, theirs in self._apis.metrics.get("linkedin", {}).items():
            found = next((told[name] for name in theirs if name in told), None)
            values[Metric(ours)] = found if isinstance(found, int) else None
        return Measured(values)

    def followers(self) -> int | None:
        path = f"networkSizes/{_path(self._author)}"
        content = self._ask(Step.READ, "GET", path, params=_FOLLOWERS).content
        found = content.get("firstDegreeSize")
        return found if isinstance(found, int) else None

    def quota(self) -> Quota | None:
        return None

    def refreshed(self) -> NewToken | None:
        return None

    def test(self) -> Sequence[Tested]:
        number = self._author.rsplit(":", 1)[-1]
        try:
            self._ask(Step.READ, "GET", f"organizations/{number}")
        except CallFailed as error:
            return self._refused(error.failure)
        found = [Tested(Check.REACHED, True), Tested(Check.TOKEN, True), Tested(Check.ACCOUNT, True)]
        # A place for a picture that is never put there: the right to post, tried without a post.
        body = {"initializeUploadRequest": {"owner": self._author}}
        for name, method, path, more in (
            ("w_organization_social", "POST", "images", _UPLOAD),
            ("r_organization_social", "GET", "posts", self._list_params(1)),
        ):
            try:
                self._ask(Step.READ, method, path, json=body if method == "POST" else None, params=more)
            except CallFailed as error:
                is_needed = name == "w_organization_social"
                if wrong_with(error.failure) != "permission_missing":
                    return [*found, Tested(Check.PERMISSIONS, False, wrong_with(error.failure))]
                code = "permission_missing" if is_needed else "extra_missing"
                return [*found, Tested(Check.PERMISSIONS, not is_needed, code, name)]
        return [*found, Tested(Check.PERMISSIONS, True)]

    def _refused(self, failure: Failure) -> list[Tested]:
        code = wrong_with(failure)
        reached = Tested(Check.REACHED, True)
        if code in ("unreachable", "strange_answer", "version_ended"):
            return [replace(reached, is_ok=False, code=code)]
        if code == "token_dead":
            return [reached, Tested(Check.TOKEN, False, code, failure.trace_id)]
        known = [reached, Tested(Check.TOKEN, True)]
        if code == "permission_missing":
            return [*known, Tested(Check.PERMISSIONS, False, code, "rw_organization_admin")]
        return [*known, Tested(Check.ACCOUNT, False, code, failure.trace_id)]

    def _listed(self, most: int) -> list[RemotePost]:
        content = self._ask(Step.READ, "GET", "posts", params=self._list_params(most)).content
        return [
            RemotePost(
                str(one["id"]),
                unescaped(str(one.get("commentary") or "")),
                _moment(one.get("publishedAt") or one.get("createdAt")),
                self.permalink(str(one["id"])),
                "feed",
            )
            for one in content.get("elements", [])
        ]

    def _list_params(self, most: int) -> dict[str, str]:
        return {"q": "author", "author": self._author, "count": str(most), "sortBy": "CREATED"}

    def _ask(
        self,
        step: Step,
        method: str,
        path: str,
        *,
        json: dict[str, Any] | None = None,
        needs_document: bool = True,
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        url = f"{self._apis.hosts['linkedin']}/rest/{path}"
        call = Call(step, method, url, params=params or {}, json=json, headers=self._headers)
        return self._http.ask(call, needs_document=needs_document)


def _path(urn: str) -> str:
    """Colons in a path are written out."""
    return quote(urn, safe="")


def _moment(told: Any) -> datetime:
    """Milliseconds."""
    return datetime.fromtimestamp(int(told or 0) / 1000, UTC)
