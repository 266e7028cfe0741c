"""What a channel answers, and what that means for what we do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

#: What has been made at the channel so far: ids by our own names for them, kept as JSON.
Made = Mapping[str, Any]
#: In ``made``: when it was found ready.  The engine takes it away with each call that publishes, so that
#: whatever comes after a call is asked for anew.
READY_AT = "ready_at"


class Step(StrEnum):
    """What a call is for: the same error means another thing before and after publishing."""

    #: Makes or fills something that nobody can see; may be repeated.
    PREPARE = "prepare"
    #: Asks whether what was handed over is ready.
    POLL = "poll"
    #: The one call that cannot be taken back.
    PUBLISH = "publish"
    #: Reads.
    READ = "read"
    COMMENT = "comment"
    DELETE = "delete"


class Sent(StrEnum):
    """Whether the channel can have got the request."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


class Answer(StrEnum):
    """What to do with an answer."""

    OK = "ok"
    #: The same call again, later.
    RETRY = "retry"
    #: What was handed over is lost: from the start, later.
    REBUILD = "rebuild"
    #: The channel wants peace for a while.
    WAIT = "wait"
    #: Not ready yet: ask again.
    NOT_READY = "not_ready"
    #: The connection is dead; the post stays planned.
    RECONNECT = "reconnect"
    #: This post cannot go out as it is.
    PERMANENT = "permanent"
    #: It may be out.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that is no success, or none at all; never the text that the channel wrote."""

    step: Step
    sent: Sent
    #: What was seen: timeout, refused, dropped, cut_short, not_json, no_id, http or error; of what lies
    #: ready expired or container_error; of films upload_failed or upload_refused; bad_token or unsupported.
    kind: str
    http_status: int | None = None
    code: int | None = None
    subcode: int | None = None
    trace_id: str = ""
    #: How long the channel asks us to wait.
    wait: timedelta | None = None
    #: The post that the channel says is there already.
    adopt: str = ""


class CallFailed(Exception):
    """A call to a channel did not succeed; ``failure`` says how."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.step}: {failure.kind} {failure.code}/{failure.subcode}")
        self.failure = failure


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call, for the record: what was asked (a digest, no token) and what came back."""

    step: Step
    #: Method and path, without host, query or token.
    request: str
    #: SHA-256 of the body without the token, in hex.
    digest: str
    started_at: datetime
    ended_at: datetime
    http_status: int | None = None
    code: int | None = None
    subcode: int | None = None
    trace_id: str = ""
    #: What was seen when it failed; empty when it went well.
    kind: str = ""
    #: Whether the channel can have got it.
    sent: Sent = Sent.YES


@dataclass(frozen=True, slots=True)
class Progress:
    """One step nearer: what has been made, and whether only publishing is left."""

    made: Made
    is_ready: bool = False
    #: Ask again after this long; None: go on at once.
    wait: timedelta | None = None
    #: The next step may take this long: nobody else may take it for given up meanwhile.
    lasts: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Placed:
    """It is out.  Without an id the channel did not say which post it is."""

    external_id: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class RemotePost:
    """A post as the channel lists it."""

    external_id: str
    caption: str
    posted_at: datetime
    permalink: str = ""
    #: feed, reel or story, as far as the channel says.
    kind: str = ""


class Container(StrEnum):
    """What has been handed over, as the channel sees it."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"
    PUBLISHED = "published"
    ERROR = "error"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Look:
    """What was read after an unclear answer.  ``container`` is None where a channel has no such thing."""

    container: Container | None
    #: Posts since shortly before the call, the newest first.
    posts: tuple[RemotePost, ...] = ()
    #: Whether the channel lets us list posts at all.
    can_list: bool = True


@dataclass(frozen=True, slots=True)
class RemoteComment:
    """A comment below a live post."""

    external_id: str
    text: str
    made_at: datetime
    is_hidden: bool = False
    #: Written by the profile itself.
    is_own: bool = False


class Metric(StrEnum):
    """What is counted; every name at a channel is configuration (apis.toml)."""

    VIEWS = "views"
    REACH = "reach"
    LIKES = "likes"
    COMMENTS = "comments"
    SAVED = "saved"
    SHARES = "shares"
    REPLIES = "replies"


@dataclass(frozen=True, slots=True)
class Measured:
    """Numbers of a post; what a channel does not say is None, never 0."""

    values: Mapping[Metric, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quota:
    """Posts in the last 24 hours, and how many are allowed; read from the channel each time."""

    used: int
    most: int


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that lives longer than the one before."""

    token: str
    expires_at: datetime | None


class Can(StrEnum):
    """What a channel lets us do; what it does not is done by hand."""

    DELETE = "delete"
    LIST = "list"
    LIST_STORIES = "list_stories"
    COMMENT = "comment"
    READ_COMMENTS = "read_comments"
    HIDE_COMMENTS = "hide_comments"
    MEASURE = "measure"
    FOLLOWERS = "followers"
    REFRESH = "refresh"


class Check(StrEnum):
    """One line of a connection's test."""

    #: The address answers.
    REACHED = "reached"
    #: The token is accepted.
    TOKEN = "token"  # noqa: S105 - the name of a check
    #: It is the account that we think.
    ACCOUNT = "account"
    #: Everything that publishing needs is allowed.
    PERMISSIONS = "permissions"
    #: There is room for more posts today.
    QUOTA = "quota"
    #: The channel can fetch our pictures.
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Tested:
    """What a check found; ``code`` names what is wrong, ``detail`` what a person needs to mend it."""

    check: Check
    is_ok: bool
    code: str = ""
    detail: str = ""
