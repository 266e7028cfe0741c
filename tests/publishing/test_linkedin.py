"""LinkedIn organisations, against the simulator, by real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.consent.values.records import Channel, Format
from branding.organisation.values import Channel as ProfileChannel
from branding.publishing.channels.protocol import ChannelClient
from branding.publishing.rules.answers import classify
from branding.publishing.rules.little_text import escaped, unescaped
from branding.publishing.values.calls import Answer, CallFailed, Metric
from branding.simulator import world
from branding.simulator.linkedin import _shown_text
from tests.publishing.outgoing import client, picture, post, prepared
from tests.support.simulated import Simulated

WORDS = "Vi søger dig (og dig)! #pædagog @kollega <3 50% * fri_dag ~ {a|b} [c] \\ # slut C# job#42"


@pytest.fixture
def page(simulated: Simulated, tmp_path: Path) -> ChannelClient:
    return client(simulated, tmp_path, ProfileChannel.LINKEDIN, None)


def linkedin_post(count: int, caption: str = WORDS) -> object:
    form = Format.FEED if count < 2 else Format.CAROUSEL
    return post(*map(picture, range(count)), form=form, channel=Channel.LINKEDIN, caption=caption)


def since() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=30)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_post_goes_out_with_every_word_and_picture(
    simulated: Simulated, page: ChannelClient, count: int
) -> None:
    simulated.options(polls=1)
    wanted = linkedin_post(count)
    made = prepared(page, wanted)  # type: ignore[arg-type]
    assert not simulated.live()
    placed = page.publish(wanted, made)  # type: ignore[arg-type]
    (live,) = simulated.live()
    assert live["caption"] == WORDS  # cut at no reserved letter
    assert live["alts"] == [f"Billede {number}" for number in range(count)]
    assert placed.external_id == live["id"] and placed.permalink.endswith(f"/{live['id']}/")
    assert page.is_live(placed.external_id)
    assert [one.caption for one in page.posts_since(since())] == [WORDS]
    page.delete(placed.external_id)
    assert not page.is_live(placed.external_id)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_little_text_comes_out_as_it_went_in(text: str) -> None:
    assert _shown_text(escaped(text)) == text
    assert unescaped(escaped(text)) == text


def test_hashtags_keep_their_sign_and_handed_out_ones_are_read() -> None:
    assert escaped("#pædagog") == "#pædagog"
    assert unescaped(r"{hashtag|\#|job} \(nu\)") == "#job (nu)"


def test_the_earlier_post_is_adopted_when_linkedin_names_it(
    simulated: Simulated, page: ChannelClient
) -> None:
    wanted = linkedin_post(1)
    made = prepared(page, wanted)  # type: ignore[arg-type]
    simulated.faults({"action": "commit_then_drop", "method": "POST", "path": "rest/posts"})
    answers = []
    for _ in range(2):
        with pytest.raises(CallFailed) as caught:
            page.publish(wanted, made)  # type: ignore[arg-type]
        answers.append(classify(caught.value.failure))
    assert answers == [Answer.UNKNOWN, Answer.OK]
    assert caught.value.failure.adopt == simulated.live()[0]["id"] and len(simulated.live()) == 1


def test_without_the_header_it_is_out_all_the_same(simulated: Simulated, page: ChannelClient) -> None:
    simulated.options(is_id_missing=True)
    wanted = linkedin_post(0)
    placed = page.publish(wanted, prepared(page, wanted))  # type: ignore[arg-type]
    assert placed.external_id == "" and placed.permalink == "" and len(simulated.live()) == 1
    assert [one.external_id for one in page.look(wanted, {}, since()).posts] == [simulated.live()[0]["id"]]  # type: ignore[arg-type]


def test_without_the_right_to_read_nobody_pretends_to_have_looked(
    simulated: Simulated, page: ChannelClient
) -> None:
    simulated.token(world.LINKEDIN_TOKEN, "linkedin", scopes=["w_organization_social"])
    wanted = linkedin_post(0)
    assert page.newest(wanted) == []  # type: ignore[arg-type]
    assert page.look(wanted, {}, since()).can_list is False  # type: ignore[arg-type]


def test_numbers_and_comments(simulated: Simulated, page: ChannelClient) -> None:
    external_id = simulated.foreign_post(world.ORGANISATION, "Her")
    values = page.measure(external_id, Format.FEED).values
    assert values[Metric.VIEWS] == 210 and page.followers() == 1234
    page.comment(external_id, "Tak (alle)")
    assert [(one.text, one.is_own) for one in page.comments(external_id)] == [("Tak (alle)", True)]


def test_the_test_says_what_is_wrong(simulated: Simulated, page: ChannelClient) -> None:
    def wrong() -> list[str]:
        return [f"{one.check}:{one.code}:{one.detail}" for one in page.test() if one.code]

    assert wrong() == []
    simulated.token(world.LINKEDIN_TOKEN, "linkedin", scopes=["rw_organization_admin"])
    assert wrong() == ["permissions:permission_missing:w_organization_social"]
    simulated.token(world.LINKEDIN_TOKEN, "linkedin", expires_in=-1)
    assert wrong() == ["token:token_dead:simtrace"]
    simulated.faults({"action": "status", "path": "organizations", "status": 426, "body": "{}"})
    assert wrong() == ["reached:version_ended:"]
    assert not simulated.live()
