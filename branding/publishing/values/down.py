"""Words of taking down: what must be done about a live post, and how we know that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from branding.core.text import Text


class Duty(StrEnum):
    """What somebody must do about a live post (the column Live of the truth table)."""

    #: Take it down.
    TAKEDOWN = "takedown"
    #: Look, and say whether it may stay; without an answer it comes down.
    REVIEW = "review"
    #: Ask the person again; without an answer it comes down.
    ASK = "ask"


class Proof(StrEnum):
    """How we know that a duty is done."""

    #: The channel's interface deleted it.
    DELETED = "deleted"
    #: The channel says that there is no such post.
    GONE = "gone"
    #: Somebody says so.
    SAID = "said"
    #: It may stay: what was missing is there.
    KEPT = "kept"
    #: A story that is over after a day.
    OVER = "over"


class FoundState(StrEnum):
    """What became of a post that Stafet did not publish."""

    #: Was there before the profile was connected: for the list of old posts.
    OLD = "old"
    #: Came afterwards: somebody must look the same day.
    NEW = "new"
    #: Somebody looked: nobody can be recognised, or the consents are kept elsewhere.
    FINE = "fine"
    #: It is one of ours.
    BOUND = "bound"
    #: It must come down, and somebody does it by hand.
    DOWN = "down"
    #: It is not there any more.
    GONE = "gone"


#: Not the post itself: a copy, a co-author or an advertisement must go, and the post may stay.
PARTNER, CROSSPOST, ADVERTISEMENT = "partner_not_covered", "crosspost_not_covered", "paid_not_covered"
BESIDE = frozenset({PARTNER, CROSSPOST, ADVERTISEMENT})
#: Reasons that are not the gate's: the day is reached; a person wants it down.
REMOVE_BY, OWN_WISH, INCIDENT, RECOGNISED = "remove_by", "own_wish", "incident", "no_consent_after_all"
EXPIRED = "expired"
#: A person looks, until the gate has been asked again.
UNSURE = "evaluation_error"
#: Taken back or refused: it comes down whatever is said afterwards (C12).
FINAL = frozenset({"withdrawn", "refused"})
#: A person decided these: no sweep takes them back.
BY_PEOPLE = frozenset({OWN_WISH, INCIDENT, RECOGNISED})
#: Nothing takes their place, and nobody takes them back.
FIRM = FINAL | BY_PEOPLE - {OWN_WISH}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must be done about a live post, because of one reason."""

    duty: Duty
    code: str
    due_at: datetime
    #: Whom and what it is about: ``code:subject:channel``.  The same grounds are not asked about twice.
    ground: str = ""
    #: Only a copy, a co-author or an advertisement must go.
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """What the gate's answer means for a live post: nothing, or duties with their deadlines."""

    #: The strictest first; what is beside the post stands apart.
    needs: tuple[Need, ...] = ()
    beside: tuple[Need, ...] = ()
    #: Somebody is told that a colleague has left; the post may stay.
    colleagues_left: tuple[str, ...] = ()

    @property
    def duty(self) -> Duty | None:
        """What the post itself needs most."""
        return self.needs[0].duty if self.needs else None


@dataclass(frozen=True, slots=True)
class TakedownView:
    """A duty as pages show it."""

    id: str
    publication_id: str
    duty: Duty
    code: str
    made_at: datetime
    made_by: str
    due_at: datetime
    is_late: bool
    done_at: datetime | None
    done_by: str
    proof: Proof | None
    #: Stafet deletes it by itself; somebody only needs to look when it does not succeed.
    is_by_itself: bool
    #: When it does, where that is not at once.
    deletes_at: datetime | None
    #: Somebody has said that it is gone, and the channel is being asked.
    is_said: bool
    title: Text
    why: Text
    #: By hand, on a phone.
    steps: tuple[Text, ...]
    #: How we know that it is done.
    outcome: Text | None = None

    @property
    def is_beside(self) -> bool:
        return self.code in BESIDE


@dataclass(frozen=True, slots=True)
class IncidentView:
    """A case about a live post, opened for those who may read it."""

    id: str
    publication_id: str
    unit_id: int
    known_at: datetime
    #: When the authority must have been told, if it is to be told (GDPR art. 33).
    ends_at: datetime
    made_by: str
    decision_id: str
    what: str
    told: str
    is_reported: bool | None
    because: str
    case_number: str
    decided_by: str
    decided_at: datetime | None
    closed_at: datetime | None
    version: int

    def hours_left(self, now: datetime) -> int:
        """Whole hours, and 0 when the time is over."""
        return max(0, int((self.ends_at - now).total_seconds() // 3600))


@dataclass(frozen=True, slots=True)
class FoundView:
    """A post that Stafet did not publish."""

    id: int
    profile_id: int
    permalink: str
    kind: str
    posted_at: datetime
    found_at: datetime
    state: FoundState
    decided_by: str
    decided_at: datetime | None
    publication_id: str | None
