"""Words of requests, consents, signatures and withdrawals."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """Where a picture may be shown; wider than the profiles that are lent out."""

    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    LINKEDIN = "linkedin"
    WEBSITE = "website"
    INTRANET = "intranet"
    PRINT = "print"
    #: Somebody else's account: co-author, repost (truth table F6).
    PARTNER = "partner"


class Format(StrEnum):
    """Forms a post takes on a channel."""

    FEED = "feed"
    CAROUSEL = "carousel"
    STORY = "story"
    REEL = "reel"


class Purpose(StrEnum):
    RECRUITING = "recruiting"
    INFORMATION = "information"


class MediaKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"


class Target(StrEnum):
    """What a consent is for.  There is no general consent (decisions.md 3)."""

    POST = "post"
    TAKEOVER = "takeover"
    #: One afternoon of pictures, often of many people.
    SHOOT = "shoot"


class EvidenceKind(StrEnum):
    """How the answer was given."""

    ORAL = "oral"
    DRAWN = "drawn"
    TYPED = "typed"
    PAPER = "paper"
    #: By a signed-in or personal link: the host's own consent.
    CLICK = "click_authenticated"


#: What counts as written (R20).
WRITTEN = frozenset({EvidenceKind.DRAWN, EvidenceKind.TYPED, EvidenceKind.PAPER})


class SignerRole(StrEnum):
    SELF = "self"
    GUARDIAN = "guardian"
    CUSTODY = "custody"
    #: A child or a person who cannot sign was heard and did not say no.
    ASSENT = "assent"
    WITNESS = "witness"


class Audience(StrEnum):
    """Whom a form is written for."""

    CITIZEN_EASY = "citizen_easy"
    CITIZEN_FULL = "citizen_full"
    GUARDIAN = "guardian"
    YOUTH = "youth"
    COLLEAGUE_ORAL = "colleague_oral"
    COLLEAGUE_WRITTEN = "colleague_written"
    OTHER = "other"


class ChangeClass(StrEnum):
    """What a new version of a form means for consents on the old one (truth table G)."""

    EDITORIAL = "editorial"
    MATERIAL = "material"
    #: Legally defective: consents on it no longer count.
    RECALL = "recall"


class Via(StrEnum):
    """How a withdrawal reached us."""

    LINK = "link"
    #: The QR card that was handed over.
    CARD = "card"
    EMPLOYEE = "employee"
    #: The open page, where anybody may write.
    OPEN_PAGE = "open_page"


class Outcome(StrEnum):
    """How a request ended; empty while it waits."""

    WAITING = ""
    YES = "yes"
    NO = "no"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class ActorKind(StrEnum):
    """Who did something to a consent; ids belong to the room of that kind."""

    USER = "user"
    HOST = "host"
    #: The person by a personal link.
    SUBJECT = "subject"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class FileKind(StrEnum):
    """What a sealed file of evidence is."""

    #: The drawn line, as SVG made by us from the strokes.
    SIGNATURE = "signature"
    #: A photographed or scanned form.
    SCAN = "scan"
    #: Exactly what was shown and answered, as JSON.
    RECORD = "record"
