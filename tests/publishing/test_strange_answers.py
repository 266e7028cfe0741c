"""What a channel, or whoever stands in front of it, can answer besides what its documents say."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from branding.publishing.channels import http
from branding.publishing.channels.envelopes import failure_in
from branding.publishing.channels.http import Call, Http
from branding.publishing.rules.answers import classify
from branding.publishing.values.calls import Answer, CallFailed, CallRecord, Failure, Sent, Step

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that reads one request and answers it as told."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            line, _ = listening.accept()
            with line:
                line.recv(65536)
                answer(line)
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1/x"
    finally:
        listening.close()
        thread.join(5)


def failed(answer: Callable[[socket.socket], None], step: Step = Step.PUBLISH) -> Failure:
    notes: list[CallRecord] = []
    with answering(answer) as url, pytest.raises(CallFailed) as error:
        Http("secret-token", notes.append, timeout=(2, 2)).ask(Call(step, "POST", url), needs="id")
    assert len(notes) == 1
    return error.value.failure


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST_BYTES", 100_000)
    sent = 0

    def flood(line: socket.socket) -> None:
        nonlocal sent
        line.sendall(HEAD + b"\r\n")
        while sent < 50_000_000:
            sent += line.send(b" " * 65536)

    found = failed(flood)
    assert (found.kind, classify(found)) == ("cut_short", Answer.UNKNOWN) and sent < 50_000_000


def test_an_answer_that_drips_is_given_up_before_the_lease_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST_SECONDS", 0.5)

    def drip(line: socket.socket) -> None:
        line.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        for _ in range(60):
            line.sendall(b" ")
            time.sleep(0.1)

    began = time.monotonic()
    found = failed(drip)
    assert time.monotonic() - began < 3
    assert (found.kind, classify(found)) == ("cut_short", Answer.UNKNOWN)


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 2\r\n\r\n[]",
        HEAD + b"Content-Length: 4\r\n\r\nnull",
        HEAD + b"\r\n" + b'{"id":' + b"[" * 50_000,
        HEAD + b"\r\n\xff\xfe\x00",
        HEAD + b"Content-Encoding: gzip\r\n\r\nnot gzip",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"",
    ],
    ids=["list", "null", "deep", "bytes", "gzip", "chunks", "redirect", "no-http", "nothing"],
)
def test_what_makes_no_sense_is_unknown_at_publishing_and_tried_again_before(answer: bytes) -> None:
    found = failed(lambda line: line.sendall(answer))
    assert classify(found) is Answer.UNKNOWN
    before = failed(lambda line: line.sendall(answer), Step.PREPARE)
    assert classify(before) is Answer.RETRY


def test_numbers_that_no_column_holds_are_left_out() -> None:
    content = {"error": {"code": 10**12, "error_subcode": -(10**12), "fbtrace_id": "x"}}
    found = failure_in(Step.PUBLISH, 400, {}, content)
    assert (found.code, found.subcode) == (None, None)


def test_a_token_that_no_header_can_carry_sends_nothing_and_is_not_said() -> None:
    for token in ("nøgle–π", "two\nlines"):
        with pytest.raises(CallFailed) as error:
            Http(token, lambda _: None).ask(Call(Step.PUBLISH, "GET", "http://127.0.0.1:9/"))
        found = error.value.failure
        assert (found.sent, token in str(error.value)) == (Sent.NO, False)
