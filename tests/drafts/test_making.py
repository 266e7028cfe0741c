"""From an empty week to a post that waits for approval: plain forms all the way."""

from __future__ import annotations

from sqlmodel import Session

from branding.drafts.queries.drafts import drafts_of_takeover
from branding.drafts.values.drafts import DraftState
from tests.drafts import factories
from tests.drafts.pages import At, hidden, host_in, items_of, new_post, upload
from tests.media.factories import encoded, exif, phone_jpeg
from tests.support.client import InspectingClient


def heic() -> bytes:
    """As a phone takes it, with where it was."""
    return encoded("HEIF", (400, 500), exif=exif(location=True), quality=60)


def test_a_host_makes_a_post_without_javascript(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at("2026-11-02 08:00"))
    post = new_post(client)
    page = upload(client, post, ("en.heic", heic()), ("to.jpg", phone_jpeg((640, 800))))
    items = items_of(page)
    assert len(items) == 2 and page.text().count("Sted fjernet") == 2

    people = client.page(f"{post}/people")
    assert "Hvem er på?" in people.text("h1")
    me = factories.me(session, stage)
    session.rollback()
    client.send(f"{post}/people/{items[0]}", {"do": "person", "subject_id": me})
    said = client.send(f"{post}/people/{items[1]}", {"do": "nobody"})
    assert "Ingen kan genkendes" in said.text() and "Dig" in said.text()

    text = client.page(f"{post}/text")
    words = hidden(text, "mark-") | {
        "caption": "Hej fra Høskoven!\r\nI dag bager vi. #mitsocial",
        "do": "next",
    }
    words |= {f"alt-{items[0]}": "Anna står i køkkenet", f"alt-{items[1]}": "Dej i en skål"}
    send = client.send(f"{post}/text", words)
    assert send.path.endswith("/send"), send.path
    assert "På billedet er Anna Prøve. Ingen andre kan genkendes." in send.text()
    assert "Alt er i orden" in send.text(), send.text()

    form = hidden(send, "version") | {"day": "2026-11-03", "time": "10:00"}
    receipt = client.send(f"{post}/send", form)
    assert "Dejligt, det er sendt" in receipt.text("h1")
    assert "3. nov. kl. 10.00" in receipt.text()
    session.rollback()
    draft = drafts_of_takeover(session, stage.takeover)[0]
    assert draft.state is DraftState.SUBMITTED
    assert draft.content.caption == "Hej fra Høskoven!\nI dag bager vi. #mitsocial"
    assert "venter på godkendelse" in client.page("/my-week").text()


def test_sending_twice_is_sending_once_and_undo_takes_it_back(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage = host_in(session, client, at("2026-11-02 08:00"))
    draft_id = factories.begun(session, stage, at("2026-11-02 08:00"))
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    form = hidden(client.page(f"{post}/send"), "version") | {"day": "2026-11-03", "time": "10:00"}
    for _ in range(2):
        assert "Dejligt" in client.send(f"{post}/send", form).text("h1")
    client.send(f"{post}/take-back")
    session.rollback()
    assert factories.seen(session, draft_id).state is DraftState.WRITING
