"""The links in a reminder: later, and "not me"; for whom, for how long, and about how many."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.db import Database
from branding.core.settings import Settings
from branding.reminders.models import ReminderPassed, ReminderPutOff, ReminderSent
from branding.reminders.signed_links import read, token_of
from branding.reminders.values.choosing import Outcome
from tests.reminders.conftest import At
from tests.reminders.factories import mails
from tests.support.client import InspectingClient


def answer_address(database: Database) -> str:
    body = next(mail.body for mail in mails(database) if "fundet en vært" in mail.body)
    found = re.search(r"http://127\.0\.0\.1:8000(/reminders/answer/\S+)", body)
    assert found
    return found[1]


def test_later_comes_back_on_its_morning_and_looking_at_the_link_does_nothing(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    sign_in("communications")
    tick("2026-10-05 08:00")
    address = answer_address(database)
    client.page(address)
    client.send(f"{address}/later", {"later": "in_three_days"})
    tick("2026-10-07 08:00")
    before = len(mails(database))
    tick("2026-10-08 07:30")
    assert len(mails(database)) == before + 1


def test_not_me_tells_communications_and_goes_to_whom_was_named(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    reading: Session,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    first = sign_in("communications")
    sign_in("coordinator", 1)
    tick("2026-10-05 08:00")
    address = answer_address(database)
    page = client.page(address)
    assert "Ikke mig" in page.text("main")
    (sent, *_) = reading.exec(select(ReminderSent).where(ReminderSent.outcome == Outcome.SENT)).all()
    other = next(f"user:{one.id}" for one in accounts.people(reading) if f"user:{one.id}" != sent.recipient)
    reading.rollback()
    client.send(f"{address}/not-me", {"instead": other})
    assert reading.exec(select(ReminderPassed.instead)).one() == other and first
    reading.rollback()
    assert any("er til en anden" in mail.subject for mail in mails(database))
    client.send(f"{address}/not-me", {"instead": "user:999"}, 400)


def test_a_link_that_we_did_not_sign_opens_nothing(client: InspectingClient) -> None:
    assert client.get("/reminders/answer/NDI.abc").status_code == 404


@pytest.mark.parametrize("what", ["later", "not-me"])
def test_a_link_opens_for_the_one_it_was_sent_to_and_for_two_months(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
    settings: Settings,
    at: At,
    what: str,
) -> None:
    sign_in("communications")
    tick("2026-10-05 08:00")
    address = answer_address(database)
    sent_id, ref = read(settings.secret_key, address.rpartition("/")[2]) or (0, "")
    other = token_of(settings.secret_key, sent_id, f"{ref}9")
    data = {"later": "tomorrow", "instead": ""}
    assert client.post(f"/reminders/answer/{other}/{what}", data=data).status_code == 404
    at("2026-12-03 08:00")
    assert client.get(address).status_code == 200
    at("2026-12-05 08:00")
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/{what}", data=data).status_code == 404


def test_not_me_needs_somebody_else(
    seeded: dict[str, int],
    tick: Callable[[str], None],
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
) -> None:
    """The only one in communications cannot leave it to communications."""
    sign_in("communications")
    tick("2026-10-05 08:00")
    page = client.send(f"{answer_address(database)}/not-me", {"instead": ""}, 400)
    assert "ingen andre i kommunikation" in page.text("main")


@pytest.mark.parametrize(("what", "table"), [("later", ReminderPutOff), ("not-me", ReminderPassed)])
def test_an_answer_to_a_line_that_counts_is_about_all_that_it_counts(
    seeded: dict[str, int],
    database: Database,
    client: InspectingClient,
    sign_in: Callable[..., int],
    settings: Settings,
    at: At,
    what: str,
    table: type[ReminderPutOff | ReminderPassed],
) -> None:
    """Three consents are one line with one link."""
    now = at("2026-10-05 08:00")
    sign_in("communications")
    to = f"user:{sign_in('coordinator', 1)}"
    with database.transaction() as session:
        for key in ("a", "b", "c"):
            session.add(
                ReminderSent(
                    key=key, base_key=key, for_on=clock.today(), rule_id=seeded["unverified-2"],
                    occasion=f"consent:{key}", unit_id=1, recipient=to, via="mail", planned_at=now,
                    decided_at=now, outcome=Outcome.SENT, outbox_key="reminder:1:",
                )
            )  # fmt: skip
        session.flush()
        first = session.exec(select(ReminderSent.id).order_by(ReminderSent.key)).first()
    address = f"/reminders/answer/{token_of(settings.secret_key, first or 0, to)}/{what}"
    client.send(address, {"later": "tomorrow", "instead": ""})
    with database.reader() as session:
        assert set(session.exec(select(table.occasion))) == {
            "consent:a",
            "consent:b",
            "consent:c",
        }
