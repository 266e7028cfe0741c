"""Instagram by both ways in, against the simulator, by real HTTP."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, Response

from branding.consent.values.records import Format
from branding.publishing.channels import http
from branding.publishing.rules.answers import classify
from branding.publishing.values.calls import Answer, CallFailed, CallRecord, Can, Container, Metric, Sent
from branding.publishing.values.posts import Outgoing
from branding.publishing.values.states import Flavour
from branding.simulator import world
from tests.publishing import serving
from tests.publishing.outgoing import FILM, client, film, jpeg, picture, post, prepared
from tests.support.simulated import Simulated


@contextmanager
def served(body: bytes, mime: str) -> Iterator[str]:
    """An address that anybody can fetch this at."""
    app = Flask("served")

    @app.get("/m/<name>")
    def fetched(name: str) -> Response:
        return Response(body, mimetype=mime)

    with serving.served(app) as here:
        yield f"{here}/m/{'0' * 32}"


def since() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=30)


@pytest.mark.parametrize("flavour", list(Flavour))
def test_a_picture_is_fetched_and_goes_out_once(
    simulated: Simulated, tmp_path: Path, flavour: Flavour
) -> None:
    found = client(simulated, tmp_path, flavour=flavour)
    with served(jpeg(), "image/jpeg") as address:
        wanted = post(picture(1, address + ".jpg"), collaborators=("a", "b", "c", "d"))
        made = prepared(found, wanted)
    assert not simulated.live()
    placed = found.publish(wanted, made)
    (live,) = simulated.live()
    assert live["id"] == placed.external_id and live["caption"] == wanted.caption
    assert live["alts"] == ["Billede 1"] and live["collaborators"] == ["a", "b", "c"]
    assert live["files"][0]["size"] == len(jpeg())
    assert found.permalink(placed.external_id).startswith("https://www.instagram.com/p/")
    assert found.is_live(placed.external_id)


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ((picture(1),), Format.FEED),
        ((picture(1), picture(2)), Format.CAROUSEL),
        ((film(),), Format.REEL),
        ((picture(1),), Format.STORY),
    ],
    ids=["picture", "carousel", "reel", "story"],
)
def test_tagged_accounts_are_tagged_once(
    simulated: Simulated, tmp_path: Path, media: tuple[Outgoing, ...], form: Format
) -> None:
    """With a place in a picture, without one in a film; Instagram refuses it the other way round."""
    simulated.options(instant=True)
    found = client(simulated, tmp_path, flavour=Flavour.INSTAGRAM_LOGIN)
    wanted = post(*media, form=form, tags=("regionen", "psyk"))
    found.publish(wanted, prepared(found, wanted))
    (live,) = simulated.live()
    assert live["tags"] == ["regionen", "psyk"]


def test_a_carousel_is_made_of_one_container_at_a_time(simulated: Simulated, tmp_path: Path) -> None:
    simulated.options(instant=True)
    found, wanted = client(simulated, tmp_path), post(*map(picture, range(3)), form=Format.CAROUSEL)
    made: dict[str, object] = {}
    counts = []
    for _ in range(4):
        made = dict(found.advance(wanted, made).made)
        counts.append(len(simulated.state()["containers"]))
        if len(made["children"]) == 3:  # type: ignore[arg-type]
            break
    assert counts == [1, 2, 3]
    found.publish(wanted, prepared(found, wanted, made))
    (live,) = simulated.live()
    assert live["kind"] == "CAROUSEL" and live["alts"] == ["Billede 0", "Billede 1", "Billede 2"]


@pytest.mark.parametrize(("form", "kind"), [(Format.REEL, "REELS"), (Format.STORY, "STORY")])
def test_a_film_is_sent_in_pieces_where_no_address_is_needed(
    simulated: Simulated, tmp_path: Path, form: Format, kind: str
) -> None:
    found, wanted = client(simulated, tmp_path), post(film(), form=form, caption="")
    found.publish(wanted, prepared(found, wanted))
    (live,) = simulated.live()
    assert live["kind"] == kind and live["files"][0]["size"] == len(FILM)


def test_a_film_in_a_carousel_is_sent_too(simulated: Simulated, tmp_path: Path) -> None:
    simulated.options(instant=True)
    found, wanted = client(simulated, tmp_path), post(picture(), film(), picture(2), form=Format.CAROUSEL)
    found.publish(wanted, prepared(found, wanted))
    (live,) = simulated.live()
    assert [one["size"] for one in live["files"]] == [0, len(FILM), 0]


def test_by_instagram_alone_a_film_is_fetched(simulated: Simulated, tmp_path: Path) -> None:
    found = client(simulated, tmp_path, flavour=Flavour.INSTAGRAM_LOGIN)
    item = film()
    with served(FILM, "video/mp4") as address:
        fetched = type(item)(
            item.item_id, item.kind, "", item.read, item.film, item.film_size, lambda: address
        )
        made = prepared(found, post(fetched, form=Format.REEL))
    found.publish(post(fetched, form=Format.REEL), made)
    assert simulated.live()[0]["files"][0]["size"] == len(FILM)


def test_what_is_not_ready_is_asked_for_after_5_15_30_and_60_seconds(
    simulated: Simulated, tmp_path: Path
) -> None:
    simulated.options(instant=True, polls=6)
    found, wanted = client(simulated, tmp_path), post(picture())
    made = found.advance(wanted, {}).made
    waits = []
    while not (progress := found.advance(wanted, made)).is_ready:
        made = progress.made
        assert progress.wait is not None
        waits.append(int(progress.wait.total_seconds()))
    assert waits == [5, 15, 30, 60, 60, 60]


@pytest.mark.parametrize(
    ("options", "answer"),
    [({"container_error": 2207082}, Answer.REBUILD), ({"container_error": 2207026}, Answer.PERMANENT)],
)
def test_a_container_that_ends_in_an_error_says_which(
    simulated: Simulated, tmp_path: Path, options: dict[str, int], answer: Answer
) -> None:
    simulated.options(instant=True, **options)
    found, wanted = client(simulated, tmp_path), post(picture())
    made = found.advance(wanted, {}).made
    with pytest.raises(CallFailed) as caught:
        found.advance(wanted, made)
    assert classify(caught.value.failure) is answer


def test_a_container_is_gone_after_a_day(simulated: Simulated, tmp_path: Path) -> None:
    simulated.options(instant=True)
    found, wanted = client(simulated, tmp_path), post(picture())
    made = found.advance(wanted, {}).made
    simulated.advance(24 * 3600 + 1)
    with pytest.raises(CallFailed) as caught:
        found.advance(wanted, made)
    assert classify(caught.value.failure) is Answer.REBUILD


def test_a_picture_of_another_shape_is_refused_for_good(simulated: Simulated, tmp_path: Path) -> None:
    with served(jpeg(1080, 1920), "image/jpeg") as address, pytest.raises(CallFailed) as caught:
        client(simulated, tmp_path).advance(post(picture(0, address)), {})
    failure = caught.value.failure
    assert (failure.code, failure.subcode) == (36003, 2207009)
    assert classify(failure) is Answer.PERMANENT


#: fault, the answer we are given, and how many posts are live afterwards.
AT_PUBLISH = [
    ({"action": "commit_then_drop"}, Answer.UNKNOWN, 1),
    ({"action": "drop_before_commit"}, Answer.UNKNOWN, 0),
    ({"action": "truncate"}, Answer.UNKNOWN, 1),
    ({"action": "html_502"}, Answer.UNKNOWN, 0),
    ({"action": "ok_but_text"}, Answer.UNKNOWN, 0),
    ({"action": "no_id"}, Answer.UNKNOWN, 1),
    ({"action": "redirect"}, Answer.UNKNOWN, 0),
    ({"action": "commit_then_delay", "seconds": 0.6}, Answer.UNKNOWN, 1),
    ({"action": "commit_then_error", "code": 4, "subcode": 2207051}, Answer.UNKNOWN, 1),
    ({"action": "status", "code": 190, "subcode": 463, "status": 401}, Answer.RECONNECT, 0),
    ({"action": "status", "code": 9, "subcode": 2207042}, Answer.WAIT, 0),
    ({"action": "status", "code": 9007, "subcode": 2207027}, Answer.NOT_READY, 0),
    ({"action": "status", "code": 2, "status": 503}, Answer.UNKNOWN, 0),
]


@pytest.mark.parametrize(("fault", "answer", "live"), AT_PUBLISH)
def test_an_unclear_answer_is_never_taken_for_a_failure_and_the_call_is_made_once(
    simulated: Simulated,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, object],
    answer: Answer,
    live: int,
) -> None:
    simulated.options(instant=True)
    monkeypatch.setattr(http, "TIMEOUT", (2, 0.3))
    notes: list[CallRecord] = []
    found, wanted = client(simulated, tmp_path, notes=notes), post(picture())
    made = prepared(found, wanted)
    simulated.faults({**fault, "method": "POST", "path": "media_publish"})
    with pytest.raises(CallFailed) as caught:
        found.publish(wanted, made)
    assert classify(caught.value.failure) is answer
    assert len(simulated.live()) == live
    published = [call for call in simulated.calls() if call["path"].endswith("media_publish")]
    assert len(published) == 1 and notes[-1].kind == caught.value.failure.kind
    look = found.look(wanted, made, since())
    assert look.container is (Container.PUBLISHED if live else Container.FINISHED)
    assert len(look.posts) == live


def test_nobody_there_means_nothing_was_sent(simulated: Simulated, tmp_path: Path) -> None:
    gone = Simulated("http://127.0.0.1:9", simulated.world)
    found = client(gone, tmp_path)
    with pytest.raises(CallFailed) as caught:
        found.publish(post(picture()), {"parent": "1"})
    assert caught.value.failure.sent is Sent.NO
    assert classify(caught.value.failure) is Answer.RETRY


def test_minutes_to_wait_come_from_the_header(simulated: Simulated, tmp_path: Path) -> None:
    simulated.options(instant=True)
    simulated.faults({"action": "usage_headers", "path": "/media$", "minutes": 23, "code": 4})
    with pytest.raises(CallFailed) as caught:
        client(simulated, tmp_path).advance(post(picture()), {})
    assert caught.value.failure.wait == timedelta(minutes=23)
    assert classify(caught.value.failure) is Answer.WAIT


@pytest.mark.parametrize("mode", ["error", "same_id", "duplicate"])
def test_a_second_publishing_is_played_in_three_ways_as_nobody_knows(
    simulated: Simulated, tmp_path: Path, mode: str
) -> None:
    simulated.options(instant=True, second_publish=mode)
    found, wanted = client(simulated, tmp_path), post(picture())
    made = prepared(found, wanted)
    first = found.publish(wanted, made)
    if mode == "error":
        with pytest.raises(CallFailed):
            found.publish(wanted, made)
    else:
        assert (found.publish(wanted, made) == first) is (mode == "same_id")
    assert len(simulated.live()) == (2 if mode == "duplicate" else 1)


def test_stories_are_looked_for_among_the_stories(simulated: Simulated, tmp_path: Path) -> None:
    simulated.options(instant=True)
    found, wanted = client(simulated, tmp_path), post(picture(), form=Format.STORY, caption="")
    simulated.foreign_post(world.IG_ACCOUNT, "", "STORY")
    before = found.newest(wanted)
    made = prepared(found, wanted)
    placed = found.publish(wanted, made)
    look = found.look(wanted, made, since())
    assert [one.external_id for one in look.posts if one.external_id not in before] == [placed.external_id]
    assert {one.kind for one in found.posts_since(since())} == {"story"}


def test_a_post_by_phone_is_seen_too_and_listing_may_lag(simulated: Simulated, tmp_path: Path) -> None:
    found = client(simulated, tmp_path)
    simulated.foreign_post(world.IG_ACCOUNT, "Fra telefonen")
    assert [one.caption for one in found.posts_since(since())] == ["Fra telefonen"]
    simulated.options(listing_lag=60)
    assert not found.posts_since(since())


def test_an_object_that_is_not_readable_is_gone_only_when_the_list_says_so(
    simulated: Simulated, tmp_path: Path
) -> None:
    found = client(simulated, tmp_path)
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "Her")
    simulated.faults({"action": "status", "code": 100, "subcode": 33, "path": f"{external_id}$"})
    assert found.is_live(external_id)
    found.delete(external_id)
    assert not found.is_live(external_id)


def test_only_by_facebook_login_posts_can_be_deleted(simulated: Simulated, tmp_path: Path) -> None:
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "Her")
    found = client(simulated, tmp_path, flavour=Flavour.INSTAGRAM_LOGIN)
    assert Can.DELETE not in found.can
    with pytest.raises(CallFailed) as caught:
        found.delete(external_id)
    assert classify(caught.value.failure) is Answer.PERMANENT
    assert Can.DELETE in client(simulated, tmp_path).can


def test_the_first_comment_is_written_once_and_without_asking_anything_back(
    simulated: Simulated, tmp_path: Path
) -> None:
    found = client(simulated, tmp_path)
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "Her")
    comment_id = found.comment(external_id, "Søg jobbet her")
    (comment,) = found.comments(external_id)
    assert (comment.external_id, comment.is_own, comment.is_hidden) == (comment_id, True, False)
    found.hide_comment(comment_id)
    assert found.comments(external_id)[0].is_hidden
    simulated.faults({"action": "commit_then_drop", "method": "POST", "path": "comments"})
    with pytest.raises(CallFailed) as caught:
        found.comment(external_id, "To gange?")
    assert classify(caught.value.failure) is Answer.UNKNOWN
    assert len(found.comments(external_id)) == 2


def test_numbers_that_are_not_there_are_none_and_never_nought(simulated: Simulated, tmp_path: Path) -> None:
    found = client(simulated, tmp_path)
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "Her")
    assert found.measure(external_id, Format.FEED).values[Metric.VIEWS]
    simulated.options(insights_delay=3600)
    assert set(found.measure(external_id, Format.FEED).values.values()) == {None}
    story = simulated.foreign_post(world.IG_ACCOUNT, "", "STORY")
    simulated.options(viewers=3)
    assert not found.measure(story, Format.STORY).values
    assert found.followers() == 1234


def test_a_number_that_the_channel_has_dropped_takes_no_other_with_it(
    simulated: Simulated, tmp_path: Path
) -> None:
    external_id = simulated.foreign_post(world.IG_ACCOUNT, "", "STORY")
    values = (
        client(simulated, tmp_path).measure(external_id, Format.FEED).values
    )  # likes are none of a story's
    assert values[Metric.VIEWS] and values[Metric.LIKES] is None


def test_a_token_is_renewed_by_instagram_alone(simulated: Simulated, tmp_path: Path) -> None:
    found = client(simulated, tmp_path, flavour=Flavour.INSTAGRAM_LOGIN)
    with pytest.raises(CallFailed):
        found.refreshed()  # not a day old yet
    simulated.token(world.INSTAGRAM_TOKEN, "instagram", issued_ago=90000)
    new = found.refreshed()
    assert new is not None and new.token != world.INSTAGRAM_TOKEN and new.expires_at is not None
    assert client(simulated, tmp_path).refreshed() is None


def test_no_token_is_in_any_record_log_or_error(
    simulated: Simulated, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    simulated.options(instant=True)
    simulated.token(world.INSTAGRAM_TOKEN, "instagram", issued_ago=90000)
    notes: list[CallRecord] = []
    found = client(simulated, tmp_path, flavour=Flavour.INSTAGRAM_LOGIN, notes=notes)
    wanted = post(picture())
    found.publish(wanted, prepared(found, wanted))
    found.refreshed()
    simulated.faults({"action": "drop_before_commit", "path": "."})
    with pytest.raises(CallFailed) as caught:
        found.quota()
    told = [repr(notes), str(caught.value), repr(caught.value), repr(found), caplog.text]
    assert not any("IGAASTAFET" in one or wanted.caption in one for one in told)
    assert all("?" not in note.request and "127.0.0.1" not in note.request for note in notes)
    assert "IGAASTAFET" not in repr(simulated.calls())


def test_the_test_says_precisely_what_is_wrong(simulated: Simulated, tmp_path: Path) -> None:
    def wrong(**more: object) -> list[tuple[str, str, str]]:
        found = client(simulated, tmp_path, **more).test()  # type: ignore[arg-type]
        return [(one.check.value, one.code, one.detail) for one in found if not one.is_ok or one.code]

    with served(jpeg(), "image/jpeg") as address:
        assert wrong(probe=address + ".jpg") == []
    assert wrong(probe="http://127.0.0.1:9/m/x.jpg")[0][:2] == ("pictures", "pictures_unreachable")
    simulated.options(quota=0)
    assert wrong() == [("quota", "quota_full", "0/0")]
    simulated.token(world.FACEBOOK_TOKEN, "facebook", scopes=["instagram_basic"])
    assert wrong() == [("permissions", "permission_missing", "instagram_content_publish")]
    simulated.token(world.FACEBOOK_TOKEN, "facebook", expires_in=-1)
    assert wrong()[0][:2] == ("token", "token_dead")
    simulated.faults({"action": "html_502", "path": "/me$"})
    assert wrong() == [("reached", "strange_answer", "")]


def test_a_token_of_the_other_kind_is_called_that(simulated: Simulated, tmp_path: Path) -> None:
    from branding.organisation.values import Channel
    from branding.publishing.channels.choosing import client_for
    from branding.publishing.values.connections import Access
    from tests.support import simulated as simulator

    access = Access(1, Channel.INSTAGRAM, Flavour.FACEBOOK_LOGIN, world.IG_ACCOUNT, world.INSTAGRAM_TOKEN)
    found = client_for(access, simulator.apis(simulated, tmp_path), lambda _call: None).test()
    assert found[-1].code == "wrong_flavour"
