"""Teams (or what takes the same message) by its webhook, and SMS by a gateway's HTTP address."""

from __future__ import annotations

import json
from typing import Any

import requests

from branding.core.errors import Outside
from branding.core.settings import Settings
from branding.core.text import say
from branding.outbox.values import Claimed, Via

_TIMEOUT_S = (5, 20)
#: Five parts of an SMS; whoever writes more has written a mail.
_MOST_LETTERS = 700


def send(settings: Settings, claimed: Claimed) -> None:
    """Hand the message over; Outside says whether it pays to try again."""
    if claimed.via is Via.TEAMS:
        _post(settings.teams_webhook, _card(claimed.mail.subject, claimed.mail.text), {})
    else:
        headers = {"Authorization": f"Bearer {settings.sms_token}"} if settings.sms_token else {}
        _post(settings.sms_url, _sms(settings, claimed), headers)


def is_set_up(settings: Settings, via: Via) -> bool:
    """Whether messages can travel this way at all."""
    return bool({Via.MAIL: settings.smtp_host, Via.TEAMS: settings.teams_webhook}.get(via, settings.sms_url))


def _card(subject: str, text: str) -> dict[str, Any]:
    """An Adaptive Card, which Teams' workflows take and show as a message."""
    said = [
        {"type": "TextBlock", "text": subject, "weight": "Bolder", "size": "Medium", "wrap": True},
        *({"type": "TextBlock", "text": block, "wrap": True} for block in text.strip().split("\n\n")),
    ]
    content = {"type": "AdaptiveCard", "version": "1.4", "body": said}
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"type": "message", "attachments": [card]}


def _sms(settings: Settings, claimed: Claimed) -> Any:
    """The gateway's own form, filled in: gateways agree on JSON and on nothing else."""
    words = {"to": claimed.mail.to, "from": settings.sms_sender, "text": claimed.mail.text[:_MOST_LETTERS]}
    return _filled(json.loads(settings.sms_form), words)


def _filled(form: Any, words: dict[str, str]) -> Any:
    if isinstance(form, dict):
        return {key: _filled(one, words) for key, one in form.items()}
    if isinstance(form, list):
        return [_filled(one, words) for one in form]
    return words.get(form[1:-1], form) if isinstance(form, str) and form[:1] == "{" else form


def _post(address: str, body: Any, headers: dict[str, str]) -> None:
    try:
        # A gateway that sends us elsewhere would be handed the token.
        answer = requests.post(
            address, json=body, headers=headers, timeout=_TIMEOUT_S, allow_redirects=False, stream=True
        )
        answer.close()
    except (requests.RequestException, ValueError) as error:  # the latter: a token that no header can hold
        raise _outside(type(error).__name__, permanent=False) from error
    if not answer.ok or answer.is_redirect:
        is_our_fault = 300 <= answer.status_code < 500 and answer.status_code not in (408, 429)
        raise _outside(f"http_{answer.status_code}", permanent=is_our_fault)


def _outside(code: str, *, permanent: bool) -> Outside:
    return Outside(code, say("The service did not take the message."), permanent=permanent)
