"""What the phone's script asks: files in parts, however often the line breaks."""

from __future__ import annotations

from sqlmodel import Session, select

from branding.media.models import MediaItem, MediaUpload
from tests.drafts import factories
from tests.drafts.pages import At, host_in, new_post
from tests.media.factories import phone_jpeg
from tests.support.client import InspectingClient

NOW = "2026-11-02 08:00"


def part(
    client: InspectingClient, address: str, offset: int, content: bytes
) -> tuple[int, dict[str, object]]:
    answer = client.post(
        f"{address}/part?offset={offset}", data=content, content_type="application/octet-stream"
    )
    return answer.status_code, answer.get_json()


def test_a_file_in_parts_becomes_a_picture_once(session: Session, client: InspectingClient, at: At) -> None:
    host_in(session, client, at(NOW))
    post, content = new_post(client), phone_jpeg((640, 800))
    half = len(content) // 2
    state = client.post(f"{post}/uploads", data={"size": len(content), "mime": "image/jpeg"}).get_json()
    address = f"{post}/uploads/{state['id']}"
    for _ in range(2):  # the answer to the first was lost
        assert part(client, address, 0, content[:half]) == (200, state | {"received": half})
    assert client.get(address).get_json()["received"] == half
    assert part(client, address, half + 1, content[half:])[0] == 409
    assert client.post(f"{address}/finish").status_code == 400
    assert part(client, address, half, content[half:])[0] == 200
    first, second = (client.post(f"{address}/finish").get_json() for _ in range(2))
    assert first == second
    assert f"item-{first['item']}" in client.get(f"{post}/pictures").get_data(as_text=True)
    session.rollback()
    assert len(factories.seen(session, post.rsplit("/", 1)[1]).content.pictures) == 1


def test_a_bad_file_is_told_in_words_and_leaves_no_picture(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    post, content = new_post(client), b"<!doctype html><p>no picture"
    state = client.post(f"{post}/uploads", data={"size": len(content), "mime": "image/jpeg"}).get_json()
    status, told = part(client, f"{post}/uploads/{state['id']}", 0, content)
    assert status == 400 and told["text"]
    session.rollback()
    assert not session.exec(select(MediaItem)).all()


def test_what_is_too_large_or_nothing_is_refused_at_once(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    post = new_post(client)
    for size in ("0", "-1", "x", str(10**10)):
        answer = client.post(f"{post}/uploads", data={"size": size, "mime": "image/jpeg"})
        assert answer.status_code == 400 and answer.get_json()["text"], size
    session.rollback()
    assert not session.exec(select(MediaUpload)).all()


def test_an_upload_of_somebody_else_is_not_there(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    post = new_post(client)
    state = client.post(f"{post}/uploads", data={"size": 100, "mime": "image/jpeg"}).get_json()
    token = factories.stranger(session, stage, at(NOW))
    session.commit()
    client.get(f"/host/{token}")
    own = new_post(client)
    assert client.get(f"{own}/uploads/{state['id']}").status_code == 404
    assert part(client, f"{own}/uploads/{state['id']}", 0, b"x" * 100)[0] == 404
