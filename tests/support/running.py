"""A Stafet that really runs: its own process, its own folder, a free port."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests


@dataclass
class Running:
    address: str
    process: subprocess.Popen[bytes]
    folder: Path
    #: Seconds from the start of the process to the first page.
    seconds: float

    @property
    def resident_mb(self) -> float:
        """The memory the process holds, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a fresh machine: nothing of Stafet's is set but the data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("STAFET_", "SMTP_", "DATABASE_URL"))}
    return kept | {"STAFET_DATA_DIR": str(folder)} | more


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("branding")), *arguments]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Running]:
    """``branding run`` until its first page answers; stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    port, started = free_port(), time.monotonic()
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            command("run", "--port", str(port)), env=environment(folder, **more), stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, folder / "run.log")
        yield Running(address, process, folder, time.monotonic() - started)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the first page answers; fails with what the process said when it ends instead."""
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            requests.get(f"{address}/health", timeout=5)
        except (requests.ConnectionError, requests.Timeout):  # not there yet, or a slow machine
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())
