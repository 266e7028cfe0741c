"""Structured logs: a constant event name and ids as keywords.

Never names, consent contents, tokens or free text: a log is read by people
who need not know who is in it.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

_logger = logging.getLogger("stafet")


def event(name: str, *, level: int = logging.INFO, **ids: Any) -> None:
    """Log ``feature.event`` with ids as values."""
    _logger.log(level, name, extra={"ids": ids})


def failure(name: str, error: BaseException, **ids: Any) -> None:
    """Log an unexpected error with its traceback; the message of the error itself is left out."""
    _logger.error(name, extra={"ids": {**ids, "error": type(error).__name__}}, exc_info=error)


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line |= getattr(record, "ids", {})
        if record.exc_info and record.exc_info[2]:
            line["traceback"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _frames(trace: Any) -> list[str]:
    """File, line and function only: a full traceback would print values of people's data."""
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames


def configure(level: int = logging.INFO) -> None:
    """Send our events to standard error, one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    _logger.handlers[:] = [handler]
    _logger.setLevel(level)
    _logger.propagate = False
