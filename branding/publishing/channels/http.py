"""One small client over HTTP: a call is made once, and what came of it is a value or a :class:`Failure`.

Nothing is ever repeated or redirected here.  The token goes into a header, and neither it nor anything that
a channel wrote gets into a record, a log or the text of an error.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError

from branding.core import clock
from branding.publishing.channels.envelopes import failure_in
from branding.publishing.values.calls import CallFailed, CallRecord, Failure, Sent, Step

#: Seconds to connect, and between two bytes of an answer.
TIMEOUT = (5.0, 60.0)
#: No answer is longer; a call with its whole answer takes less time than a lease.
MOST_BYTES, MOST_SECONDS = 4_000_000, 60.0
_PIECE = 65536
Note = Callable[[CallRecord], None]

# It writes addresses with their queries, and one of them holds a token.
logging.getLogger("urllib3.connectionpool").setLevel(logging.CRITICAL)


class _Token(AuthBase):
    """As ``auth`` and not as a header, so that no ``.netrc`` takes its place."""

    def __init__(self, scheme: str, token: str) -> None:
        self._header = f"{scheme} {token}"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if not (self._header.isascii() and self._header.isprintable()):
            raise requests.exceptions.InvalidHeader  # its usual text would say the token
        request.headers["Authorization"] = self._header
        return request


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked; nothing of it is shown by ``repr``, as it holds words of a post."""

    step: Step
    method: str
    url: str = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: A form, or with ``json`` a document.
    data: Mapping[str, str] | None = field(default=None, repr=False)
    json: Mapping[str, Any] | None = field(default=None, repr=False)
    #: A picture in a form: its field's name and the bytes.
    picture: tuple[str, bytes] | None = field(default=None, repr=False)
    #: The whole body: bytes, or a film that is read piece by piece.
    body: bytes | io.RawIOBase | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    scheme: str = "Bearer"


@dataclass(frozen=True, slots=True)
class Reply:
    """A success."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    #: Empty when there was no document.
    content: Mapping[str, Any] = field(repr=False)


class Http:
    """Calls of one profile on one channel."""

    def __init__(self, token: str, note: Note, *, timeout: tuple[float, float] | None = None) -> None:
        self._token, self._note, self._timeout = token, note, timeout or TIMEOUT
        self._session = requests.Session()

    def __repr__(self) -> str:
        return "Http()"

    def ask(self, call: Call, *, needs_document: bool = True, needs: str = "") -> Reply:
        """Make the call once.  :class:`CallFailed` when it did not surely succeed.

        ``needs`` names what the answer must hold: without the id nobody knows what became of it.
        """
        started = clock.now()
        # A line that was kept open may be dead without our knowing, and what is sent into it may have
        # arrived: the one call that must not be doubtful opens a line of its own.
        session = requests.Session() if call.step == Step.PUBLISH else self._session
        try:
            with self._answered(session, call) as answer:
                body = _body(answer)
        except requests.RequestException as error:
            failure = unanswered(call.step, error)
        except HTTPError:  # the answer had begun
            failure = Failure(call.step, Sent.YES, "cut_short")
        else:
            found = _read(call.step, answer, body, needs_document)
            if isinstance(found, Reply) and needs and not found.content.get(needs):
                found = Failure(call.step, Sent.MAYBE, "no_id", found.status)
            if isinstance(found, Reply):
                self._note(_record(call, started, found.status, None))
                return found
            failure = found
        self._note(_record(call, started, failure.http_status, failure))
        raise CallFailed(failure) from None

    def _answered(self, session: requests.Session, call: Call) -> requests.Response:
        name, content = call.picture or ("", b"")
        return session.request(
            call.method,
            call.url,
            params=dict(call.params),
            data=call.body if call.body is not None else call.data,
            json=call.json,
            files={name: ("picture.jpg", content, "image/jpeg")} if call.picture else None,
            headers=dict(call.headers),
            auth=_Token(call.scheme, self._token) if call.scheme else _no_auth,
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        )


def _body(answer: requests.Response) -> bytes:
    """What was answered; what has no end, or comes in drips, is as good as cut short."""
    found, ends_at = bytearray(), time.monotonic() + MOST_SECONDS
    while piece := answer.raw.read1(_PIECE, decode_content=True):
        found += piece
        if len(found) > MOST_BYTES or time.monotonic() > ends_at:
            raise HTTPError("too much, or too slow")
    return bytes(found)


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """An address that was given to us opens by itself."""
    return request


def unanswered(step: Step, error: requests.RequestException) -> Failure:
    """Whether the channel can have got what was sent (publishing-apis.md section 1.6, second table)."""
    if isinstance(error, requests.exceptions.InvalidHeader):
        return Failure(step, Sent.NO, "bad_token")
    inner = error.args[0] if error.args else None
    if isinstance(error, requests.ConnectTimeout):
        return Failure(step, Sent.NO, "timeout")
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return Failure(step, Sent.YES, "cut_short")
    if isinstance(error, requests.Timeout):
        return Failure(step, Sent.MAYBE, "timeout")
    if isinstance(error, requests.exceptions.ProxyError):
        return Failure(step, Sent.NO, "refused")
    if isinstance(inner, MaxRetryError):
        reason = inner.reason
        if isinstance(reason, NewConnectionError | ConnectTimeoutError) or _is_certificate(reason):
            return Failure(step, Sent.NO, "refused")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return Failure(step, Sent.NO, "refused")
    return Failure(step, Sent.MAYBE, "dropped")


def _is_certificate(reason: object) -> bool:
    """Any other trouble with TLS can come after something was sent."""
    return "CERTIFICATE_VERIFY_FAILED" in str(reason)


def _read(step: Step, answer: requests.Response, body: bytes, needs_document: bool) -> Reply | Failure:
    content: Any = None
    if body:
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            content = None
    is_document = isinstance(content, dict)
    is_good = 200 <= answer.status_code < 300
    if is_good and (is_document or not needs_document) and "error" not in (content or {}):
        return Reply(answer.status_code, answer.headers, content if is_document else {})
    return failure_in(step, answer.status_code, answer.headers, content if is_document else None)


def _record(call: Call, started: datetime, status: int | None, failure: Failure | None) -> CallRecord:
    return CallRecord(
        step=call.step,
        request=f"{call.method} {urlsplit(call.url).path}"[:200],
        digest=_digest(call),
        started_at=started,
        ended_at=clock.now(),
        http_status=status,
        code=failure.code if failure else None,
        subcode=failure.subcode if failure else None,
        trace_id=failure.trace_id if failure else "",
        kind=failure.kind if failure else "",
        sent=failure.sent if failure else Sent.YES,
    )


def _digest(call: Call) -> str:
    """Of what was sent, without the token; a film counts by its name only, as it is read once."""
    said: dict[str, Any] = {"params": {k: v for k, v in call.params.items() if k != "access_token"}}
    said |= {"data": dict(call.data or {}), "json": call.json}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode())
    if call.picture:
        digest.update(call.picture[1])
    if isinstance(call.body, bytes):
        digest.update(call.body)
    return digest.hexdigest()
