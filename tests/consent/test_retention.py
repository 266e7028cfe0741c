"""Proof goes when its time is up, and never while a post rests on it (R59, R61, H3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from branding.consent.rules.retention import due_purges, ending, purge_of
from branding.consent.values.retention import Ended, Kept

NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)
_moments = st.integers(-400, 400).map(lambda days: NOW + days * DAY)
_maybe = st.none() | _moments


def kept(**facts: object) -> Kept:
    usual: dict[str, object] = {
        "consent_id": "c",
        "subject_id": "s",
        "unit_id": 1,
        "is_refusal": False,
        "expires_at": NOW - 10 * DAY,
        "withdrawn_at": None,
        "replaced_at": None,
        "invalidated_at": None,
        "uses": (),
    }
    return Kept(**{**usual, **facts})  # type: ignore[arg-type]


def test_proof_of_an_expired_yes_goes_after_its_days() -> None:
    purge = purge_of(kept(), NOW, keep_days=60, journal_first=False)
    assert (purge.why, purge.due_at) == (Ended.EXPIRED, NOW + 50 * DAY)
    assert due_purges([kept()], NOW + 50 * DAY, keep_days=60) == [purge]
    assert not due_purges([kept()], NOW + 49 * DAY, keep_days=60)


def test_the_days_begin_when_the_last_post_came_down() -> None:
    used = kept(withdrawn_at=NOW - 90 * DAY, uses=((NOW - 100 * DAY, NOW - 5 * DAY),))
    assert purge_of(used, NOW, keep_days=60, journal_first=False).due_at == NOW + 55 * DAY


def test_proof_of_a_post_that_is_still_up_is_due_and_stays() -> None:
    (found,) = due_purges([kept(uses=((NOW - 100 * DAY, None),))], NOW + 100 * DAY, keep_days=60)
    assert found.is_in_use


def test_a_refusal_goes_the_day_it_lapses() -> None:
    (found,) = due_purges([kept(is_refusal=True, expires_at=NOW)], NOW, keep_days=60)
    assert found.due_at == NOW


def test_what_is_handed_over_first_waits_for_its_number() -> None:
    waiting = purge_of(kept(), NOW, keep_days=60, journal_first=True)
    handed_over = purge_of(kept(journal_reference="26/1234"), NOW, keep_days=60, journal_first=True)
    assert waiting.waits_for_journal and not handed_over.waits_for_journal


@given(
    _moments, _maybe, _maybe, _maybe, st.lists(st.tuples(_moments, _maybe), max_size=3), st.integers(1, 180)
)
def test_nothing_goes_before_the_end_of_its_use_and_its_days(
    expires: datetime,
    withdrawn: datetime | None,
    replaced: datetime | None,
    invalid: datetime | None,
    uses: list[tuple[datetime, datetime | None]],
    days: int,
) -> None:
    one = kept(
        expires_at=expires,
        withdrawn_at=withdrawn,
        replaced_at=replaced,
        invalidated_at=invalid,
        uses=tuple(uses),
    )
    for purge in due_purges([one], NOW, keep_days=days):
        assert purge.due_at >= ending(one)[0] + days * DAY
        assert all(until is None or purge.due_at >= until + days * DAY for _, until in uses)
        assert purge.is_in_use == any(until is None for _, until in uses)
