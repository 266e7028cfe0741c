"""What a mail is made of: its text as HTML, and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import html5lib
import pytest
from sqlmodel import Session, select

from branding.core.db import Database
from branding.outbox import service
from branding.outbox.as_html import as_html
from branding.outbox.models import OutboxAttachment, OutboxMessage
from branding.outbox.values import Attachment, Mail
from tests.outbox.conftest import NOW, Server
from tests.support.client import InspectingClient

FILE = Attachment("Indholdsplan uge 42.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
MAIL = Mail("anna@example.dk", "Rapport", "Hej Anna\n\nHer er den.\n", (FILE,))


def parsed(text: str, subject: str = "Hej", language: str = "da") -> html5lib.treebuilders.etree:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(as_html(subject, text, language))


def test_paragraphs_lists_and_links_are_what_they_are_called() -> None:
    tree = parsed(
        "Kære Anna\n\nDet mangler:\n- to billeder\n  i dag\n- en vært\n\nSe https://x.dk/a?b=1&c=2."
    )
    assert [p.text for p in tree.iter("p")] == ["Kære Anna", "Det mangler:", "Se "]
    assert ["".join(li.itertext()) for li in tree.iter("li")] == ["to billeder\ni dag", "en vært"]
    (link,) = tree.iter("a")
    assert link.get("href") == link.text == "https://x.dk/a?b=1&c=2" and link.tail == "."


def test_the_language_and_the_title_are_told() -> None:
    tree = parsed("Hello", "Your week <3", "en")
    assert tree.get("lang") == "en" and tree.find("head/title").text == "Your week <3"


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '" onload="x', 'https://x.dk/"><img src=x>'])
def test_what_people_wrote_never_becomes_code(evil: str) -> None:
    tree = parsed(f"Hej {evil}", evil)
    tags = {element.tag for element in tree.iter()}
    assert not tags & {"script", "img"} and evil in "".join(tree.find("body").itertext())
    assert all(not name.startswith("on") for element in tree.iter() for name in element.keys())  # noqa: SIM118


def test_a_mail_arrives_with_its_file_and_the_file_goes_when_it_has_left(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    at("2026-10-01 12:00")
    put(database)
    deliver()
    (mail,) = server.received
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == (FILE.name, FILE.media_type)
    assert file.get_content() == FILE.content
    assert "<p>Her er den.</p>" in mail.get_body(("html",)).get_content()
    assert mail["Content-Language"] == "da"
    with database.reader() as session:
        assert not session.exec(select(OutboxAttachment)).all()


def test_a_mail_that_is_taken_back_keeps_no_file(session: Session) -> None:
    service.enqueue(session, MAIL, dedupe_key="r:1", due_at=NOW, now=NOW)
    service.enqueue(session, MAIL, dedupe_key="r:2", due_at=NOW, now=NOW)
    assert service.cancel(session, "r:1") == 1
    assert len(session.exec(select(OutboxAttachment)).all()) == 1


def test_the_page_of_a_mail_names_its_files(
    client: InspectingClient, sign_in: Callable[..., int], database: Database
) -> None:
    put(database)
    sign_in("admin")
    assert FILE.name in client.page("/outbox/1").text()


def test_what_comes_too_late_is_dropped_with_a_note_and_floods_nobody(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    """The mail server was away for a day: today's mails leave, yesterday morning's reminder does not."""
    with database.transaction() as session:
        for key, hours in (("stale", 5), ("fresh", 48)):
            drop_after = NOW + timedelta(hours=hours)
            mail = replace(MAIL, attachments=())
            service.enqueue(session, mail, dedupe_key=key, due_at=NOW, now=NOW, drop_after=drop_after)
    at("2026-10-02 12:00")
    deliver()
    assert len(server.received) == 1
    with database.reader() as session:
        found = {m.dedupe_key: (m.status, m.last_error, m.body) for m in session.exec(select(OutboxMessage))}
    assert found == {"stale": ("cancelled", "too_late", ""), "fresh": ("sent", "", "")}


def put(database: Database) -> None:
    with database.transaction() as session:
        service.enqueue(session, MAIL, dedupe_key="r", due_at=NOW, now=NOW)


def test_a_day_without_a_mail_server_loses_nothing(
    database: Database, deliver: Callable[[], None], server: Server, at: Callable[[str], datetime]
) -> None:
    with database.transaction() as session:
        for n in range(5):
            service.enqueue(session, MAIL, dedupe_key=f"r:{n}", due_at=NOW, now=NOW)
    server.answer = "451 come back"
    moment = datetime(2026, 10, 1, 9, tzinfo=UTC)
    while moment < datetime(2026, 10, 2, 9, tzinfo=UTC):
        moment += timedelta(minutes=20)
        at(moment.isoformat())
        deliver()
    server.answer = "250 OK"
    at("2026-10-02 14:00")
    deliver()
    assert len(server.received) == 5
