"""Commands as people type them, each in a process of its own.

To start Python and to import Stafet takes longer than what most commands do, so ``branding`` forks them
from a process that has done both and nothing else; ``branding_anew`` starts one as a shell does.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.support.running import command, environment

Done = subprocess.CompletedProcess[str]
_SECONDS = 60


def branding_anew(folder: Path, *arguments: str, **more: str) -> Done:
    """The command itself."""
    return subprocess.run(
        command(*arguments), env=environment(folder, **more),
        capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip


def branding(folder: Path, *arguments: str, **more: str) -> Done:
    """The same, forked."""
    process = _parent()
    assert process.stdin is not None and process.stdout is not None
    with TemporaryDirectory() as name:
        told = [Path(name) / "out", Path(name) / "err"]
        order = {
            "arguments": arguments,
            "environment": environment(folder, **more),
            "told": [*map(str, told)],
        }
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        code = process.stdout.readline()
        assert code, "the process that commands are forked from is gone"
        return Done(arguments, int(code), *(path.read_text("utf-8") for path in told))


@cache
def _parent() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.typed"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    atexit.register(process.wait, _SECONDS)
    assert process.stdin is not None
    atexit.register(process.stdin.close)  # the last one registered is called first
    return process


def main() -> None:
    """Fork one command for each line, and say how it ended."""
    from branding import app, cli, demo  # noqa: F401 - so that no command has to

    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(json.loads(line), cli.main)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(order: dict[str, Any], run: Callable[..., Any]) -> None:
    """The child: it never returns."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(order["environment"])
        for number, path in enumerate(order["told"], start=1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
        signal.alarm(_SECONDS)
        run(args=order["arguments"], prog_name="branding")
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:  # noqa: BLE001 - as a shell would show it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
