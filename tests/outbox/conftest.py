"""A real mail server on this machine."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox import jobs

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


class Server:
    """A real mail server on this machine that answers as it is told."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return self.answer


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Server(port)
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def deliver(database: Database, settings: Settings, server: Server) -> Callable[[], None]:
    sending = replace(settings, smtp_host="127.0.0.1", smtp_port=server.port, smtp_security="none")
    return lambda: jobs.deliver(Job("outbox.deliver", database, sending, NOW))
