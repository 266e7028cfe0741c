"""Small facts about evaluations and about lending out a login."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LinkLife(StrEnum):
    """What a host's link opens."""

    WEEK = "week"
    EVALUATION = "evaluation"
    CLOSED = "closed"


class Recommend(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Evaluate:
    """What a host answers: ``equipped`` is 1 to 5."""

    equipped: int
    recommend: Recommend
    advice: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """One answer, without the host's name: the unit and the days are enough."""

    id: int
    takeover_id: int
    unit_id: int
    starts_on: date
    equipped: int
    recommend: Recommend
    advice: str
    answered_at: datetime
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationFigures:
    """What a period's answers add up to; the shares are whole percents, empty without answers."""

    answers: int
    possible: int
    equipped_share: int | None
    recommend_share: int | None
    #: How many chose 1, 2, 3, 4 and 5.
    by_score: tuple[int, int, int, int, int]


class LoginRefusal(StrEnum):
    """Why a host does not see the login now."""

    OFF = "off"
    NOT_ACCEPTED = "not_accepted"
    NOT_BEGUN = "not_begun"
    OVER = "over"
    NOT_LIVE = "not_live"
    CHANGE_DUE = "change_due"


@dataclass(frozen=True, slots=True)
class LoginView:
    """Whether a profile's login is lent out; never the password."""

    profile_id: int
    is_on: bool = False
    changed_at: datetime | None = None
    change_due_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoginLook:
    """A host who has seen the password that is, or was last, lent out."""

    name: str
    takeover_id: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Login:
    """What staff enter and a host is shown."""

    username: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"  # whoever logs or prints one by mistake prints nothing


@dataclass(frozen=True, slots=True)
class LoginFacts:
    """What decides whether a host sees the login today."""

    is_on: bool
    change_due: bool
    is_live: bool
    has_accepted: bool
    starts_on: date
    ends_on: date
