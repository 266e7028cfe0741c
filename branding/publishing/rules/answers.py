"""What a failure means for what we do next, by step (publishing-apis.md section 1.6).

The same answer means another thing once the one call that cannot be taken back was made: only what is
surely a refusal is one then, and everything else is unknown.  The finer code is looked at first.
"""

from __future__ import annotations

from collections.abc import Mapping

from branding.publishing.values.calls import Answer, Failure, Sent, Step

#: Meta's finer codes.
SUBCODES: Mapping[int, Answer] = {
    463: Answer.RECONNECT,
    458: Answer.RECONNECT,
    460: Answer.RECONNECT,
    467: Answer.RECONNECT,
    2207001: Answer.RETRY,
    2207003: Answer.RETRY,
    2207004: Answer.PERMANENT,
    2207005: Answer.PERMANENT,
    2207006: Answer.REBUILD,
    2207008: Answer.RETRY,
    2207009: Answer.PERMANENT,
    2207010: Answer.PERMANENT,
    2207020: Answer.REBUILD,
    2207023: Answer.PERMANENT,
    2207026: Answer.PERMANENT,
    2207027: Answer.NOT_READY,
    2207028: Answer.PERMANENT,
    2207032: Answer.RETRY,
    2207035: Answer.PERMANENT,
    2207036: Answer.PERMANENT,
    2207037: Answer.PERMANENT,
    2207040: Answer.PERMANENT,
    2207042: Answer.WAIT,
    2207050: Answer.PERMANENT,
    2207051: Answer.PERMANENT,
    2207052: Answer.RETRY,
    2207053: Answer.REBUILD,
    2207057: Answer.PERMANENT,
    2207077: Answer.PERMANENT,
    2207081: Answer.PERMANENT,
    2207082: Answer.REBUILD,
    2207085: Answer.PERMANENT,
    # Seen on Pages: a photo's size or type, the same photos once more, publishing not authorised.
    1366046: Answer.PERMANENT,
    1366051: Answer.PERMANENT,
    1404078: Answer.PERMANENT,
    1609005: Answer.PERMANENT,
}

#: Meta's codes; ranges of permissions are in :func:`_by_code`.
CODES: Mapping[int, Answer] = {
    -2: Answer.RETRY,
    -1: Answer.RETRY,
    1: Answer.RETRY,
    2: Answer.RETRY,
    4: Answer.WAIT,
    9: Answer.WAIT,
    10: Answer.RECONNECT,
    17: Answer.WAIT,
    24: Answer.REBUILD,
    25: Answer.PERMANENT,
    32: Answer.WAIT,
    100: Answer.PERMANENT,
    102: Answer.RECONNECT,
    190: Answer.RECONNECT,
    324: Answer.PERMANENT,
    352: Answer.PERMANENT,
    368: Answer.PERMANENT,
    506: Answer.PERMANENT,
    613: Answer.WAIT,
    9004: Answer.RETRY,
    9007: Answer.NOT_READY,
    36000: Answer.PERMANENT,
    36001: Answer.PERMANENT,
    36003: Answer.PERMANENT,
    36004: Answer.PERMANENT,
    80001: Answer.WAIT,
    80002: Answer.WAIT,
}

#: LinkedIn says it by the number of the answer; so does whatever stands in front of a channel.
STATUSES: Mapping[int, Answer] = {
    401: Answer.RECONNECT,
    403: Answer.RECONNECT,
    404: Answer.PERMANENT,
    408: Answer.RETRY,
    409: Answer.RETRY,
    426: Answer.RECONNECT,
    429: Answer.WAIT,
}

#: What was seen where there is no code.
KINDS: Mapping[str, Answer] = {
    "expired": Answer.REBUILD,
    "container_error": Answer.REBUILD,
    "upload_refused": Answer.REBUILD,
    "upload_failed": Answer.RETRY,
    "bad_token": Answer.RECONNECT,
    "unsupported": Answer.PERMANENT,
    "no_id": Answer.RETRY,
    "not_json": Answer.RETRY,
    "timeout": Answer.RETRY,
    "refused": Answer.RETRY,
    "dropped": Answer.RETRY,
    "cut_short": Answer.RETRY,
}

