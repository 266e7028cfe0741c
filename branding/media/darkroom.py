"""The child processes that decode what comes from outside: started when needed, killed when slow, renewed.

One for pictures and faces and one for films, so that nobody's photo waits for a film; and one for blurs,
which hold the write lock and must wait for nobody's file.  A file that takes the child down takes nothing
else with it.
"""

from __future__ import annotations

import atexit
import dataclasses
import json
import os
import select
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from branding.core import log
from branding.core.errors import RuleBroken
from branding.core.files import PACKAGE
from branding.media.rules.kinds import FileKind
from branding.media.rules.refused import refused
from branding.media.values.developing import Blur, Blurred, Counted, CountFaces, TakeIn, TakenIn

#: After so many tasks a child is replaced: the face detector leaks.
_MOST_TASKS = 20
#: What the child is told of the environment.
_PASSED = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT", "PYTHONPYCACHEPREFIX")
_SECONDS, _FILM_SECONDS, _BLUR_SECONDS = 30.0, 120.0, 8.0


class Darkroom:
    """One child at a time; whoever comes meanwhile waits."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._lock = seconds, threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner, self._tasks = 0, 0

    def ask(self, task: TakeIn | Blur | CountFaces) -> dict[str, Any]:
        """The child's answer; :class:`RuleBroken` when it refuses, fails or takes too long."""
        line = json.dumps({"task": type(task).__name__, **dataclasses.asdict(task)}).encode() + b"\n"
        with self._lock:
            answer = self._answer(line)
        if answer is None:
            raise refused("too_slow")
        if "found" in answer:
            found: dict[str, Any] = answer["found"]
            return found
        if "error" in answer:
            log.event("media.unreadable", kind=str(answer["error"])[:40])
        raise refused(str(answer.get("refused", "")))

    @property
    def pid(self) -> int | None:
        """Of the child that is there, for whoever measures it."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """End the child; the next question starts another."""
        child, self._child = self._child, None
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.communicate()

    def _answer(self, line: bytes) -> dict[str, Any] | None:
        """None: it took too long.  A child that had ended before it was asked is replaced once."""
        for _ in range(2):
            is_new = self._ready()
            told = self._told(line)
            if told is None:
                self.close()
                return None
            if told.endswith(b"\n"):
                return dict(json.loads(told))
            self.close()
            if is_new:
                break
        return {"refused": "unreadable", "error": "ChildEnded"}

    def _ready(self) -> bool:
        """See that there is a child; True when it is a new one."""
        if self._tasks >= _MOST_TASKS or (self._child is not None and self._child.poll() is not None):
            self.close()
        is_new = self._child is None or self._owner != os.getpid()
        if is_new:
            self._child, self._owner, self._tasks = _started(), os.getpid(), 0
        self._tasks += 1
        return is_new

    def _told(self, line: bytes) -> bytes | None:
        """A line, or less when the child has ended; None when nothing came in time."""
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(line)
            child.stdin.flush()
        except OSError:
            return b""
        if not select.select([child.stdout], [], [], self._seconds)[0]:
            return None
        return child.stdout.readline()


def _started() -> subprocess.Popen[bytes]:
    """With what Python needs of the environment, and none of the secrets in it."""
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH", ""))))
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "branding.media.developing"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**passed, "PYTHONPATH": path},
        close_fds=True,
    )


pictures_room, films_room, blurs_room = Darkroom(_SECONDS), Darkroom(_FILM_SECONDS), Darkroom(_BLUR_SECONDS)


@atexit.register
def close() -> None:
    """End the children; the next question starts new ones."""
    for room in (pictures_room, films_room, blurs_room):
        with suppress(OSError):
            room.close()


def take_in(task: TakeIn) -> TakenIn:
    room = films_room if task.kind == FileKind.FILM else pictures_room
    try:
        return TakenIn(**room.ask(task))
    except RuleBroken as error:
        if error.code == "unreadable" and task.kind == FileKind.FILM:
            raise refused("film_unreadable") from None
        raise


def blur(task: Blur) -> Blurred:
    return Blurred(**blurs_room.ask(task))


def count_faces(task: CountFaces) -> Counted:
    found = pictures_room.ask(task)
    return Counted(found["is_available"], tuple(tuple(face) for face in found["faces"]))
