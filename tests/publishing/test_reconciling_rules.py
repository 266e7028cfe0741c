"""After an unclear answer: what is concluded from what was read (publishing-apis.md section 1.9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.publishing.rules.reconciling import Verdict, conclude, same_words
from branding.publishing.rules.times import STILL_READY, UNCLEAR_FOR
from branding.publishing.values.calls import Container, Look, RemotePost
from branding.publishing.values.states import State

START = datetime(2026, 11, 2, 11, tzinfo=UTC)
SOON, LATER, LATE = timedelta(seconds=10), STILL_READY, UNCLEAR_FOR
CAPTION = "Kaffe i køkkenet"


def post(key: str = "a", caption: str = CAPTION, after: timedelta = timedelta(seconds=2)) -> RemotePost:
    return RemotePost(key, caption, START + after)


def concluded(
    container: Container | None, *posts: RemotePost, after: timedelta = SOON, **given: object
) -> Verdict:
    look = Look(container, posts, bool(given.pop("can_list", True)))
    known = {"before": (), "taken": ()} | given
    return conclude(look, caption=CAPTION, started_at=START, now=START + after, **known)  # type: ignore[arg-type]


def test_the_one_new_post_with_our_words_is_ours() -> None:
    for container in (None, Container.PUBLISHED, Container.FINISHED, Container.IN_PROGRESS):
        assert concluded(container, post()) == Verdict(State.PUBLISHED, post())


def test_of_two_posts_that_can_be_ours_a_person_chooses() -> None:
    assert concluded(Container.PUBLISHED, post("a"), post("b")).state is State.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ({"before": ("a",)}, "it stood there before the call"),
        ({"taken": ("a",)}, "it is another publication's"),
    ],
)
def test_a_post_that_cannot_be_ours_is_not(kept: dict[str, object], why: str) -> None:
    assert concluded(Container.PUBLISHED, post("a"), **kept).state is State.PUBLISHED_NO_ID, why


def test_other_words_or_an_earlier_time_are_not_ours() -> None:
    assert concluded(Container.PUBLISHED, post(caption="Andet")).post is None
    assert concluded(Container.PUBLISHED, post(after=-timedelta(minutes=2))).post is None


def test_published_and_not_in_the_list_yet_is_out_without_an_id() -> None:
    assert concluded(Container.PUBLISHED).state is State.PUBLISHED_NO_ID


def test_what_still_lies_ready_is_believed_after_five_minutes_only() -> None:
    assert concluded(Container.FINISHED).state is None
    assert concluded(Container.FINISHED, after=LATER).state is State.NOT_PUBLISHED


def test_without_a_list_what_lies_ready_proves_nothing() -> None:
    assert concluded(Container.FINISHED, after=LATER, can_list=False).state is None
    assert concluded(Container.FINISHED, after=LATE, can_list=False).state is State.NEEDS_REVIEW


def test_what_failed_or_ran_out_at_the_channel_is_not_out() -> None:
    for container in (Container.ERROR, Container.EXPIRED):
        assert concluded(container).state is State.NOT_PUBLISHED


def test_without_a_container_nothing_proves_that_it_is_not_out() -> None:
    assert concluded(None, after=LATER).state is None
    assert concluded(None, after=LATE).state is State.NEEDS_REVIEW


def test_spaces_do_not_make_other_words() -> None:
    assert same_words(" Kaffe \n i køkkenet", CAPTION)
    assert not same_words("kaffe i køkkenet", CAPTION)


_POSTS = st.lists(
    st.builds(
        RemotePost,
        st.sampled_from("abcdef"),
        st.sampled_from([CAPTION, "Andet"]),
        st.integers(-300, 300).map(lambda seconds: START + timedelta(seconds=seconds)),
    ),
    max_size=5,
)


@given(st.sampled_from([None, *Container]), _POSTS, st.sets(st.sampled_from("abcdef")), st.integers(0, 4000))
def test_not_out_is_never_said_while_a_post_can_be_ours(
    container: Container | None, posts: list[RemotePost], known: set[str], seconds: int
) -> None:
    verdict = conclude(
        Look(container, tuple(posts)), caption=CAPTION, before=known, taken=(), started_at=START,
        now=START + timedelta(seconds=seconds),
    )  # fmt: skip
    if verdict.state is State.NOT_PUBLISHED:
        assert not [
            one for one in posts
            if one.external_id not in known and one.caption == CAPTION
            and one.posted_at >= START - timedelta(minutes=1)
        ]  # fmt: skip
    if verdict.post is not None:
        assert verdict.post.external_id not in known


def test_of_posts_without_words_the_one_new_one_is_ours_only_when_the_channel_says_that_ours_is_out() -> None:
    """A host may put up a story by phone in the same minute."""

    def looked(container: Container, after: timedelta) -> Verdict:
        look = Look(container, (post(caption=""),))
        return conclude(look, caption=" ", before=(), taken=(), started_at=START, now=START + after)

    assert looked(Container.PUBLISHED, SOON).state is State.PUBLISHED
    assert looked(Container.FINISHED, SOON).state is None
    assert looked(Container.FINISHED, LATER).state is State.NEEDS_REVIEW
