"""Where a publication stands: a post on one channel (publishing-apis.md section 5)."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """In the order in which a publication meets them."""

    #: Has a time.
    SCHEDULED = "scheduled"
    #: The time passed while nothing could go out; a person decides.
    MISSED = "missed"
    #: A worker has it.
    CLAIMED = "claimed"
    #: Pictures are being handed over; nothing can be seen yet.
    PREPARING = "preparing"
    #: The channel works on the pictures.
    PROCESSING = "processing"
    #: Everything is handed over: one call is left.
    READY = "ready"
    #: The one call that cannot be taken back is under way, or was when the worker died.
    PUBLISHING = "publishing"
    #: Nobody knows yet whether it is out.
    UNKNOWN = "unknown"
    #: It is out, and which post it is must be found.
    PUBLISHED_NO_ID = "published_no_id"
    PUBLISHED = "published"
    #: The channel was read: it is not out.
    NOT_PUBLISHED = "not_published"
    #: A person must look at the profile and say whether it is out.
    NEEDS_REVIEW = "needs_review"
    #: Tried again at a set time.
    RETRY_WAIT = "retry_wait"
    #: A person has the pictures and posts it by hand.
    HANDED = "handed"
    #: Cannot go out as it is.
    FAILED = "failed"
    #: Taken out of the plan, by a person or because a consent does not hold.
    CANCELLED = "cancelled"
    #: Was out, and is taken down.
    REMOVED = "removed"


#: Waits for its time or its next try; whatever makes it unlawful takes it out of the plan.
PLANNED = (State.SCHEDULED, State.RETRY_WAIT, State.NOT_PUBLISHED)
#: A worker is or was on it; all of it may be done again.
REPEATABLE = (State.CLAIMED, State.PREPARING, State.PROCESSING, State.READY)
#: People may be able to see it.
MAYBE_LIVE = (
    State.PUBLISHING,
    State.UNKNOWN,
    State.PUBLISHED_NO_ID,
    State.PUBLISHED,
    State.NEEDS_REVIEW,
)
#: People can see it.
LIVE = (State.PUBLISHED, State.PUBLISHED_NO_ID)
#: A person must decide something.
FOR_PEOPLE = (State.MISSED, State.NEEDS_REVIEW, State.FAILED)
#: Nothing more happens by itself.
ENDED = (State.CANCELLED, State.REMOVED, State.FAILED, State.MISSED)


class Way(StrEnum):
    """How a profile's posts go out."""

    #: Stafet's own profile page, for training and for trying everything.
    PRACTICE = "practice"
    #: A person posts them.
    HAND = "hand"
    #: By the channel's interface.
    API = "api"


class Flavour(StrEnum):
    """How Instagram lets programs in (publishing-apis.md section 1); other channels have one way."""

    FACEBOOK_LOGIN = "facebook_login"
    INSTAGRAM_LOGIN = "instagram_login"


class Shows(StrEnum):
    """Whom a post shows, as far as it matters for how long it may stay."""

    NOBODY = "nobody"
    COLLEAGUES = "colleagues"
    CITIZENS = "citizens"
