"""The first step: what is taken in, its order and its shape, and who gets the bytes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from sqlmodel import Session

from branding.drafts.values.kinds import PostKind
from branding.media.values import Ratio
from tests.drafts import factories
from tests.drafts.pages import At, hidden, host_in, items_of, new_post, upload, with_picture
from tests.media.factories import encoded, phone_jpeg
from tests.support.client import InspectingClient

NOW = "2026-11-02 08:00"


def content(session: Session, post: str):  # type: ignore[no-untyped-def]
    session.rollback()
    found = factories.seen(session, post.rsplit("/", 1)[1]).content
    session.rollback()
    return found


def test_one_bad_file_keeps_no_good_one_out(session: Session, client: InspectingClient, at: At) -> None:
    host_in(session, client, at(NOW))
    post = new_post(client)
    page = upload(client, post, ("a.jpg", phone_jpeg((640, 800))), ("b.jpg", b"<html>no picture</html>"))
    assert len(items_of(page)) == 1
    assert page.with_class("alert-warning")


def test_nothing_but_a_bad_file_is_told_beside_the_field(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    post = new_post(client)
    for files in ([("b.jpg", b"<html>no picture</html>")], []):
        page = upload(client, post, *files, status=400)
        assert "Der er ikke gemt noget endnu" in page.text()
        assert not content(session, post).pictures


def test_a_picture_that_is_taken_out_comes_back_with_its_words_and_its_place(
    session: Session, client: InspectingClient, at: At
) -> None:
    _, post, first = with_picture(session, client, at(NOW))
    second = items_of(upload(client, post, ("b.png", encoded("PNG", (640, 800)))))[1]
    words = hidden(client.page(f"{post}/text"), "mark-") | {
        f"alt-{first}": "En gryde på et komfur",
        "do": "save",
    }
    client.send(f"{post}/text", words)
    page = client.send(f"{post}/pictures/{first}/remove")
    assert items_of(page) == [second]
    undo = next(form.get("action") for form in page.all("form") if "put-back" in str(form.get("action")))
    client.send(str(undo))
    pictures = content(session, post).pictures
    assert [one.item_id for one in pictures] == [first, second]
    assert pictures[0].alt == "En gryde på et komfur"


def test_pictures_change_places(session: Session, client: InspectingClient, at: At) -> None:
    _, post, first = with_picture(session, client, at(NOW))
    second = items_of(upload(client, post, ("b.png", encoded("PNG", (640, 800)))))[1]
    client.send(f"{post}/pictures/{second}/move", {"by": "-1"})
    assert content(session, post).item_ids == (second, first)
    client.send(f"{post}/pictures/{second}/move", {"by": "-1"})
    assert content(session, post).item_ids == (second, first)
    client.send(f"{post}/pictures/{second}/move", {"by": "1"})
    assert content(session, post).item_ids == (first, second)


@pytest.mark.parametrize(
    ("sent", "focus"),
    [
        ({"spot": "17-83"}, (0.17, 0.83)),
        ({"x": "0.25", "y": "0.75"}, (0.25, 0.75)),
        ({"x": "7", "y": "no"}, (0.5, 0.5)),
    ],
)
def test_what_matters_is_chosen_by_a_tap_or_by_one_of_nine_places(
    session: Session, client: InspectingClient, at: At, sent: dict[str, str], focus: tuple[float, float]
) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    page = client.send(f"{post}/pictures/{item}/crop", {"ratio": "1x1", "zoom": "1.5"} | sent)
    found = content(session, post)
    assert found.ratio is Ratio.SQUARE
    cut = found.pictures[0].focus[Ratio.SQUARE]
    assert (cut.x, cut.y, cut.zoom) == (*focus, 1.5)
    undo = next(form.get("action") for form in page.all("form") if "put-back" in str(form.get("action")))
    client.send(str(undo))
    found = content(session, post)
    assert (found.ratio, found.pictures[0].focus) == (Ratio.PORTRAIT, {})


def test_a_story_has_one_shape(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    post = new_post(client, PostKind.STORY)
    item = items_of(upload(client, post, ("a.jpg", phone_jpeg((640, 800)))))[0]
    page = client.page(f"{post}/pictures/{item}/crop")
    assert "Form på hele opslaget" not in page.text()
    client.send(f"{post}/pictures/{item}/crop", {"spot": "50-17"})
    found = content(session, post)
    assert found.pictures[0].focus[Ratio.STORY].y == 0.17 and found.ratio is Ratio.PORTRAIT
    assert stage.takeover


def test_the_bytes_stay_with_this_browser_and_tell_nothing(
    session: Session, client: InspectingClient, at: At
) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    answer = client.get(f"{post}/pictures/{item}/image?size=view&shape=1x1")
    assert answer.mimetype == "image/jpeg"
    assert "private" in answer.headers["Cache-Control"] and "no-cache" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.width == picture.height and not picture.getexif()
    again = client.get(
        f"{post}/pictures/{item}/image?size=view&shape=1x1", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    client.send(f"{post}/pictures/{item}/remove")
    assert client.get(f"{post}/pictures/{item}/image").status_code == 404


def test_lists_show_the_first_picture_of_a_post_without_having_read_it(
    session: Session, client: InspectingClient, sign_in: Callable[..., int], at: At
) -> None:
    stage, post, item = with_picture(session, client, at(NOW))
    whole = client.get(f"{post}/pictures/{item}/image?size=thumb").data
    address = f"/posts/{post.rpartition('/')[2]}/first-picture?size=thumb"
    sign_in("communications")
    assert client.get(address).data == whole
    at("2026-11-02 09:10")
    sign_in("coordinator", stage.world.other_area)
    assert client.get(address).status_code == 404


def test_another_takeovers_host_finds_nothing(session: Session, client: InspectingClient, at: At) -> None:
    stage, post, item = with_picture(session, client, at(NOW))
    token = factories.stranger(session, stage, at(NOW))
    session.commit()
    client.get(f"/host/{token}")
    for address in (
        "pictures",
        "people",
        "text",
        "send",
        "sent",
        f"pictures/{item}/image",
        f"pictures/{item}/crop",
    ):
        assert client.get(f"{post}/{address}").status_code == 404, address
    for address in ("text/save", "uploads", f"people/{item}", f"pictures/{item}/remove", "drop", "take-back"):
        assert client.post(f"{post}/{address}").status_code == 404, address
