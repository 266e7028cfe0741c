"""How dates, weeks, moments and several names are written for people, in Danish and in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.lists import format_list
from flask import Flask

from branding.core import clock
from branding.core.isoweek import Week
from branding.core.text import Text, say
from branding.web.i18n import language, short_day, translate


def week(value: Week | date | int) -> str:
    """``uge 42``: how a week is named inside a sentence."""
    number = value if isinstance(value, int) else week_of(value).number
    return str(translate(say("week %(number)s", number=number)))


def week_of(value: Week | date) -> Week:
    return value if isinstance(value, Week) else Week.of(value)


def weeks(first: date, last: date) -> str:
    """``uge 33-34`` for the weeks that two days span, or ``uge 42``."""
    start, end = Week.of(first).number, Week.of(last).number
    return (
        week(start)
        if start == end
        else str(translate(say("weeks %(first)s-%(last)s", first=start, last=end)))
    )


def day(value: date) -> str:
    """``man. 17. okt.``"""
    return short_day(value)


def day_and_year(value: date) -> str:
    """``17. okt. 2022``"""
    return _formatted(value, "d. MMM y", "d MMM y")


def long_day(value: date) -> str:
    """``mandag den 17. oktober 2022``"""
    return _formatted(value, "EEEE 'den' d. MMMM y", "EEEE d MMMM y")


def month(value: date) -> str:
    """``oktober 2022``"""
    return _formatted(value, "LLLL y", "LLLL y")


def period(first: date, last: date) -> str:
    """``17.-23. okt.``, ``31. okt.-6. nov.`` or ``27. dec. 2021-2. jan. 2022``"""
    if first == last:
        return _formatted(last, "d. MMM", "d MMM")
    if first.year != last.year:
        return f"{day_and_year(first)}-{day_and_year(last)}"
    start = ("d.", "d") if first.month == last.month else ("d. MMM", "d MMM")
    return f"{_formatted(first, *start)}-{_formatted(last, 'd. MMM', 'd MMM')}"


def week_period(value: Week | date) -> str:
    """``Uge 42 · 17.-23. okt.``: how a week is named on its own."""
    this = week_of(value)
    name = week(this)
    return f"{name[:1].upper()}{name[1:]} · {period(this.monday, this.sunday)}"


def moment(value: datetime) -> str:
    """``man. 17. okt. kl. 10.05``, in Danish time."""
    local = clock.local(value)
    time = f"kl. {local:%H.%M}" if language() == "da" else f"{local:%H:%M}"
    return f"{day(local.date())} {time}"


def day_before(value: datetime) -> str:
    """The last day of what ends at this instant: ``16. okt. 2022`` for the midnight after it."""
    return day_and_year(clock.local(value - timedelta(microseconds=1)).date())


def full_moment(value: datetime) -> str:
    """``17. okt. 2022 kl. 10.05.33``: for logs, where the year and the second matter."""
    local = clock.local(value)
    time = f"kl. {local:%H.%M.%S}" if language() == "da" else f"{local:%H:%M:%S}"
    return f"{day_and_year(local.date())} {time}"


def when(value: date) -> Text | str:
    """``i dag``, ``i morgen``, ``i går`` or the day."""
    nearby = {
        timedelta(0): say("today"),
        timedelta(days=1): say("tomorrow"),
        timedelta(days=-1): say("yesterday"),
    }
    return nearby.get(value - clock.today(), day(value))


def listed(values: Iterable[object]) -> str:
    """``Bo``, ``Bo og Frida`` or ``Bo, Frida og Vega``"""
    return format_list([str(value) for value in values], locale="da" if language() == "da" else "en_GB")


def _formatted(value: date, danish: str, english: str) -> str:
    locale = language()
    return format_date(
        value, danish if locale == "da" else english, locale="da" if locale == "da" else "en_GB"
    )


def install(app: Flask) -> None:
    for function in (week, weeks, week_of, day, day_and_year, long_day, month, period, week_period, moment):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.filters["full_moment"] = full_moment
    app.jinja_env.filters["day_before"] = day_before
    app.jinja_env.filters["when"] = when
    app.jinja_env.filters["listed"] = listed
    app.jinja_env.filters["translate"] = translate
    app.jinja_env.globals["period"] = period
