"""Asking a channel whether it lets us in, with no transaction open meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.settings import Settings
from branding.core.text import Text, say
from branding.organisation import queries as organisation
from branding.organisation.values import Channel
from branding.publishing.channels.choosing import client_for, load_apis
from branding.publishing.queries.connections import has_token
from branding.publishing.rules import explaining
from branding.publishing.rules.explaining import explain
from branding.publishing.service import media_links
from branding.publishing.service.connections import MANAGE, access_of
from branding.publishing.values.calls import CallRecord, Check, Tested
from branding.publishing.values.connections import Access, ConnectRequest, Explained
from branding.publishing.values.states import Flavour


def access_for(session: Session, actor: Actor, profile_id: int, request: ConnectRequest) -> Access:
    """What is about to be connected, before anything of it is saved."""
    policy.check(actor, MANAGE)
    profile = organisation.profile_by_id(session, profile_id)
    token = request.token
    if not token:
        if not has_token(session, profile_id):
            raise RuleBroken("no_token", say("Paste the token."), "token")
        token = access_of(session, profile_id).token
    is_instagram = profile.channel is Channel.INSTAGRAM
    flavour = (request.flavour or Flavour.FACEBOOK_LOGIN) if is_instagram else None
    return Access(profile_id, profile.channel, flavour, request.account_id, token, request.expires_at)


def probe_address(session: Session, settings: Settings, *, now: datetime) -> str:
    """Where the channel is to fetch the test's picture; empty without an address of our own."""
    return settings.base_url + media_links.probe_path(session, now=now) if settings.base_url else ""


def ask(access: Access, settings: Settings, probe: str) -> Sequence[Tested]:
    """Everything that publishing needs, tried without posting anything."""
    return client_for(access, load_apis(settings), _unnoted, probe=probe).test()


def explained(test: Sequence[Tested | Mapping[str, Any]]) -> list[Explained]:
    """What a test found, in words; as it was found just now, or as it is kept."""
    lines = []
    for one in test:
        kept = asdict(one) if isinstance(one, Tested) else one
        lines.append(explain(Check(kept["check"]), kept["is_ok"], kept["code"], kept["detail"]))
    return lines


def why_broken(code: str) -> tuple[Text, Text]:
    """Why a connection is dead, and what to do."""
    return explaining.why_broken(code)


def _unnoted(_call: CallRecord) -> None:
    """A test is no attempt to publish."""
