"""On which of the organisation's profiles a post goes out, and on which channels it has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from branding.consent.values.records import Channel
from branding.organisation.values import ProfileView


def profile_there(profiles: Iterable[ProfileView], own_id: int | None, channel: Channel) -> int | None:
    """The takeover's own profile on its channel; elsewhere the organisation's profile there, if any."""
    there = [one for one in profiles if one.channel.value == channel.value]
    if any(one.id == own_id for one in there):
        return own_id
    return next((one.id for one in there if not one.is_archived), None)


def without_profile(
    profiles: Sequence[ProfileView], own_id: int | None, channels: Iterable[Channel]
) -> tuple[Channel, ...]:
    """Channels that a post is meant for, and where it never comes out until there is a profile."""
    return tuple(one for one in channels if profile_there(profiles, own_id, one) is None)
