"""Facebook Pages, against the simulator, by real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from branding.consent.values.records import Channel, Format
from branding.organisation.values import Channel as ProfileChannel
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.rules.answers import classify
from branding.publishing.values.calls import Answer, CallFailed, Metric
from branding.simulator import world
from tests.publishing.outgoing import client, film, picture, post, prepared
from tests.support.simulated import Simulated


@pytest.fixture
def page(simulated: Simulated, tmp_path: Path) -> ChannelClient:
    return client(simulated, tmp_path, ProfileChannel.FACEBOOK, None)


def since() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=30)


def test_one_photo_goes_out_with_its_words_in_one_call(simulated: Simulated, page: ChannelClient) -> None:
    wanted = post(picture(1), channel=Channel.FACEBOOK)
    made = prepared(page, wanted)
    assert not simulated.calls()  # nothing is handed over before
    placed = page.publish(wanted, made)
    (live,) = simulated.live()
    assert (live["id"], live["caption"], live["alts"]) == (placed.external_id, wanted.caption, ["Billede 1"])
    assert placed.external_id.startswith(world.PAGE + "_")
    assert page.permalink(placed.external_id).startswith("https://www.facebook.com/")
    assert page.measure(placed.external_id, Format.FEED).values[Metric.LIKES] == 34


def test_several_photos_are_staged_and_shown_together(simulated: Simulated, page: ChannelClient) -> None:
    wanted = post(*map(picture, range(3)), form=Format.CAROUSEL, channel=Channel.FACEBOOK)
    made = prepared(page, wanted)
    assert len(made["photos"]) == 3 and not simulated.live()
    placed = page.publish(wanted, made)
    assert simulated.live()[0]["alts"] == ["Billede 0", "Billede 1", "Billede 2"]
    page.delete(placed.external_id)
    assert not page.is_live(placed.external_id) and not simulated.live()


def test_words_alone_go_out(simulated: Simulated, page: ChannelClient) -> None:
    wanted = post(channel=Channel.FACEBOOK)
    page.publish(wanted, prepared(page, wanted))
    assert simulated.live()[0]["caption"] == wanted.caption


@pytest.mark.parametrize("form", [Format.STORY, Format.REEL])
def test_films_and_stories_are_said_to_be_beyond_this_channel(page: ChannelClient, form: Format) -> None:
    with pytest.raises(CallFailed) as caught:
        page.advance(post(film(), form=form, channel=Channel.FACEBOOK), {})
    assert classify(caught.value.failure) is Answer.PERMANENT


def test_the_same_words_twice_are_looked_up_before_anybody_says_they_failed(
    simulated: Simulated, page: ChannelClient
) -> None:
    """506: it may be our own first call, whose answer we never got."""
    wanted = post(picture(), channel=Channel.FACEBOOK)
    simulated.faults({"action": "commit_then_drop", "method": "POST", "path": "photos"})
    for _ in range(2):
        with pytest.raises(CallFailed) as caught:
            page.publish(wanted, prepared(page, wanted))
        assert classify(caught.value.failure) is Answer.UNKNOWN
    assert caught.value.failure.code == 506
    assert [one.caption for one in page.look(wanted, {}, since()).posts] == [wanted.caption]
    assert len(simulated.live()) == 1


def test_comments_are_read_written_and_hidden(simulated: Simulated, page: ChannelClient) -> None:
    external_id = simulated.foreign_post(world.PAGE, "Her")
    page.comment(external_id, "Tak")
    (comment,) = page.comments(external_id)
    assert comment.is_own and comment.text == "Tak"
    page.hide_comment(comment.external_id)


def test_the_test_names_the_missing_permission(simulated: Simulated, page: ChannelClient) -> None:
    assert all(one.is_ok for one in page.test())
    simulated.token(world.FACEBOOK_TOKEN, "facebook", scopes=["pages_read_engagement"])
    assert page.test()[-1].detail == "pages_manage_posts"
    simulated.token(world.FACEBOOK_TOKEN, "facebook", scopes=[])
    assert page.test()[-1].detail == "pages_read_engagement"
    assert not simulated.live()
