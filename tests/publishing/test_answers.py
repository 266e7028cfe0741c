"""What every error of the channels means, for every step (publishing-apis.md section 1.6)."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from branding.publishing.channels.envelopes import failure_in, waited_for
from branding.publishing.rules.answers import CODES, KINDS, SUBCODES, classify
from branding.publishing.values.calls import Answer, Failure, Sent, Step

A = Answer
BEFORE = (Step.PREPARE, Step.POLL)

#: code, subcode, before publishing, at publishing: the table's rows in its own order.
TABLE = [
    (-2, 2207003, A.RETRY, A.UNKNOWN),
    (-2, 2207020, A.REBUILD, A.UNKNOWN),
    (-1, 2207001, A.RETRY, A.UNKNOWN),
    (-1, 2207032, A.RETRY, A.UNKNOWN),
    (-1, 2207053, A.REBUILD, A.UNKNOWN),
    (1, None, A.RETRY, A.UNKNOWN),
    (2, None, A.RETRY, A.UNKNOWN),
    (1, 2207057, A.PERMANENT, A.PERMANENT),
    (4, 2207051, A.PERMANENT, A.UNKNOWN),
    (4, None, A.WAIT, A.UNKNOWN),
    (17, None, A.WAIT, A.UNKNOWN),
    (32, None, A.WAIT, A.UNKNOWN),
    (613, None, A.WAIT, A.UNKNOWN),
    (80001, None, A.WAIT, A.UNKNOWN),
    (80002, None, A.WAIT, A.UNKNOWN),
    (9, 2207042, A.WAIT, A.WAIT),
    (10, None, A.RECONNECT, A.RECONNECT),
    (200, None, A.RECONNECT, A.RECONNECT),
    (299, None, A.RECONNECT, A.RECONNECT),
    (24, 2207006, A.REBUILD, A.UNKNOWN),
    (24, 2207008, A.RETRY, A.UNKNOWN),
    (25, 2207050, A.PERMANENT, A.PERMANENT),
    (100, 2207023, A.PERMANENT, A.PERMANENT),
    (100, 2207028, A.PERMANENT, A.PERMANENT),
    (100, 2207035, A.PERMANENT, A.PERMANENT),
    (100, 2207036, A.PERMANENT, A.PERMANENT),
    (100, 2207037, A.PERMANENT, A.PERMANENT),
    (100, 2207040, A.PERMANENT, A.PERMANENT),
    (102, None, A.RECONNECT, A.RECONNECT),
    (190, None, A.RECONNECT, A.RECONNECT),
    (190, 458, A.RECONNECT, A.RECONNECT),
    (190, 460, A.RECONNECT, A.RECONNECT),
    (190, 463, A.RECONNECT, A.RECONNECT),
    (190, 467, A.RECONNECT, A.RECONNECT),
    (352, 2207026, A.PERMANENT, A.PERMANENT),
    (9004, 2207052, A.RETRY, A.UNKNOWN),
    (9007, 2207027, A.NOT_READY, A.NOT_READY),
    (36000, 2207004, A.PERMANENT, A.PERMANENT),
    (36001, 2207005, A.PERMANENT, A.PERMANENT),
    (36003, 2207009, A.PERMANENT, A.PERMANENT),
    (36004, 2207010, A.PERMANENT, A.PERMANENT),
    (None, 2207077, A.PERMANENT, A.UNKNOWN),
    (None, 2207081, A.PERMANENT, A.PERMANENT),
    (None, 2207082, A.REBUILD, A.UNKNOWN),
    (None, 2207085, A.PERMANENT, A.UNKNOWN),
    # Facebook Pages
    (506, None, A.PERMANENT, A.UNKNOWN),
    (368, 1390008, A.PERMANENT, A.UNKNOWN),
    (100, 1366046, A.PERMANENT, A.PERMANENT),
    (100, 1366051, A.PERMANENT, A.UNKNOWN),
    (200, 1404078, A.PERMANENT, A.PERMANENT),
    # what nobody has met
    (4711, None, A.PERMANENT, A.UNKNOWN),
    (100, 33, A.PERMANENT, A.UNKNOWN),
]


def said(step: Step, code: int | None, subcode: int | None, status: int = 400) -> Failure:
    return Failure(step, Sent.YES, "error", status, code, subcode)


@pytest.mark.parametrize(("code", "subcode", "before", "at_publish"), TABLE)
def test_each_row_of_the_table_means_what_it_says(
    code: int | None, subcode: int | None, before: Answer, at_publish: Answer
) -> None:
    assert classify(said(Step.PREPARE, code, subcode)) is before
    assert classify(said(Step.PUBLISH, code, subcode)) is at_publish
    if (code, subcode) != (100, 33):
        assert classify(said(Step.POLL, code, subcode)) is before


def test_every_code_that_we_know_stands_in_the_tests_table() -> None:
    assert set(CODES) - {code for code, *_ in TABLE} == {324}
    assert set(SUBCODES) - {subcode for _, subcode, *_ in TABLE} == {1609005}


#: Every pair of what we know and what we do not.
PAIRS = list(product([*CODES, 200, 250, 4711, None], [None, *SUBCODES]))


def test_an_error_of_the_server_is_unknown_at_publishing_whatever_it_says() -> None:
    """5xx: something broke, and how far it had come nobody says."""
    for code, subcode in PAIRS:
        failure = Failure(Step.PUBLISH, Sent.MAYBE, "error", 500, code, subcode)
        assert classify(failure) is A.UNKNOWN, (code, subcode)


def test_at_publishing_nothing_is_tried_again_that_may_have_gone_out() -> None:
    for (code, subcode), status in product(PAIRS, [200, 400, 403, 404, 409, 429, 500, 503]):
        answer = classify(said(Step.PUBLISH, code, subcode, status))
        is_plain_conflict = (code, subcode, status) == (None, None, 409)
        assert answer not in (A.REBUILD, A.OK), (code, subcode, status)
        assert (answer is A.RETRY) is is_plain_conflict, (code, subcode, status)


@pytest.mark.parametrize("kind", ["timeout", "refused", "dropped", "cut_short", "not_json", "no_id"])
@pytest.mark.parametrize("sent", list(Sent))
def test_what_came_to_no_answer(kind: str, sent: Sent) -> None:
    for step in (*BEFORE, Step.READ, Step.DELETE):
        assert classify(Failure(step, sent, kind)) is A.RETRY
    wanted = A.RETRY if sent is Sent.NO else A.UNKNOWN
    assert classify(Failure(Step.PUBLISH, sent, kind)) is wanted
    assert classify(Failure(Step.COMMENT, sent, kind)) is wanted


@pytest.mark.parametrize("step", list(Step))
def test_every_kind_has_a_meaning_at_every_step(step: Step) -> None:
    for kind in KINDS:
        for sent in Sent:
            assert classify(Failure(step, sent, kind, 200)) in Answer


@pytest.mark.parametrize(
    ("status", "before", "at_publish"),
    [
        (400, A.PERMANENT, A.PERMANENT),
        (401, A.RECONNECT, A.RECONNECT),
        (403, A.RECONNECT, A.RECONNECT),
        (404, A.PERMANENT, A.PERMANENT),
        (409, A.RETRY, A.RETRY),
        (422, A.PERMANENT, A.PERMANENT),
        (426, A.RECONNECT, A.RECONNECT),
        (429, A.WAIT, A.WAIT),
        (500, A.RETRY, A.UNKNOWN),
        (503, A.RETRY, A.UNKNOWN),
    ],
)
def test_linkedin_says_it_by_the_number_of_the_answer(
    status: int, before: Answer, at_publish: Answer
) -> None:
    assert classify(said(Step.PREPARE, None, None, status)) is before
    assert classify(said(Step.PUBLISH, None, None, status)) is at_publish


def test_a_post_that_is_there_already_is_adopted() -> None:
    content = {"status": 422, "message": "Content is a duplicate of urn:li:share:42"}
    failure = failure_in(Step.PUBLISH, 422, {}, content)
    assert failure.adopt == "urn:li:share:42" and classify(failure) is A.OK


def test_an_unreadable_object_is_asked_for_again_but_cannot_be_deleted() -> None:
    """Meta says it of things that are there, now and then; for DELETE it means that this way in lacks it."""
    for step in (Step.READ, Step.POLL):
        assert classify(said(step, 100, 33)) is A.RETRY
    assert classify(said(Step.DELETE, 100, 33)) is A.PERMANENT


def test_a_right_that_is_missing_for_comments_stops_no_post() -> None:
    for step in (Step.READ, Step.COMMENT, Step.DELETE):
        assert classify(said(step, 10, None, 403)) is A.PERMANENT
        assert classify(said(step, None, None, 403)) is A.PERMANENT
        assert classify(said(step, 190, 463, 401)) is A.RECONNECT


def test_an_answer_that_is_no_document_was_perhaps_a_success() -> None:
    for status in (200, 502):
        failure = failure_in(Step.PUBLISH, status, {}, None)
        assert (failure.kind, failure.sent) == ("not_json", Sent.MAYBE)
        assert classify(failure) is A.UNKNOWN
    redirected = failure_in(Step.PUBLISH, 302, {}, None)
    assert redirected.kind == "http" and classify(redirected) is A.UNKNOWN


def test_the_channel_says_how_long_to_wait() -> None:
    usage = '{"17": [{"estimated_time_to_regain_access": 7}, {"estimated_time_to_regain_access": 3}]}'
    assert waited_for({"X-Business-Use-Case-Usage": usage}) == timedelta(minutes=7)
    assert waited_for({"Retry-After": "90"}) == timedelta(seconds=90)
    for strange in ("{", "[]", '{"a": 1}', '{"a": [{"estimated_time_to_regain_access": "x"}]}'):
        assert waited_for({"X-Business-Use-Case-Usage": strange}) is None
    assert waited_for({"Retry-After": "999999999"}) == timedelta(hours=24)


def test_films_are_refused_in_words_of_their_own() -> None:
    passing = failure_in(Step.PREPARE, 400, {}, {"debug_info": {"retriable": True, "type": "Partial"}})
    lasting = failure_in(Step.PREPARE, 400, {}, {"debug_info": {"retriable": False, "type": "Process"}})
    assert (classify(passing), classify(lasting)) == (A.RETRY, A.REBUILD)


def test_nothing_that_a_channel_wrote_is_kept() -> None:
    content = {"error": {"message": "secret words", "code": "x", "fbtrace_id": "words with spaces"}}
    failure = failure_in(Step.PREPARE, 400, {}, content)
    assert "secret" not in repr(failure) and failure.trace_id == "" and failure.code is None
