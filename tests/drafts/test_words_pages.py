"""The third step: what is written is saved, never over somebody else's words, and told what to look at."""

from __future__ import annotations

from sqlmodel import Session

from branding.core.danish import sort_key
from branding.drafts.models import HashtagSet
from branding.drafts.values.content import Content
from tests.drafts import factories
from tests.drafts.pages import At, hidden, host_in
from tests.support.client import InspectingClient
from tests.takeovers.factories import COMMUNICATIONS

NOW = "2026-11-02 08:00"


def begun(session: Session, client: InspectingClient, at: At) -> tuple[str, str]:
    """A host at the text step of a post; returns its id and its address."""
    stage = host_in(session, client, at(NOW))
    draft_id = factories.begun(session, stage, at(NOW))
    session.commit()
    return draft_id, f"/my-week/posts/{draft_id}"


def content(session: Session, draft_id: str) -> Content:
    session.rollback()
    found = factories.seen(session, draft_id).content
    session.rollback()
    return found


def fields(client: InspectingClient, post: str, **changed: str) -> dict[str, str]:
    """The form of the page as it stands, with some of it written anew."""
    page = client.page(f"{post}/text")
    sent = hidden(page, "mark-")
    for box in page.all("textarea"):
        sent[str(box.get("name"))] = "".join(box.itertext())
    for line in page.all("input"):
        if line.get("type") in (None, "text") and line.get("name"):
            sent[str(line.get("name"))] = str(line.get("value") or "")
    return sent | changed


def elsewhere(session: Session, draft_id: str, at: At, **values: object) -> None:
    factories.write(session, COMMUNICATIONS, draft_id, at("2026-11-02 08:01"), **values)
    session.commit()


def test_everything_that_is_written_is_kept(session: Session, client: InspectingClient, at: At) -> None:
    draft_id, post = begun(session, client, at)
    sent = fields(client, post, caption="Linje et\r\nLinje to", first_comment="#mitsocial", place="Hammel")
    sent |= {
        "tagged": "@regionen",
        "collaborators": "@anna, bo",
        "channels": "facebook",
        "text_facebook": "Til Facebook",
    }
    client.send(f"{post}/text", sent)
    found = content(session, draft_id)
    assert (found.caption, found.place) == ("Linje et\nLinje to", "Hammel")
    assert found.collaborators == ("anna", "bo") and found.tags == ("regionen",)
    assert [one.value for one in found.channels] == ["instagram", "facebook"]
    assert found.text_for(found.channels[1]) == "Til Facebook"
    assert found.pictures[0].alt == factories.ALT


def test_two_who_write_the_same_field_see_both_and_nothing_is_lost(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    sent = fields(client, post, caption="Værtens ord")
    elsewhere(session, draft_id, at, caption="Kommunikations ord", place="Hammel")
    page = client.send(f"{post}/text", sent, status=409)
    assert "Værtens ord" in page.text() and "Kommunikations ord" in page.text()
    assert content(session, draft_id).caption == "Kommunikations ord"
    mine = hidden(page, "mark-") | {"caption": "Værtens ord", "place": "Hammel"}
    mine |= {name: value for name, value in sent.items() if name.startswith("alt-")}
    client.send(f"{post}/text", mine)
    found = content(session, draft_id)
    assert (found.caption, found.place) == ("Værtens ord", "Hammel")


def test_fields_that_only_somebody_else_touched_stay_as_they_wrote_them(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    sent = fields(client, post, caption="Værtens ord")
    elsewhere(session, draft_id, at, place="Hammel", first_comment="Hej")
    client.send(f"{post}/text", sent)
    found = content(session, draft_id)
    assert (found.caption, found.place, found.first_comment) == ("Værtens ord", "Hammel", "Hej")


def test_the_device_saves_and_goes_on_from_what_was_saved(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    sent = fields(client, post, caption="Første udkast")
    first = client.post(f"{post}/text/save", data=sent)
    assert first.status_code == 200
    sent |= {f"mark-{name}": mark for name, mark in first.get_json()["marks"].items()} | {
        "caption": "Andet udkast"
    }
    assert client.post(f"{post}/text/save", data=sent).status_code == 200
    assert content(session, draft_id).caption == "Andet udkast"


def test_the_device_never_takes_over_the_mark_of_words_it_does_not_show(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    sent = fields(client, post, caption="Et")
    elsewhere(session, draft_id, at, place="Hammel")
    for caption in ("Et", "To", "Tre"):
        answer = client.post(f"{post}/text/save", data=sent | {"caption": caption})
        sent |= {f"mark-{name}": mark for name, mark in answer.get_json()["marks"].items()}
    found = content(session, draft_id)
    assert (found.caption, found.place) == ("Tre", "Hammel")


def test_the_device_is_told_both_versions_and_can_keep_its_own(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    sent = fields(client, post, caption="Værtens ord")
    elsewhere(session, draft_id, at, caption="Kommunikations ord")
    answer = client.post(f"{post}/text/save", data=sent)
    told = answer.get_json()
    assert answer.status_code == 409
    assert (told["mine"], told["theirs"]) == ([["Tekst", "Værtens ord"]], [["Tekst", "Kommunikations ord"]])
    sent |= {f"mark-{name}": mark for name, mark in told["marks"].items()}
    assert client.post(f"{post}/text/save", data=sent).status_code == 200
    assert content(session, draft_id).caption == "Værtens ord"


def test_a_set_of_hashtags_is_put_in_once_and_capitals_by_one_button(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    tags = HashtagSet(name="Vores", sort_key=sort_key("Vores"), tags="#mitsocial #pædagog")
    session.add(tags)
    session.commit()
    sent = fields(client, post, caption="Hej #mitsocial #specialområdehjerneskade")
    assert "Vores" in client.page(f"{post}/text").text()
    client.send(f"{post}/text", sent | {"tags": "#mitsocial #pædagog"})
    client.send(f"{post}/text", fields(client, post) | {"capitals": "specialområdehjerneskade"})
    assert content(session, draft_id).caption == "Hej #mitsocial #SpecialområdeHjerneskade\n\n#pædagog"


def test_a_word_that_tells_too_much_asks_for_a_reason(
    session: Session, client: InspectingClient, at: At
) -> None:
    draft_id, post = begun(session, client, at)
    page = client.send(f"{post}/text", fields(client, post, caption="Vores beboer fik epilepsi.", do="next"))
    assert page.path.endswith("/send") and "Det kan du selv rette" in page.text()
    again = fields(client, post)
    keys = [name for name in again if name.startswith("reason-")]
    assert keys
    page = client.send(f"{post}/text", again | dict.fromkeys(keys, "Det er et teaterstykke") | {"do": "next"})
    assert "Det kan du selv rette" not in page.text()
    assert len(content(session, draft_id).reasons) == len(keys)


def test_a_text_beyond_all_measure_is_refused_and_still_there(
    session: Session, client: InspectingClient, at: At
) -> None:
    _, post = begun(session, client, at)
    long = "æ" * 10_001
    page = client.send(f"{post}/text", fields(client, post, caption=long), status=400)
    assert long in "".join("".join(box.itertext()) for box in page.all("textarea"))
    assert client.post(f"{post}/text/save", data=fields(client, post, caption=long)).status_code == 400
