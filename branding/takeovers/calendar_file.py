"""Calendar files (RFC 5545): whole days that take nobody's time, with UIDs that never change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from branding.takeovers.values import CalendarEvent

#: How often programs ask again; Outlook and Apple read one name of it each.
_REFRESH = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"
#: RFC 5545, section 3.6: a calendar holds at least one component, also before the first turn.
_NOTHING = (
    b"BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    b"TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
#: RFC 5545, section 3.1: a line holds no control characters; ours are written as spaces.
_CONTROLS = dict.fromkeys((*range(10), *range(11, 32), *range(127, 160)), " ")


def calendar_file(name: str, events: Iterable[CalendarEvent]) -> bytes:
    """The calendar as bytes; the same events give the same bytes, so that an ETag can be made of them."""
    # A seventeenth of a second, which only those wait for who fetch a calendar.
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", "-//Stafet//Takeovers//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # No METHOD: it asks for an ORGANIZER in each event (RFC 5546), and Outlook reads its absence as PUBLISH.
    calendar.add("x-wr-calname", name.translate(_CONTROLS))
    calendar.add("name", name.translate(_CONTROLS))
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    frame = calendar.to_ical().removesuffix(_END)
    return b"".join([frame, *(list(map(_event, events)) or [_NOTHING]), _END])


@lru_cache(maxsize=2048)
def _event(event: CalendarEvent) -> bytes:
    """Written once for all who fetch it: turns change rarely, and calendars ask every hour."""
    from icalendar import Event, vDatetime, vDDDTypes, vInt, vText, vUri

    changed_at = vDatetime(event.changed_at)
    free_again_on = event.ends_on + timedelta(days=1)
    # Typed by us: letting the library find the types takes half as long again.
    found = Event(
        {
            "UID": vText(event.uid),
            "SEQUENCE": vInt(event.sequence),
            "DTSTAMP": changed_at,
            "LAST-MODIFIED": changed_at,
            "DTSTART": vDDDTypes(event.starts_on),
            "DTEND": vDDDTypes(free_again_on),
            "STATUS": vText(event.status.value),
            "TRANSP": vText("TRANSPARENT"),
            "SUMMARY": vText(event.summary.translate(_CONTROLS)),
        }
    )
    if event.description:
        found["DESCRIPTION"] = vText(event.description.translate(_CONTROLS))
    if event.url:
        found["URL"] = vUri(event.url)
    return bytes(found.to_ical())
