"""The simulator as a command: it plays until it is stopped."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from werkzeug.serving import BaseWSGIServer

from branding.simulator import pointing, server


def until_stopped(playing: BaseWSGIServer, file: Path, *, say: Callable[[str], None]) -> None:
    """``file`` is written for STAFET_APIS: it points a Stafet at this simulator."""
    address = f"http://{server.HOST}:{playing.server_port}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(pointing.apis_toml(address), "utf-8")
    say(pointing.in_words(address, str(file)))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        playing.serve_forever()
    except KeyboardInterrupt:
        playing.server_close()
