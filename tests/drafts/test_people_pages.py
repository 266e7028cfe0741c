"""The second step: one tap says who is in a picture, and nothing is chosen beforehand."""

from __future__ import annotations

from sqlmodel import Session

from branding.media import queries as media
from branding.media.models import MediaPerson
from branding.media.values import Answer, ItemView, MediaKind
from tests.consent.factories import citizen
from tests.drafts import factories
from tests.drafts.pages import At, host_in, with_picture
from tests.support.client import InspectingClient
from tests.takeovers.test_colleagues import YES

NOW = "2026-11-02 08:00"


def item_of(session: Session, item_id: str) -> ItemView:
    session.rollback()
    found = media.item_views(session, [item_id])[item_id]
    session.rollback()
    return found


def test_nobody_is_chosen_until_somebody_presses(session: Session, client: InspectingClient, at: At) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    client.page(f"{post}/people")
    assert not item_of(session, item).is_declared
    client.send(f"{post}/people/{item}", {"do": "nobody"})
    assert item_of(session, item).is_nobody
    client.send(f"{post}/people/{item}", {"do": "reset"})
    assert not item_of(session, item).is_declared


def test_a_colleague_who_said_yes_is_one_tap(session: Session, client: InspectingClient, at: At) -> None:
    stage, post, item = with_picture(session, client, at(NOW))
    alma = factories.asked_colleague(session, stage, at(NOW))
    session.commit()
    assert "Alma Prøve" in client.page(f"{post}/people").text()
    client.send(f"{post}/people/{item}", {"do": "person", "subject_id": alma})
    people = item_of(session, item).people
    assert [(one.answer, one.subject_id) for one in people] == [(Answer.PERSON, alma)]
    client.send(f"{post}/people/{item}", {"do": "remove", "person_id": people[0].id})
    assert not item_of(session, item).people


def test_nobody_else_of_the_register_can_be_named_or_seen(
    session: Session, client: InspectingClient, at: At
) -> None:
    stage, post, item = with_picture(session, client, at(NOW))
    hidden = citizen(session, stage.world.area, now=at(NOW), label="Solvej Hemmelig")
    session.commit()
    assert "Hemmelig" not in client.page(f"{post}/people").text()
    client.send(f"{post}/people/{item}", {"do": "person", "subject_id": hidden}, status=404)
    assert not item_of(session, item).people


def test_a_new_colleague_is_asked_and_put_into_the_picture(
    session: Session, client: InspectingClient, at: At
) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    page = client.page(f"{post}/people")
    asking = page.links()["En kollega"]
    done = client.send(asking, YES)
    form = next(one for one in done.all("form") if one.get("action") == f"{post}/people/{item}")
    sent = {str(one.get("name")): str(one.get("value")) for one in form.iter("input")}
    back = client.send(f"{post}/people/{item}", sent)
    assert back.path == f"{post}/people" and "Alma Prøve" in back.text()
    assert item_of(session, item).people[0].subject_id == sent["subject_id"]


def test_the_way_back_leads_to_a_post_and_nowhere_else(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    for address in ("/my-week/decline", "//evil.example/posts", "/my-week/posts/x/people/y"):
        page = client.page(f"/my-week/colleagues/new?return_to={address}")
        assert address not in str(page.links()) and "Tilbage til opslaget" not in page.text()


def test_a_face_is_framed_blurred_and_shown_again(session: Session, client: InspectingClient, at: At) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    client.send(f"{post}/people/{item}", {"do": "box", "spot": "50-50", "size": "0.25"})
    face = item_of(session, item).people[0]
    assert face.box is not None
    assert face.box.w * 640 == 160 and abs(face.box.middle[0] - 0.5) < 0.01
    page = client.send(f"{post}/people/{item}", {"do": "blur", "box_id": face.id})
    assert "Sløret" in page.text() and "En anden skal bekræfte" in page.text()
    assert item_of(session, item).edition == 1
    client.send(f"{post}/people/{item}", {"do": "unblur"})
    assert item_of(session, item).edition == 0


def test_a_face_that_cannot_be_recognised_needs_a_reason(
    session: Session, client: InspectingClient, at: At
) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    for how in ({"do": "because"}, {"do": "box"}, {"do": "heard"}, {"do": "nonsense"}, {}):
        page = client.send(f"{post}/people/{item}", how, status=400)
        assert "Der er ikke gemt noget endnu" in page.text()
    client.send(f"{post}/people/{item}", {"do": "because", "because": "set bagfra"})
    assert item_of(session, item).people[0].because == "set bagfra"


def test_faces_are_numbered_and_told_in_words(session: Session, client: InspectingClient, at: At) -> None:
    _, post, item = with_picture(session, client, at(NOW))
    row = MediaPerson(
        id="a" * 32,
        item_id=item,
        box=[0.05, 0.05, 0.2, 0.2],
        found_by="detector",
        certainty=99,
        made_at=at(NOW),
    )
    session.add(row)
    session.commit()
    page = client.page(f"{post}/people")
    assert "Ansigt 1, øverst til venstre" in page.text()
    assert "1 ansigt har ramme" in client.get(f"{post}/people").get_data(as_text=True)
    for do, word in (("not_a_face", "Ikke et ansigt"), ("unknown", "En, du ikke kender")):
        assert word in client.send(f"{post}/people/{item}", {"do": do, "box_id": row.id}).text()


def test_of_a_film_it_is_asked_who_is_heard(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    item = factories.picture(session, stage, at(NOW), kind=MediaKind.VIDEO)
    draft_id = factories.begun(session, stage, at(NOW), items=(item,), nobody=False)
    me = factories.me(session, stage)
    session.commit()
    post = f"/my-week/posts/{draft_id}"
    assert "Kan man høre nogen?" in client.page(f"{post}/people").text()
    assert "Ingen kan høres" in client.send(f"{post}/people/{item}", {"do": "silent"}).text()
    client.send(f"{post}/people/{item}", {"do": "person", "subject_id": me})
    row = item_of(session, item).people[0].id
    client.send(f"{post}/people/{item}", {"do": "heard", "heard": [row]})
    assert item_of(session, item).people[0].is_heard


def test_what_is_said_takes_an_approval_back(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at(NOW))
    item = factories.picture(session, stage, at(NOW))
    draft_id = factories.approved(session, stage, at(NOW), items=(item,))
    session.commit()
    client.send(f"/my-week/posts/{draft_id}/people/{item}", {"do": "because", "because": "set bagfra"})
    session.rollback()
    assert factories.seen(session, draft_id).state == "writing"
