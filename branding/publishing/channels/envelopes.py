"""Errors as channels write them, read into what we keep: numbers and the trace id, never their words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from branding.publishing.values.calls import Failure, Sent, Step

#: Asked for by header; nobody waits for longer without a person.
_LONGEST_WAIT = timedelta(hours=24)
_DUPLICATE = re.compile(r"urn:li:(?:share|ugcPost):\d+")
#: No column holds more, and no channel has such a code.
_NO_NUMBER = 2**31
_TRACE = re.compile(r"[\w.:/+=-]{1,80}")


def failure_in(
    step: Step, status: int, headers: Mapping[str, str], content: Mapping[str, Any] | None
) -> Failure:
    """From an answer that is no success; ``content`` is None when it was no document."""
    wait = waited_for(headers)
    trace = _trace(headers.get("x-fb-trace-id") or headers.get("x-li-uuid") or "")
    if content is None:
        is_in_doubt = status >= 500 or 200 <= status < 400
        kind = "not_json" if status < 300 or status >= 400 else "http"
        return Failure(step, Sent.MAYBE if is_in_doubt else Sent.YES, kind, status, wait=wait, trace_id=trace)
    if "debug_info" in content:
        facts = content["debug_info"]
        is_passing = isinstance(facts, dict) and facts.get("retriable") is True
        kind = "upload_failed" if is_passing else "upload_refused"
        return Failure(step, Sent.YES, kind, status, trace_id=trace)
    sent = Sent.MAYBE if status >= 500 else Sent.YES
    error = content.get("error")
    if not isinstance(error, dict):
        return Failure(
            step, sent, "error", status, trace_id=trace, wait=wait, adopt=_adopted(status, content)
        )
    return Failure(
        step,
        sent,
        "error",
        status,
        code=_number(error.get("code")),
        subcode=_number(error.get("error_subcode")),
        trace_id=_trace(str(error.get("fbtrace_id") or "")) or trace,
        wait=wait,
    )


def waited_for(headers: Mapping[str, str]) -> timedelta | None:
    """How long the channel asks us to wait: minutes in Meta's header, seconds in the usual one."""
    minutes = 0
    try:
        usage = json.loads(headers.get("X-Business-Use-Case-Usage") or "{}")
        for entries in usage.values():
            for entry in entries:
                minutes = max(minutes, int(entry.get("estimated_time_to_regain_access") or 0))
    except (ValueError, TypeError, AttributeError):
        minutes = 0
    told = timedelta(minutes=minutes)
    seconds = headers.get("Retry-After") or ""
    if seconds.isdigit():
        told = max(told, timedelta(seconds=min(int(seconds), 86400)))
    return min(told, _LONGEST_WAIT) if told else None


def _adopted(status: int, content: Mapping[str, Any]) -> str:
    """LinkedIn names the post that is there already: the call before this one succeeded."""
    found = _DUPLICATE.search(str(content.get("message", ""))) if status == 422 else None
    return found[0] if found else ""


def _number(told: object) -> int | None:
    try:
        number = int(str(told)) if told is not None else None
    except ValueError:
        return None
    return number if number is None or abs(number) < _NO_NUMBER else None


def _trace(told: str) -> str:
    return told if _TRACE.fullmatch(told) else ""
