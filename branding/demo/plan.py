"""The content plan of the example: 2022 and now, with gaps and late ones.

In 2022 almost everything was done; around today some is late, and some slots wait for somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.core.isoweek import Week
from branding.demo.people import HOST_TOKEN
from branding.organisation import queries as organisation
from branding.plan import letters
from branding.plan.queries.ambassadors import find_join_link, find_share_link, kit_by_id
from branding.plan.queries.channels import channels
from branding.plan.queries.formats import format_by_id
from branding.plan.rules.rhythm import slots
from branding.plan.service import ambassadors, formats, kits
from branding.plan.service.activities import add_activity
from branding.plan.service.channels import begin_with_usual
from branding.plan.values import (
    ActivityKind,
    ActivityRequest,
    ChannelKind,
    FormatRequest,
    Joining,
    KitRequest,
    Rhythm,
    Status,
)

_LINKEDIN = (
    "Fagligt løft: sådan arbejder vi med hjerneskade",
    "Tre spørgsmål til en afdelingsleder",
    "Ny viden om botilbud",
    "Fra studie til fast stilling",
    "Hvad laver en socialpædagog om natten?",
    "Samarbejdet med kommunerne",
)
_INTRANET = ("Ledelsen fortæller: ugens valg", "Besøg på en afdeling", "Sådan går det med sygefraværet")
_PRESS = ("Kronik om rekruttering", "Indlæg om nattevagter", "Interview om borgernes drømme")
#: Title, kind, channel, rhythm, every, weekday, time, and what fills its slots in turn.
_FORMATS = (
    (
        "Ugens LinkedIn-opslag",
        ActivityKind.POST,
        ChannelKind.LINKEDIN,
        Rhythm.WEEKS,
        1,
        1,
        time(9),
        _LINKEDIN,
    ),
    (
        "Video på intranettet",
        ActivityKind.VIDEO,
        ChannelKind.INTRANET,
        Rhythm.WEEKS,
        2,
        4,
        None,
        _INTRANET,
    ),
    (
        "Presseindlæg i kvartalet",
        ActivityKind.PRESS,
        ChannelKind.PRESS,
        Rhythm.QUARTERS,
        1,
        2,
        None,
        _PRESS,
    ),
)
#: Title, channel, kind, ISO week, weekday, how many days, area, purpose.
_EVERY_YEAR = (
    ("Karrieremesse, VIA i Aarhus", ChannelKind.FAIR, ActivityKind.FAIR, 10, 2, 1, "", "Møde studerende"),
    ("Sundhedsmesse i Herning", ChannelKind.FAIR, ActivityKind.FAIR, 19, 3, 2, "", "Fælles stand"),
    ("Messe for socialrådgivere", ChannelKind.FAIR, ActivityKind.FAIR, 38, 4, 1, "", "Fælles stand"),
    ("Jobdag i Viborg", ChannelKind.FAIR, ActivityKind.FAIR, 46, 2, 1, "SVO", "Samtaler om praktik"),
    ("Besøg af pædagogstuderende", ChannelKind.SCHOOL, ActivityKind.VISIT, 9, 3, 1, "SOH", "Vise hverdagen"),
    ("Oplæg på SOSU-skolen", ChannelKind.SCHOOL, ActivityKind.VISIT, 40, 1, 1, "SAU", "Vise hverdagen"),
    ("Åbent hus for elever", ChannelKind.SCHOOL, ActivityKind.VISIT, 47, 3, 1, "IKH", "Vise hverdagen"),
    ("Jobopslag: nattevagter", ChannelKind.JOB_POST, ActivityKind.JOB_POST, 6, 1, 1, "SOH", "Flere ansøgere"),
    ("Jobopslag: socialpædagoger", ChannelKind.JOB_POST, ActivityKind.JOB_POST, 34, 1, 1, "SVO", ""),
    ("Jobopslag: sygeplejersker", ChannelKind.JOB_POST, ActivityKind.JOB_POST, 45, 1, 1, "SAU", ""),
    ("Videoannoncer om hverdagen", ChannelKind.FACEBOOK, ActivityKind.CAMPAIGN, 36, 1, 12, "", "Kendskab"),
    ("Portrætfilm med medarbejdere", ChannelKind.VIDEO, ActivityKind.VIDEO, 43, 4, 1, "DOK", "Kendskab"),
)


@dataclass(frozen=True, slots=True)
class _Made:
    """What the rows are made with."""

    session: Session
    karen: Actor
    today: date
    channels: dict[ChannelKind, int]
    units: dict[str, int]


def content_plan(session: Session, karen: Actor, now: datetime) -> None:
    """Channels, formats, two years of activities, and ambassadors with something to share."""
    today, start = clock.local(now).date(), now - timedelta(days=60)
    begin_with_usual(session, karen, now=start)
    made = _Made(
        session,
        karen,
        today,
        {one.kind: one.id for one in channels(session)},
        {one.short_name: one.id for one in organisation.units(session) if one.short_name},
    )
    _recurring(made, start)
    for year in sorted({2022, today.year}):
        for request in _yearly(made, year):
            add_activity(session, karen, request, today=today, now=start)
    _ambassadors(made, now)


def _recurring(made: _Made, start: datetime) -> None:
    for title, kind, channel, rhythm, every, weekday, at, titles in _FORMATS:
        first = Week(2022, 27).monday
        request = FormatRequest(
            title,
            made.channels[channel],
            kind,
            rhythm,
            every,
            weekday,
            first,
            at=at,
            responsible_id=made.karen.id,
        )
        format_id = formats.add_format(made.session, made.karen, request, now=start)
        rhythms = format_by_id(made.session, format_id).rhythms
        begin = made.today - timedelta(weeks=8)
        seen: set[date] = set()  # on a day near 2022 the two periods overlap
        for period in ((first, date(2022, 12, 31)), (begin, made.today + timedelta(weeks=3))):
            for number, day in enumerate(slots(rhythms, *period)):
                # Nobody is perfect: every ninth slot stayed open, and so do some of those ahead.
                if day in seen or number % 9 == 5 or (day > made.today and number % 3 == 2):
                    continue
                seen.add(day)
                _fill(made, request, format_id, day, titles[number % len(titles)], number, start)


def _fill(
    made: _Made, of: FormatRequest, format_id: int, day: date, title: str, number: int, start: datetime
) -> None:
    is_past = day < made.today
    is_late = is_past and day > made.today - timedelta(days=21) and number % 4 == 3
    status = Status.PLANNED if is_late or not is_past else Status.DONE
    request = ActivityRequest(
        title, of.channel_id, of.kind, day, day, status, of.at,
        responsible_id=of.responsible_id, format_id=format_id, slot_on=day,
        link="https://www.example.dk/nyt" if status == Status.DONE and number % 2 else "",
    )  # fmt: skip
    add_activity(made.session, made.karen, request, today=made.today, now=start)


def _yearly(made: _Made, year: int) -> Iterator[ActivityRequest]:
    for number, (title, channel, kind, week, weekday, days, area, goal) in enumerate(_EVERY_YEAR):
        first = date.fromisocalendar(year, week, weekday)
        last = first + timedelta(days=days - 1)
        status = (
            Status.DONE
            if last < made.today
            else Status.IN_PROGRESS
            if first <= made.today
            else Status.PLANNED
        )
        if year == made.today.year and last < made.today and number % 5 == 4:
            status = Status.PLANNED  # forgotten, and therefore late
        yield ActivityRequest(
            title,
            made.channels[channel],
            kind,
            first,
            last,
            status,
            unit_id=made.units.get(area),
            goal=goal,
            responsible_name="" if number % 2 else "Mette Eksempel",
            responsible_id=made.karen.id if number % 2 else None,
        )
    if year == made.today.year:
        for title, days in (("Podcast om nattevagten", 20), ("Dag i en leders sko", 33)):
            day = made.today + timedelta(days=days)
            yield ActivityRequest(
                title, made.channels[ChannelKind.VIDEO], ActivityKind.OTHER, day, day, Status.IDEA
            )


def _ambassadors(made: _Made, now: datetime) -> None:
    """Three on the list, and a job post that they share."""
    at, session, karen = now - timedelta(days=12), made.session, made.karen
    ambassadors.make_link(session, karen, None, now=at, token=HOST_TOKEN)
    link = find_join_link(session, HOST_TOKEN)
    assert link is not None
    for name in ("Freja Eksempel", "Oliver Eksempel", "Nanna Eksempel"):
        joining = Joining(name, f"{name.split()[0].lower()}.ambassador@example.dk")
        ambassadors.join(session, link.id or 0, joining, partial(letters.joined, session), now=at)
    request = KitRequest(
        "Vi søger nattevagter",
        "Jeg har nogle af de bedste kolleger, man kan få. Nu søger vi én til natten. Spørg mig endelig!",
        "https://www.example.dk/job/nattevagter",
    )
    kit_id = kits.make_kit(session, karen, request, now=at)
    kits.send_kit(session, karen, kit_id, partial(letters.kit, session), now=at)
    links = kit_by_id(session, kit_id).links
    for days, way, clicks in ((11, 0, 9), (10, 1, 14), (10, 0, 6), (8, 2, 3), (3, 3, 2)):
        found = find_share_link(session, links[way].token)
        assert found is not None
        kits.count_click(session, found[0], made.today - timedelta(days=days), clicks)
