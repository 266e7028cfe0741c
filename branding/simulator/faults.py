"""Things that go wrong on purpose, by method, path and which call it is."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, g, jsonify, request

#: What happens instead of the call.
BEFORE = {"status", "html_502", "ok_but_text", "drop_before_commit", "redirect"}
#: What happens to its answer, when it has been carried out.
AFTER = {"truncate", "commit_then_drop", "commit_then_delay", "commit_then_error", "usage_headers", "no_id"}
ACTIONS = BEFORE | AFTER | {"delay"}


@dataclass
class Fault:
    """From the ``nth`` fitting call on, ``times`` times."""

    action: str
    method: str = ""
    path: str = ""
    nth: int = 1
    times: int = 1
    #: What the action needs: seconds, status, body, code, subcode, minutes or address.
    details: dict[str, Any] = field(default_factory=dict)
    seen: int = 0

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"no such action: {self.action}")
        re.compile(self.path)

    def strikes(self, method: str, path: str) -> bool:
        if (self.method and self.method != method) or not re.search(self.path, path):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times


class Faults:
    """The script, in order: the first fault that fits a call strikes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._script: list[Fault] = []

    def script(self, faults: list[Fault]) -> None:
        with self._lock:
            self._script = faults

    def find(self, method: str, path: str) -> Fault | None:
        with self._lock:
            struck = [fault for fault in self._script if fault.strikes(method, path)]
        return struck[0] if struck else None


def envelope(code: int, subcode: int | None = None, status: int = 400, trace: str = "simtrace") -> Response:
    """An error as Meta writes it."""
    error: dict[str, Any] = {"message": "(#x) simulated", "type": "OAuthException", "code": code}
    if subcode is not None:
        error["error_subcode"] = subcode
    answer = jsonify({"error": error | {"is_transient": False, "fbtrace_id": trace}})
    answer.status_code = status
    return answer


def install(app: Flask, faults: Faults) -> None:
    """Before and after every call but those to the control room."""

    @app.before_request
    def strike_before() -> Response | None:
        if request.path.startswith("/__sim__"):
            return None
        g.fault = faults.find(request.method, request.path)
        if g.fault is None:
            return None
        if g.fault.action == "delay":
            time.sleep(float(g.fault.details.get("seconds", 1)))
        return _instead(g.fault)

    @app.after_request
    def strike_after(response: Response) -> Response:
        fault = g.get("fault")
        return _changed(fault, response) if fault is not None and fault.action in AFTER else response


def _instead(fault: Fault) -> Response | None:
    details = fault.details
    if fault.action == "status":
        if "code" in details:
            return envelope(details["code"], details.get("subcode"), details.get("status", 400))
        text = details.get("body", "")
        return Response(text, details.get("status", 500), mimetype="application/json")
    if fault.action == "html_502":
        return Response("<html><body><h1>502 Bad Gateway</h1></body></html>", 502, mimetype="text/html")
    if fault.action == "ok_but_text":
        return Response("Service temporarily unavailable", 200, mimetype="text/plain")
    if fault.action == "redirect":
        return Response("", 302, {"Location": details.get("address", "http://127.0.0.1:9/elsewhere")})
    if fault.action == "drop_before_commit":
        _drop()
        return Response("")
    return None


def _changed(fault: Fault, response: Response) -> Response:
    details = fault.details
    if fault.action == "commit_then_drop":
        _drop()
    elif fault.action == "commit_then_delay":
        time.sleep(float(details.get("seconds", 2)))
    elif fault.action == "commit_then_error":
        return envelope(details.get("code", 1), details.get("subcode"), details.get("status", 400))
    elif fault.action == "truncate":
        body = response.get_data()
        response.set_data(body[: len(body) // 2])
        response.headers["Content-Length"] = str(len(body) + 64)
    elif fault.action == "no_id":
        response.headers.pop("x-restli-id", None)
        if response.is_json:
            response.set_data("{}")
    elif fault.action == "usage_headers":
        minutes = details.get("minutes", 7)
        usage = {"type": "instagram", "call_count": 100, "estimated_time_to_regain_access": minutes}
        usage = {"type": "instagram", "call_count": 100, "estimated_time_to_regain_access": minutes}
        response.headers["X-Business-Use-Case-Usage"] = json.dumps({"1": [usage]})
        if "code" in details:
            error = envelope(details["code"], details.get("subcode"), details.get("status", 400))
            response.set_data(error.get_data())
            response.status_code = error.status_code
    return response


def _drop() -> None:
    """Nobody hears the answer: the line goes dead under it."""
    line = request.environ.get("werkzeug.socket")
    if line is not None:
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the other side was quicker
