"""Teams and SMS over real HTTP, and what they answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlmodel import select

from branding.core.db import Database
from branding.core.jobs import Job
from branding.core.settings import Settings
from branding.outbox import jobs, service
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail, Via
from tests.outbox.conftest import NOW


class Gateway:
    """A real HTTP server that takes messages and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], Any]] = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    found = Gateway()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


def sent(database: Database, settings: Settings, via: Via, to: str = "+4520123456") -> tuple[str, str]:
    with database.transaction() as session:
        mail = Mail(to, "Uge 42", 'I dag kl. 10: "første opslag" 🎉\n\nHusk samtykke.')
        service.enqueue(session, mail, dedupe_key="k", due_at=NOW, now=NOW, via=via)
    jobs.deliver(Job("outbox.deliver", database, settings, NOW))
    with database.reader() as session:
        row = session.exec(select(OutboxMessage)).one()
        return row.status, row.last_error


@pytest.fixture
def noon(at: Any) -> datetime:
    found: datetime = at("2026-10-01 12:00")
    return found


@pytest.mark.usefixtures("noon")
def test_teams_gets_a_card(database: Database, settings: Settings, gateway: Gateway) -> None:
    assert sent(database, replace(settings, teams_webhook=gateway.url), Via.TEAMS, "") == ("sent", "")
    ((_, body),) = gateway.got
    said = [block["text"] for block in body["attachments"][0]["content"]["body"]]
    assert said == ["Uge 42", 'I dag kl. 10: "første opslag" 🎉', "Husk samtykke."]


@pytest.mark.usefixtures("noon")
def test_an_sms_fills_in_the_gateways_own_form(
    database: Database, settings: Settings, gateway: Gateway
) -> None:
    using = replace(settings, sms_url=gateway.url, sms_token="hemmelig", sms_sender="Region")
    assert sent(database, using, Via.SMS) == ("sent", "")
    ((headers, body),) = gateway.got
    assert headers["Authorization"] == "Bearer hemmelig"
    assert body["sender"] == "Region" and body["recipients"] == [{"msisdn": "+4520123456"}]
    assert body["message"].startswith('I dag kl. 10: "første')


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("status", "state"),
    [(500, "waiting"), (429, "waiting"), (401, "failed"), (404, "failed"), (302, "failed")],
)
def test_what_the_gateway_answers_decides_whether_it_is_tried_again(
    database: Database, settings: Settings, gateway: Gateway, status: int, state: str
) -> None:
    gateway.status = status
    assert sent(database, replace(settings, sms_url=gateway.url), Via.SMS) == (state, f"http_{status}")
    assert len(gateway.got) == 1, "nobody is sent elsewhere with our token"


@pytest.mark.usefixtures("noon")
def test_without_a_gateway_the_message_is_only_shown(database: Database, settings: Settings) -> None:
    assert sent(database, settings, Via.SMS) == ("shown", "")


@pytest.mark.parametrize(
    "address", ["http://example.dk/hook", "ftp://127.0.0.2/x", "http://localhost.example.dk"]
)
def test_an_address_that_is_not_encrypted_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="STAFET_TEAMS_WEBHOOK"):
        Settings.from_environment({"STAFET_TEAMS_WEBHOOK": address})


@pytest.mark.parametrize("form", ["{to}", '{"message": "{text}"}', '{"recipient": "{to}"}'])
def test_a_form_that_is_not_json_or_lacks_a_place_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="STAFET_SMS_FORM"):
        Settings.from_environment({"STAFET_SMS_FORM": form})


@pytest.mark.usefixtures("noon")
def test_a_token_that_no_header_can_hold_leaves_the_message_waiting(
    database: Database, settings: Settings, gateway: Gateway
) -> None:
    """Somebody must put the setting right; the job goes on, and the message is there when they have."""
    broken = replace(settings, sms_url=gateway.url, sms_token="nøgle→")
    assert sent(database, broken, Via.SMS) == ("waiting", "UnicodeEncodeError") and not gateway.got
