"""The simulator as a server on real sockets; never on an address that others can reach."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from branding.simulator import control, faults, graph, instagram, linkedin
from branding.simulator import page as _page  # noqa: F401 - its views hang on the Graph's own blueprint
from branding.simulator.world import World

HOST = "127.0.0.1"


class _Handler(WSGIRequestHandler):
    """Keeps headers with an underscore, which WSGI leaves out: film uploads have ``file_size``."""

    def make_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().make_environ()
        environ["simulator.headers"] = {name.lower(): value for name, value in self.headers.items()}
        return environ


def create_app(world: World | None = None) -> Flask:
    app = Flask("branding.simulator", static_folder=None)
    app.extensions["world"] = world or World()
    app.extensions["faults"] = faults.Faults()
    control.install(app)
    faults.install(app, app.extensions["faults"])
    for blueprint in (control.bp, instagram.unversioned, instagram.rupload, linkedin.bp, graph.bp):
        app.register_blueprint(blueprint)
    return app


def make(port: int = 0, *, host: str = HOST, world: World | None = None) -> BaseWSGIServer:
    """A server that is not running yet; port 0 takes a free one."""
    if host not in (HOST, "localhost"):
        raise ValueError("the simulator answers on this machine only")
    # Its own log would say the query of a token's renewal.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return make_server(HOST, port, create_app(world), threaded=True, request_handler=_Handler)


@contextmanager
def running(port: int = 0, world: World | None = None) -> Iterator[str]:
    """Its address, while it runs in a thread."""
    server = make(port, world=world)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