#: Surely refused, also as the answer to the call that publishes.  A post may be live after 4/2207051, 368,
#: 506, 1366051, 1, 2, -1 and any throttling: those are read up on first.
REFUSED_SUBCODES = frozenset(
    {463, 458, 460, 467, 2207004, 2207005, 2207009, 2207010, 2207023, 2207026, 2207027, 2207028, 2207035,
     2207036, 2207037, 2207040, 2207042, 2207050, 2207057, 2207081, 1366046, 1404078, 1609005}
)  # fmt: skip
REFUSED_CODES = frozenset({10, 25, 102, 190, 324, 352, 9007, 36000, 36001, 36003, 36004})
#: LinkedIn takes the same text twice for one post, so a refusal by traffic may be tried again.
REFUSED_STATUSES = frozenset({400, 401, 403, 404, 409, 422, 426, 429})
#: Mean what they say also without a word; a 403 in HTML is more often somebody on the way.
_PLAIN_STATUSES = frozenset({401, 426, 429})
#: Object not readable: said of things that are there, now and then.
_UNREADABLE = (100, 33)


def classify(failure: Failure) -> Answer:
    """What to do.  A post that the channel says is there already is no failure: it is adopted."""
    if failure.adopt:
        return Answer.OK
    if failure.step == Step.PUBLISH:
        return _at_publish(failure)
    if failure.step == Step.COMMENT and failure.sent != Sent.NO and _is_unclear(failure):
        return Answer.UNKNOWN  # the comments are read before a second try
    found = _meaning(failure)
    if failure.step in (Step.READ, Step.COMMENT, Step.DELETE):
        return _beside(failure, found)
    if failure.step == Step.POLL and (failure.code, failure.subcode) == _UNREADABLE:
        return Answer.RETRY
    return found


def _at_publish(failure: Failure) -> Answer:
    """The one call: what never left us may be repeated, what was surely refused is what it is."""
    if failure.sent == Sent.NO:
        return _meaning(failure)
    if failure.sent == Sent.MAYBE or _is_unclear(failure):
        return Answer.UNKNOWN
    if failure.subcode in SUBCODES:
        is_refused = failure.subcode in REFUSED_SUBCODES
    elif failure.code is not None:
        is_plain = (failure.code, failure.subcode) != _UNREADABLE and failure.code in REFUSED_CODES
        is_refused = is_plain or _is_permission(failure.code)
    else:
        is_refused = failure.http_status in REFUSED_STATUSES
    return _meaning(failure) if is_refused else Answer.UNKNOWN


def _beside(failure: Failure, found: Answer) -> Answer:
    """Reading, commenting and taking down: a right that is missing there stops no post."""
    if (failure.code, failure.subcode) == _UNREADABLE:
        return Answer.PERMANENT if failure.step == Step.DELETE else Answer.RETRY
    is_right_missing = failure.code is not None and (failure.code == 10 or _is_permission(failure.code))
    if is_right_missing or (failure.code is None and failure.http_status == 403):
        return Answer.PERMANENT
    return Answer.RETRY if found in (Answer.REBUILD, Answer.NOT_READY) else found


def _meaning(failure: Failure) -> Answer:
    """By finer code, code, what was seen, and the answer's number, in this order."""
    if failure.subcode is not None and failure.subcode in SUBCODES:
        return SUBCODES[failure.subcode]
    if failure.code is not None:
        return _by_code(failure.code, failure.http_status)
    status = failure.http_status or 0
    if failure.kind in KINDS and not (failure.kind == "not_json" and status in _PLAIN_STATUSES):
        return KINDS[failure.kind]
    if status in STATUSES:
        return STATUSES[status]
    return Answer.RETRY if status >= 500 or status < 400 else Answer.PERMANENT


def _by_code(code: int, status: int | None) -> Answer:
    if code in CODES:
        return CODES[code]
    if _is_permission(code):
        return Answer.RECONNECT
    # Nobody has met it: a server's fault passes, a refusal stays.
    return Answer.RETRY if (status or 400) >= 500 else Answer.PERMANENT


def _is_permission(code: int) -> bool:
    return 200 <= code <= 299


def _is_unclear(failure: Failure) -> bool:
    """The channel may have done it, whatever it says."""
    return failure.sent == Sent.MAYBE or failure.kind != "error" or (failure.http_status or 0) >= 500
