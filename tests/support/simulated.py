"""The simulator in a thread, on a real socket, and the file that points a Stafet at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from branding.core.settings import Settings
from branding.organisation.values import Channel
from branding.publishing.channels.choosing import load_apis
from branding.publishing.values.connections import Access, Apis
from branding.publishing.values.states import Flavour
from branding.simulator import server, world
from branding.simulator.pointing import apis_toml

ACCOUNTS = {
    Channel.INSTAGRAM: world.IG_ACCOUNT,
    Channel.FACEBOOK: world.PAGE,
    Channel.LINKEDIN: world.ORGANISATION,
}


@dataclass
class Simulated:
    """The control room from outside."""

    address: str
    #: Its whole state, as it runs in this process.
    world: world.World

    def reset(self, **options: Any) -> None:
        self._tell("reset", options)

    def options(self, **options: Any) -> None:
        self._tell("options", options)

    def faults(self, *faults: dict[str, Any]) -> None:
        """Such as ``{"action": "commit_then_drop", "method": "POST", "path": "media_publish"}``."""
        self._tell("faults", list(faults))

    def advance(self, seconds: float) -> None:
        self._tell("advance", {"seconds": seconds})

    def token(self, value: str, flavour: str, **more: Any) -> None:
        self._tell("tokens", {"value": value, "flavour": flavour, **more})

    def account(self, number: str, kind: str) -> None:
        self._tell("accounts", {"id": number, "kind": kind})

    def foreign_post(self, account: str, caption: str, kind: str = "FEED") -> str:
        return str(self._tell("foreign", {"account": account, "caption": caption, "kind": kind})["id"])

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = requests.get(f"{self.address}/__sim__/state", timeout=10).json()
        return found

    def calls(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = requests.get(f"{self.address}/__sim__/calls", timeout=10).json()
        return found

    def live(self) -> list[dict[str, Any]]:
        """Posts that Stafet made and that people can see, in the order they were made."""
        return [p for p in self.state()["posts"] if not p["is_foreign"] and p["deleted_at"] is None]

    def settings_file(self, folder: Path) -> Path:
        """For ``Settings.apis`` or STAFET_APIS."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "apis.toml"
        path.write_text(apis_toml(self.address), "utf-8")
        return path

    def _tell(self, what: str, body: Any) -> Any:
        answer = requests.post(f"{self.address}/__sim__/{what}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def running() -> Iterator[Simulated]:
    here = world.World()
    with server.running(world=here) as address:
        yield Simulated(address, here)


def access(channel: Channel, flavour: Flavour | None = None, profile_id: int = 1) -> Access:
    """The simulator's own account on a channel."""
    token = {
        Channel.INSTAGRAM: world.INSTAGRAM_TOKEN
        if flavour is Flavour.INSTAGRAM_LOGIN
        else world.FACEBOOK_TOKEN,
        Channel.FACEBOOK: world.FACEBOOK_TOKEN,
        Channel.LINKEDIN: world.LINKEDIN_TOKEN,
    }[channel]
    return Access(profile_id, channel, flavour, ACCOUNTS[channel], token)


def apis(simulated: Simulated, folder: Path) -> Apis:
    """The shipped apis.toml with this simulator's hosts."""
    file = simulated.settings_file(folder)
    return load_apis(Settings.from_environment({"STAFET_DATA_DIR": str(folder), "STAFET_APIS": str(file)}))
