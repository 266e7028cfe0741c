"""The test of an Instagram connection: everything that publishing needs, tried without posting anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from branding.publishing.channels.graph import wrong_with
from branding.publishing.values.calls import CallFailed, Check, Step, Tested

if TYPE_CHECKING:
    from branding.publishing.channels.instagram import InstagramClient

#: What each kind of sign-in calls its permissions.
_NAMES = {
    "facebook_login": {
        "basic": "instagram_basic",
        "publish": "instagram_content_publish",
        "comments": "instagram_manage_comments",
        "insights": "instagram_manage_insights",
    },
    "instagram_login": {
        "basic": "instagram_business_basic",
        "publish": "instagram_business_content_publish",
        "comments": "instagram_business_manage_comments",
        "insights": "instagram_business_manage_insights",
    },
}
#: How tokens of each kind begin; another beginning is a token of the other kind.
_BEGINS = {"facebook_login": "EA", "instagram_login": "IG"}


def probe_instagram(client: InstagramClient, picture: str) -> Sequence[Tested]:
    """Stops where nothing further can be known."""
    first = client._tried(Check.TOKEN, lambda: client._get(Step.READ, "me", fields="id"))
    if first.code in ("unreachable", "strange_answer", "version_ended"):
        return [replace(first, check=Check.REACHED)]
    reached = Tested(Check.REACHED, True)
    if not first.is_ok and first.code == "token_dead":
        is_other = not client._access.token.startswith(_BEGINS[client.api])
        return [reached, replace(first, code="wrong_flavour") if is_other else first]
    found = [reached, Tested(Check.TOKEN, True)]
    account = client._tried(Check.ACCOUNT, lambda: client._get(Step.READ, client._account, fields="username"))
    if account.code == "permission_missing":
        return [*found, _missing(client, "basic")]
    found.append(account)
    if not account.is_ok:
        return found
    quota = _quota(client)
    if quota.code == "permission_missing":
        return [*found, _missing(client, "publish")]
    found += [_permissions(client), quota]
    return [*found, _pictures(client, picture)] if picture else found


def _missing(client: InstagramClient, what: str) -> Tested:
    return Tested(Check.PERMISSIONS, False, "permission_missing", _NAMES[client.api][what])


def _quota(client: InstagramClient) -> Tested:
    try:
        room = client.quota()
    except CallFailed as error:
        return Tested(Check.QUOTA, False, wrong_with(error.failure))
    if room is None:
        return Tested(Check.QUOTA, True)
    told = f"{room.used}/{room.most}"
    is_full = room.used >= room.most
    return Tested(Check.QUOTA, not is_full, "quota_full" if is_full else "", told)


def _permissions(client: InstagramClient) -> Tested:
    """Comments and numbers are extras: without them posts go out all the same, and it is said."""
    posts: list[Any] = []
    newest = client._tried(Check.PERMISSIONS, lambda: posts.extend(client._listed("media", "id", None, 1)))
    if not newest.is_ok:
        return newest
    missing = []
    if posts:
        external_id = str(posts[0]["id"])
        for what, path, params in (
            ("comments", "comments", {"fields": "id"}),
            ("insights", "insights", {"metric": "reach"}),
        ):
            try:
                client._get(Step.READ, f"{external_id}/{path}", **params)
            except CallFailed as error:
                if wrong_with(error.failure) == "permission_missing":
                    missing.append(_NAMES[client.api][what])
    return Tested(Check.PERMISSIONS, True, "extra_missing" if missing else "", ", ".join(missing))


def _pictures(client: InstagramClient, picture: str) -> Tested:
    """A container of a test picture: nobody sees it, and it is gone after a day."""
    data = {"image_url": picture}
    tested = client._tried(
        Check.PICTURES, lambda: client._post(Step.PREPARE, f"{client._account}/media", data)
    )
    return replace(tested, code="pictures_unreachable") if _is_unfetched(tested) else tested


def _is_unfetched(tested: Tested) -> bool:
    return not tested.is_ok and tested.detail.split("/")[0] in ("9004", "-2", "36001", "36000")
