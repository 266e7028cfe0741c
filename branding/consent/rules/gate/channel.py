"""Where a post can be seen, and what of it a consent covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from branding.consent.rules.gate.use import Finding, Use
from branding.consent.values.gate import (
    ATTESTATION_LASTS,
    CAN_SHARE_TO,
    Code,
    ConsentFacts,
    CrosspostFacts,
    DraftFacts,
)
from branding.consent.values.records import Channel

_NOBODY_LOOKED = CrosspostFacts()
_NONE: frozenset[Channel] = frozenset()


def reach(draft: DraftFacts, channel: Channel, at: datetime) -> tuple[tuple[Channel, Code], ...]:
    """The channel, the partners' accounts, and where the profile shares to by itself (F2, F6, R69)."""
    found = {channel: Code.CHANNEL_NOT_COVERED}
    if draft.partners:
        found[Channel.PARTNER] = Code.CHANNEL_NOT_COVERED
    word = draft.crossposts.get(channel, _NOBODY_LOOKED)
    others = word.shares_to
    if word.attested_at is None or at >= word.attested_at + ATTESTATION_LASTS:
        others = others | CAN_SHARE_TO.get(channel, _NONE)
    for other in sorted(others):
        found.setdefault(other, Code.CROSSPOST_NOT_COVERED)
    return tuple(found.items())


def not_covered(consent: ConsentFacts, use: Use) -> Iterator[Finding]:
    """What the consent's scopes lack, channel by channel; nothing is added up from several consents."""
    for channel, code in use.reach:
        scope = next((one for one in consent.scopes if one.channel == channel), None)
        if scope is None:
            yield Finding(code, channel)
            continue
        if use.format not in scope.formats:
            yield Finding(Code.FORMAT_NOT_COVERED, channel)
        if use.purpose not in scope.purposes:
            yield Finding(Code.PURPOSE_NOT_COVERED, channel)
        if use.media is not None and use.media not in scope.media:
            yield Finding(Code.MEDIA_NOT_COVERED, channel)
        if use.is_named and not scope.may_name:
            yield Finding(Code.NAME_NOT_COVERED, channel)
        if use.is_heard and not scope.may_voice:
            yield Finding(Code.VOICE_NOT_COVERED, channel)
        if use.is_paid and not scope.may_be_paid:
            yield Finding(Code.PAID_NOT_COVERED, channel)
