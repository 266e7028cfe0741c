"""Where consents are in use, as higher rooms tell it: by references that only they can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from branding.consent.values.records import Channel


@dataclass(frozen=True, slots=True)
class NewUse:
    """A post that rests on consents; saying it again changes what was said before."""

    reference: str
    channel: Channel
    consent_ids: tuple[str, ...]
    live_from: datetime
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class UseView:
    """One consent in one post on one channel."""

    consent_id: str
    reference: str
    channel: Channel
    label: str
    url: str
    live_from: datetime
    live_until: datetime | None

    def is_live(self, now: datetime) -> bool:
        return self.live_from <= now and (self.live_until is None or now < self.live_until)
