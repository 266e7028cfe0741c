"""Where consents are in use: written from above, read by the board, withdrawals and the purge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from branding.consent.queries.uses import uses_of_consents, uses_of_reference, uses_of_subject
from branding.consent.service.uses import end_use, note_use
from branding.consent.values.records import Channel
from branding.consent.values.uses import NewUse
from branding.core.actor import SYSTEM
from branding.core.errors import Missing
from tests.consent.worlds import NOW, SLOT, Stored


def _use(*consents: str, channel: Channel = Channel.INSTAGRAM, label: str = "Opslag") -> NewUse:
    return NewUse("publication:1", channel, consents, SLOT, label, "https://example.dk/p/1")


def test_a_use_is_noted_once_and_told_anew(session: Session) -> None:
    world = Stored(session)
    person = world.colleague()
    consent = world.said(person)
    note_use(session, SYSTEM, _use(consent), now=NOW)
    note_use(session, SYSTEM, _use(consent, label="Opslag 14. oktober"), now=NOW)
    (found,) = uses_of_subject(session, person)
    assert (found.label, found.live_until) == ("Opslag 14. oktober", None)
    assert found.is_live(SLOT) and not found.is_live(NOW)
    assert uses_of_consents(session, [consent]) == {consent: [found]}


def test_a_use_ends_on_one_channel_or_on_all(session: Session) -> None:
    world = Stored(session)
    consents = (world.said(world.colleague("Alma")), world.said(world.colleague("Bo")))
    note_use(session, SYSTEM, _use(*consents), now=NOW)
    note_use(session, SYSTEM, _use(*consents, channel=Channel.FACEBOOK), now=NOW)
    after = SLOT + timedelta(days=1)
    assert end_use(session, SYSTEM, "publication:1", Channel.FACEBOOK, ended_at=after, now=after) == 2
    assert end_use(session, SYSTEM, "publication:1", ended_at=after, now=after) == 2
    assert end_use(session, SYSTEM, "publication:1", ended_at=after, now=after) == 0
    assert not any(use.is_live(after) for use in uses_of_reference(session, "publication:1"))


def test_a_use_that_ended_before_it_began_is_empty(session: Session) -> None:
    world = Stored(session)
    consent = world.said(world.colleague())
    note_use(session, SYSTEM, _use(consent), now=NOW)
    end_use(session, SYSTEM, "publication:1", ended_at=NOW, now=NOW)
    (found,) = uses_of_reference(session, "publication:1")
    assert found.live_until == found.live_from


def test_a_consent_that_is_not_there_cannot_be_used(session: Session) -> None:
    with pytest.raises(Missing):
        note_use(session, SYSTEM, _use("f" * 32), now=NOW)
