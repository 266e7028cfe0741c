"""The gaps of autumn 2022, counted by hand: rhythms of the real strategy map, and the real holiday weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import SYSTEM
from branding.plan.queries import gaps
from branding.plan.service import settling
from branding.plan.values import Rhythm
from branding.rotation.service.holidays import seed_holiday_weeks
from tests.plan import factories as f

At = Callable[[str], datetime]


def test_the_gaps_of_autumn_2022(session: Session, at: At) -> None:
    """A calendar of 2022 beside it: Tuesdays from week 31, every other Friday from week 33, and the second
    Wednesday of each quarter's second month; the six weeks end on Sunday of week 47."""
    now = at("2022-10-10 08:00")
    on = f.world(session, now)
    seed_holiday_weeks(session, SYSTEM, now=now)
    linkedin = f.weekly(session, on, "2022-08-01")
    video = f.weekly(session, on, "2022-08-15", title="Video", every=2, weekday=4)
    press = f.weekly(
        session, on, "2022-08-08", title="Presse", channel_id=on.press, rhythm=Rhythm.QUARTERS, weekday=2
    )
    for day, of in (("2022-10-11", linkedin), ("2022-11-01", linkedin), ("2022-10-14", video)):
        slot = date.fromisoformat(day)
        made = f.activity(session, on, slot, format_id=of, slot_on=slot)
    settling.cancel_activity(session, f.KAREN, made, now=now)
    found = [(one.format_id, one.on, one.holiday) for one in gaps(session, clock.today())]
    assert found == [
        (video, date(2022, 10, 14), ""),
        (linkedin, date(2022, 10, 18), "efterårsferie"),
        (linkedin, date(2022, 10, 25), ""),
        (video, date(2022, 10, 28), ""),
        (linkedin, date(2022, 11, 8), ""),
        (press, date(2022, 11, 9), ""),
        (video, date(2022, 11, 11), ""),
        (linkedin, date(2022, 11, 15), ""),
        (linkedin, date(2022, 11, 22), ""),
        (video, date(2022, 11, 25), ""),
    ]
    assert gaps(session, date(2022, 11, 26)) == gaps(session, date(2022, 11, 28), weeks=5), (
        "a weekend has none"
    )
