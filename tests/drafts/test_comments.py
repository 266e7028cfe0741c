"""Threads about a post: what the host sees, what stays among colleagues, and whom a remark calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core.actor import Actor, Role
from branding.core.db import Database
from branding.core.errors import Missing, NotAllowed, RuleBroken
from branding.drafts.letters import called, mention
from branding.drafts.models import DraftComment
from branding.drafts.queries.comments import threads_of
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import comments, reviewing
from branding.drafts.values.comments import NewComment
from branding.outbox.models import OutboxMessage
from branding.outbox.values import Mail
from tests.drafts import factories as f
from tests.drafts.test_review import fields_of
from tests.support import people
from tests.support.client import InspectingClient

SignIn = Callable[..., int]


@pytest.fixture
def draft_id(session: Session, on: f.Stage, now: datetime) -> str:
    return f.submitted(session, on, now)


def _add(session: Session, actor: Actor, draft_id: str, text: str, now: datetime, **new: object) -> str:
    return comments.add_comment(session, actor, draft_id, NewComment(text, **new), now=now)  # type: ignore[arg-type]


def test_a_host_sees_and_answers_what_is_written_to_the_host_and_nothing_else(
    session: Session, on: f.Stage, now: datetime, draft_id: str
) -> None:
    shown = _add(session, on.coordinator, draft_id, "Flot billede!", now)
    hidden = _add(session, on.coordinator, draft_id, "Skal Bo se det?", now, is_internal=True)
    _add(session, on.host, draft_id, "Tak!", now, parent_id=shown)
    (thread,) = threads_of(session, draft_id, internal=False)
    assert (thread.text, [one.text for one in thread.answers]) == ("Flot billede!", ["Tak!"])
    assert len(threads_of(session, draft_id, internal=True)) == 2
    for act in (
        lambda: _add(session, on.host, draft_id, "Hov", now, parent_id=hidden),
        lambda: comments.resolve(session, on.host, draft_id, hidden, is_done=True, now=now),
    ):
        with pytest.raises(Missing):
            act()


def test_an_answer_is_as_visible_as_its_thread(
    session: Session, on: f.Stage, now: datetime, draft_id: str
) -> None:
    hidden = _add(session, on.coordinator, draft_id, "Kun os", now, is_internal=True)
    _add(session, f.COMMUNICATIONS, draft_id, "Enig", now, parent_id=hidden)
    assert threads_of(session, draft_id, internal=False) == []
    host_says = _add(session, on.host, draft_id, "Må jeg?", now, is_internal=True)
    assert [one.id for one in threads_of(session, draft_id, internal=False)] == [host_says]


def test_a_thread_is_done_and_opens_again_by_an_answer(
    session: Session, on: f.Stage, now: datetime, draft_id: str
) -> None:
    thread = _add(session, on.coordinator, draft_id, "Kan det klippes?", now)
    comments.resolve(session, on.host, draft_id, thread, is_done=True, now=now)
    assert threads_of(session, draft_id, internal=True)[0].is_resolved
    _add(session, on.coordinator, draft_id, "Lidt mere?", now, parent_id=thread)
    assert not threads_of(session, draft_id, internal=True)[0].is_resolved
    answer = threads_of(session, draft_id, internal=True)[0].answers[0].id
    with pytest.raises(RuleBroken) as refused:
        _add(session, on.host, draft_id, "Dybere", now, parent_id=answer)
    assert refused.value.code == "nested"


def test_the_note_of_a_return_is_part_of_the_talk(
    session: Session, on: f.Stage, now: datetime, draft_id: str
) -> None:
    version = draft_row(session, draft_id).version
    reviewing.send_back(session, on.coordinator, draft_id, "Lidt lysere", version, now=now)
    (thread,) = threads_of(session, draft_id, internal=False)
    assert thread.is_note and thread.text == "Lidt lysere"


def test_nobody_writes_at_a_post_they_cannot_see(
    session: Session, on: f.Stage, now: datetime, draft_id: str
) -> None:
    elsewhere = replace(on.coordinator, units=frozenset({on.world.other_area}))
    reader = Actor("user", 7, roles=frozenset({Role.READER}))
    for actor, error in ((elsewhere, Missing), (reader, NotAllowed)):
        with pytest.raises(error):
            _add(session, actor, draft_id, "Hej", now)
    other = f.begun(session, on, now)
    thread = _add(session, on.coordinator, draft_id, "Her", now)
    with pytest.raises(Missing):
        _add(session, on.coordinator, other, "Der", now, parent_id=thread)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
def test_a_remark_has_words_and_not_too_many(
    session: Session, on: f.Stage, now: datetime, draft_id: str, text: str
) -> None:
    with pytest.raises(RuleBroken):
        _add(session, on.coordinator, draft_id, text, now)


def test_a_name_with_an_at_calls_colleagues_who_see_the_post_and_nobody_else(
    session: Session, database: Database, on: f.Stage, now: datetime, draft_id: str, client: InspectingClient
) -> None:
    session.commit()
    bo = people.sign_in(client, database, Role.COMMUNICATIONS, None, name="Bo Prøve")
    people.sign_in(client, database, Role.COORDINATOR, on.world.other_area, name="Ebbe Prøve")
    people.sign_in(client, database, Role.READER, None, name="Rie Prøve")
    told: list[str] = []

    def tell(person: object, at: str) -> Mail:
        told.append(person.name)  # type: ignore[attr-defined]
        return Mail(person.email, "Kald", "…")  # type: ignore[attr-defined]

    text = "@Bo, @ebbe og @Rie: hvad siger I? Skriv til bo@bo.dk, og hils @Bodil"
    new = NewComment(text)
    comment = comments.add_comment(session, on.coordinator, draft_id, new, tell, now=now)
    assert told == ["Bo Prøve"] and session.get_one(DraftComment, comment).mentions == [bo]
    own = replace(f.COMMUNICATIONS, id=bo)
    comments.add_comment(session, own, draft_id, NewComment("Det er @Bo selv"), tell, now=now)
    assert told == ["Bo Prøve"]


def test_words_of_remarks_are_neither_logged_nor_mailed(
    session: Session, database: Database, on: f.Stage, now: datetime, draft_id: str, client: InspectingClient
) -> None:
    session.commit()
    people.sign_in(client, database, Role.COMMUNICATIONS, None, name="Bo Prøve")
    new = NewComment("@Bo hemmeligt ord")
    comments.add_comment(session, on.coordinator, draft_id, new, _mail, now=now)
    session.flush()
    (row,) = [one for one in session.exec(select(OutboxMessage)) if one.dedupe_key.startswith("mention:")]
    assert "hemmeligt" not in row.body + row.subject + row.dedupe_key
    assert "hemmeligt" not in str([one.marks for one in session.exec(select(AuditEntry))])


def _mail(person: object, draft_id: str) -> Mail:
    return Mail(person.email, "Kald", draft_id)  # type: ignore[attr-defined]


def test_the_page_of_colleagues_marks_what_is_theirs_alone(
    session: Session, on: f.Stage, draft_id: str, client: InspectingClient, sign_in: SignIn
) -> None:
    session.commit()
    sign_in("coordinator", on.world.area, name="Kirsten Prøve")
    page = client.page(f"/posts/{draft_id}")
    (chosen,) = [one for one in page.all("input") if one.get("name") == "to" and "checked" in one.attrib]
    assert chosen.get("value") == "staff" and "Det gør værten ikke" in page.text()
    fields = {**fields_of(page), "do": "comment"}
    client.send(f"/posts/{draft_id}", {**fields, "to": "host", "text": "Til værten"})
    after = client.send(f"/posts/{draft_id}", {**fields, "to": "staff", "text": "Kun os to"})
    assert "kun kolleger" in after.text() and "Kirsten Prøve" not in after.text("ol")
    threads = threads_of(session, draft_id, internal=False)
    session.rollback()
    assert [one.text for one in threads] == ["Til værten"]
    thread = threads[0].id
    client.send(f"/posts/{draft_id}/comments/{thread}/resolve", {})
    assert "1 tråd er færdig" in client.page(f"/posts/{draft_id}").text()
    client.send(f"/posts/{draft_id}/comments/{thread}/reopen", {})
    assert "er færdig" not in client.page(f"/posts/{draft_id}").text()


def test_the_host_writes_and_answers_on_the_phone(
    session: Session, on: f.Stage, now: datetime, draft_id: str, client: InspectingClient
) -> None:
    thread = _add(session, on.coordinator, draft_id, "Hvem har taget det?", now)
    session.commit()
    client.get(f"/host/{on.token}")
    answer = client.post(
        f"/my-week/posts/{draft_id}/comments", data={"text": "Mig selv", "parent_id": thread}
    )
    assert answer.status_code == 303 and answer.location.startswith(f"/my-week/posts/{draft_id}/")
    sent = client.post(f"/my-week/posts/{draft_id}/comments", data={"text": "Hej", "to": "staff"})
    assert sent.status_code == 303
    found = threads_of(session, draft_id, internal=False)
    assert {(one.text, len(one.answers)) for one in found} == {("Hvem har taget det?", 1), ("Hej", 0)}


def test_the_mail_to_somebody_who_is_called_leads_to_the_post(
    session: Session, database: Database, app: object, client: InspectingClient
) -> None:
    user_id = people.sign_in(client, database, Role.COMMUNICATIONS, None, name="Bo Prøve")
    with client.application.test_request_context():
        person = next(one for one in comments.accounts.people(session) if one.id == user_id)
        mail = mention(person, "a" * 32)
    assert mail.to == person.email and f"/posts/{'a' * 32}" in mail.text and "Hej Bo" in mail.text


def test_a_remark_and_an_answer_save_the_corrections_beside_them(
    session: Session, on: f.Stage, now: datetime, draft_id: str, client: InspectingClient, sign_in: SignIn
) -> None:
    thread = _add(session, on.coordinator, draft_id, "Hvem har taget det?", now)
    session.commit()
    sign_in("coordinator", on.world.area)
    for do, field, caption in (
        ("comment", "text", "Rettet"),
        (f"answer-{thread}", f"answer-{thread}", "Igen"),
    ):
        fields = fields_of(client.page(f"/posts/{draft_id}"))
        client.send(
            f"/posts/{draft_id}", {**fields, "do": do, "caption": caption, field: f"Ord til {caption}"}
        )
        assert f.seen(session, draft_id).content.caption == caption
        session.rollback()
    found = threads_of(session, draft_id, internal=True)
    session.rollback()
    assert {(one.text, tuple(a.text for a in one.answers)) for one in found} == {
        ("Hvem har taget det?", ("Ord til Igen",)),
        ("Ord til Rettet", ()),
    }
    empty = client.post(
        f"/posts/{draft_id}", data={**fields, "do": "comment", "caption": "Ikke væk", "text": ""}
    )
    assert empty.status_code in (400, 409) and "Ikke væk" in empty.get_data(as_text=True)


@pytest.mark.parametrize(("name", "greeting"), [("Dr. Bo Prøve", "Dr. Bo Prøve"), ("Bo Prøve", "Bo")])
def test_a_title_is_no_first_name(name: str, greeting: str) -> None:
    assert called(name) == greeting
