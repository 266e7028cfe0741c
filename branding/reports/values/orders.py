"""What somebody wants a report of, and in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branding.core.text import Text, say


class Kind(StrEnum):
    """The words that addresses and the command line use."""

    CONTENT_PLAN = "content-plan"
    TAKEOVERS = "takeovers"
    CONSENT = "consent"
    STRATEGY = "strategy"
    EXPERIENCES = "experiences"


class Form(StrEnum):
    """How a report is written; ICS is for the content plan alone."""

    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    ICS = "ics"

    @property
    def word(self) -> Text:
        """What people call it."""
        return _WORDS[self]


_WORDS = {
    Form.HTML: say("Page"),
    Form.PDF: say("PDF"),
    Form.XLSX: say("Excel"),
    Form.CSV: say("CSV"),
    Form.ICS: say("Calendar"),
}


TITLES: Mapping[Kind, Text] = {
    Kind.CONTENT_PLAN: say("Content plan"),
    Kind.TAKEOVERS: say("Takeovers"),
    Kind.CONSENT: say("Consent status"),
    Kind.STRATEGY: say("Strategy follow-up"),
    Kind.EXPERIENCES: say("Experiences from the hosts"),
}
LEADS: Mapping[Kind, Text] = {
    Kind.CONTENT_PLAN: say("What was planned, done and missed on every channel, and what comes next."),
    Kind.TAKEOVERS: say("Who has had the profile, what came of it, and how the hosts found it."),
    Kind.CONSENT: say("How many have said yes, and what is missing. Without names."),
    Kind.STRATEGY: say("How we did against the strategy map, indicator by indicator."),
    Kind.EXPERIENCES: say("The hosts' advice to those who come after, to share in the network."),
}
MEDIA_TYPES: Mapping[Form, str] = {
    Form.HTML: "text/html",
    Form.PDF: "application/pdf",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.CSV: "text/csv",
    Form.ICS: "text/calendar",
}


#: Reports in which people are named unless they are made for leaders.
NAMING = (Kind.TAKEOVERS, Kind.CONTENT_PLAN)


@dataclass(frozen=True, slots=True)
class Order:
    """Both days are included.  ``unit_id`` means the unit and what is under it; None is all.

    ``for_leaders``: for people who may not see who is who, so neither hosts nor staff are named.
    """

    kind: Kind
    first: date
    last: date
    unit_id: int | None = None
    channel_id: int | None = None
    for_leaders: bool = False

    @property
    def names_nobody(self) -> bool:
        """Whether it may be read by anybody."""
        return self.for_leaders or self.kind not in NAMING


#: What can be kept and sent: a calendar is subscribed to, or taken along from the page.
KEPT_FORMS = (Form.PDF, Form.XLSX, Form.CSV, Form.HTML)


def forms_of(kind: Kind) -> tuple[Form, ...]:
    """In which forms a report can be had."""
    return tuple(form for form in Form if form is not Form.ICS or kind is Kind.CONTENT_PLAN)
