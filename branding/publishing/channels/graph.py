"""The Graph API as Instagram and Facebook Pages share it: addresses, comments, numbers, and taking down."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from branding.publishing.channels.http import Call, Http, Note, Reply
from branding.publishing.values.calls import (
    CallFailed,
    Can,
    Check,
    Failure,
    Measured,
    Metric,
    RemoteComment,
    RemotePost,
    Sent,
    Step,
    Tested,
)
from branding.publishing.values.connections import Access, Apis

#: An object that is not readable: gone, or Meta's flaw of now and then.
_GONE = (100, 33)
#: How many posts a list gives at once, and how many pages are read of it.
_PAGE, _PAGES = 50, 20
#: Asked of a story that fewer than five people have seen.
_TOO_FEW = 10


class GraphClient:
    """Calls below one account."""

    #: Which entry of apis.toml.
    api = "facebook"
    can: frozenset[Can] = frozenset()

    def __init__(self, access: Access, apis: Apis, note: Note) -> None:
        self._access, self._apis = access, apis
        self._http = Http(access.token, note)
        self._account = access.account_id

    def __repr__(self) -> str:
        return f"{type(self).__name__}(profile {self._access.profile_id})"

    def _url(self, path: str) -> str:
        return f"{self._apis.hosts[self.api]}/{self._apis.versions[self.api]}/{path}"

    def _get(self, step: Step, path: str, **params: str) -> Reply:
        return self._http.ask(Call(step, "GET", self._url(path), params=params))

    def _post(self, step: Step, path: str, data: Mapping[str, str], *, needs: str = "") -> Reply:
        return self._http.ask(Call(step, "POST", self._url(path), data=data), needs=needs)

    def _listed(self, edge: str, fields: str, since: datetime | None, most: int | None = None) -> list[Any]:
        params = {"fields": fields, "limit": str(most or _PAGE)}
        if since is not None:
            params["since"] = str(int(since.timestamp()))
        found: list[Any] = []
        for _ in range(_PAGES):
            content = self._get(Step.READ, f"{self._account}/{edge}", **params).content
            found += content.get("data", [])
            paging = content.get("paging") or {}
            after = (paging.get("cursors") or {}).get("after")
            if most is not None or not after or "next" not in paging:
                break
            params["after"] = str(after)
        return found

    def comment(self, external_id: str, text: str) -> str:
        """Nothing is asked back: a ``fields`` parameter makes Meta answer an error for what it has done."""
        reply = self._post(Step.COMMENT, f"{external_id}/comments", {"message": text}, needs="id")
        return str(reply.content["id"])

    def _comments(self, external_id: str, fields: str, hidden: str) -> Sequence[RemoteComment]:
        content = self._get(Step.READ, f"{external_id}/comments", fields=fields, limit="100").content
        return [
            RemoteComment(
                str(one["id"]),
                str(one.get("text") or one.get("message") or ""),
                moment(one.get("timestamp") or one.get("created_time")),
                bool(one.get(hidden)),
                str((one.get("from") or {}).get("id", "")) == self._account,
            )
            for one in content.get("data", [])
        ]

    def delete(self, external_id: str) -> None:
        if Can.DELETE not in self.can:
            raise CallFailed(Failure(Step.DELETE, Sent.NO, "unsupported"))
        self._http.ask(Call(Step.DELETE, "DELETE", self._url(external_id)))

    def _is_readable(self, external_id: str) -> bool:
        try:
            self._get(Step.READ, external_id, fields="id")
        except CallFailed as error:
            if (error.failure.code, error.failure.subcode) == _GONE:
                return False
            raise
        return True

    def _measured(self, external_id: str, kind: str) -> Measured:
        """All numbers in one call, or one by one when the channel knows one of them no more."""
        names = self._apis.metrics.get(kind, {})
        first = [theirs[0] for theirs in names.values() if theirs]
        try:
            found = self._insights(external_id, first) if first else {}
        except CallFailed as error:
            if error.failure.code == _TOO_FEW and kind == "instagram_story":
                return Measured()
            if error.failure.code != 100:
                raise
            found = {}
            for name in {name for theirs in names.values() for name in theirs}:
                with contextlib.suppress(CallFailed):
                    found |= self._insights(external_id, [name])
        values = {
            Metric(ours): next((found[name] for name in theirs if name in found), None)
            for ours, theirs in names.items()
        }
        return Measured(values)

    def _insights(self, external_id: str, names: Sequence[str]) -> dict[str, int]:
        content = self._get(Step.READ, f"{external_id}/insights", metric=",".join(names)).content
        found = {}
        for one in content.get("data", []):
            value = (one.get("total_value") or {}).get("value")
            if value is None and one.get("values"):
                value = one["values"][0].get("value")
            if isinstance(value, int):
                found[str(one.get("name"))] = value
        return found

    def _tried(self, check: Check, ask: Callable[[], Any]) -> Tested:
        """One read of the test, with the name of what is wrong."""
        try:
            ask()
        except CallFailed as error:
            return Tested(check, False, self._code_of(error.failure), _detail(error.failure))
        return Tested(check, True)

    def _code_of(self, failure: Failure) -> str:
        return wrong_with(failure)


def wrong_with(failure: Failure) -> str:
    """What a person is told is wrong, as a code; pages put it into words."""
    if failure.kind == "bad_token":
        return "token_dead"
    if failure.kind in ("refused", "timeout", "dropped", "cut_short"):
        return "unreachable"
    if failure.kind in ("not_json", "http") or (failure.http_status or 0) >= 500:
        return "strange_answer"
    if failure.code in (102, 190) or (failure.code is None and failure.http_status == 401):
        return "token_dead"
    if failure.code == 10 or 200 <= (failure.code or 0) <= 299:
        return "permission_missing"
    if (failure.code, failure.subcode) == _GONE or failure.http_status == 404:
        return "account_not_found"
    if failure.code in (4, 17, 32, 613, 80001, 80002) or failure.http_status == 429:
        return "throttled"
    if failure.http_status == 403:
        return "permission_missing"
    return "version_ended" if failure.http_status == 426 else "refused"


def _detail(failure: Failure) -> str:
    """What the channel's own support asks for."""
    numbers = f"{failure.code}/{failure.subcode or '-'}" if failure.code is not None else ""
    return " ".join(part for part in (numbers, failure.trace_id) if part)


def moment(told: Any) -> datetime:
    """``2026-11-22T12:00:00+0000``; what cannot be read is long ago, so that it matches nothing."""
    try:
        found = datetime.fromisoformat(str(told))
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def newest_first(posts: Sequence[RemotePost]) -> list[RemotePost]:
    return sorted(posts, key=lambda post: post.posted_at, reverse=True)
