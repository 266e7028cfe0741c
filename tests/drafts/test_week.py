"""The host's week: each day with its posts, the next one in one press, and what others have made."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlmodel import Session

from branding.core.clock import COPENHAGEN, at_local
from branding.drafts.rules.next_post import next_post, usual_time
from branding.drafts.service import drafts, reviewing
from branding.drafts.values.kinds import PostKind
from branding.media.service import people
from branding.takeovers.service import takeovers as takeover_service
from tests.consent.factories import citizen
from tests.drafts import factories
from tests.drafts.factories import MONDAY
from tests.drafts.pages import At, host_in, new_post
from tests.support.client import InspectingClient

NOW = "2026-11-02 08:00"
SUNDAY = date(2026, 11, 8)
TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 3), date(2026, 11, 6), date(2026, 11, 7)
HELLO, DAILY, GOODBYE, STORY = PostKind.HERE_I_AM, PostKind.DAILY, PostKind.GOODBYE, PostKind.STORY
WEEK = [(date(2026, 11, 2 + n), kind) for n, kind in enumerate([HELLO, DAILY, DAILY, DAILY, GOODBYE])]


@pytest.mark.parametrize(
    ("had", "today", "expected"),
    [
        ([], date(2026, 10, 20), (MONDAY, HELLO)),
        ([], MONDAY, (MONDAY, HELLO)),
        ([(MONDAY, HELLO)], MONDAY, (TUESDAY, DAILY)),
        ([(MONDAY, STORY)], MONDAY, (MONDAY, HELLO)),
        ([], TUESDAY, (TUESDAY, HELLO)),
        (WEEK[:4], TUESDAY, (FRIDAY, GOODBYE)),
        (WEEK, TUESDAY, (TUESDAY, STORY)),
        (WEEK, SATURDAY, (SATURDAY, STORY)),
        ([], date(2026, 11, 20), (SUNDAY, HELLO)),
    ],
)
def test_the_next_post_is_for_the_first_day_that_lacks_one(
    had: list[tuple[date, PostKind]], today: date, expected: tuple[date, PostKind]
) -> None:
    found = next_post(MONDAY, SUNDAY, had, today)
    assert (found.day, found.kind) == expected


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(7, (MONDAY, 10)), (9, (MONDAY, 11)), (14, (MONDAY, 16)), (18, (MONDAY, 20)), (19, (TUESDAY, 10))],
)
def test_a_post_is_proposed_for_ten_or_for_later_the_same_day(hour: int, expected: tuple[date, int]) -> None:
    now = datetime(2026, 11, 2, hour, 30, tzinfo=COPENHAGEN)
    assert usual_time(MONDAY, now) == expected
    assert usual_time(FRIDAY, now) == (FRIDAY, 10)


def test_posts_are_prepared_before_the_days_begin(session: Session, client: InspectingClient, at: At) -> None:
    stage = host_in(session, client, at("2026-10-28 09:00"))
    assert "Du må gerne lave det, før dine dage begynder" in client.page("/my-week").text()
    post = new_post(client)
    session.rollback()
    draft = factories.seen(session, post.rsplit("/", 1)[1])
    assert (draft.kind, draft.due_at) == (HELLO, at_local(MONDAY, 10))
    assert draft.takeover_id == stage.takeover


@pytest.mark.parametrize("kind", list(PostKind))
def test_another_kind_is_one_press(
    session: Session, client: InspectingClient, at: At, kind: PostKind
) -> None:
    host_in(session, client, at(NOW))
    post = new_post(client, kind)
    session.rollback()
    assert factories.seen(session, post.rsplit("/", 1)[1]).kind is kind


def test_every_post_says_whose_turn_it_is_and_what_is_missing(
    session: Session, client: InspectingClient, at: At
) -> None:
    now = at(NOW)
    stage = host_in(session, client, now)
    factories.begun(session, stage, now, nobody=False, due_at=at_local(TUESDAY, 10))
    factories.submitted(session, stage, now, due_at=at_local(FRIDAY, 10))
    factories.approved(session, stage, now, due_at=at_local(FRIDAY, 12))
    back = factories.submitted(session, stage, now)
    row = factories.row_of(session, back)
    reviewing.send_back(session, stage.coordinator, back, "Fortæl lidt mere om dagen", row.version, now=now)
    gone = factories.begun(session, stage, now)
    drafts.drop(session, stage.host, gone, now=now)
    session.commit()
    text = client.page("/my-week").text()
    for word in (
        "kladde",
        "venter på godkendelse",
        "godkendt",
        "ret til",
        "Fortæl lidt mere om dagen",
        "Uden dag",
    ):
        assert word in text, word
    assert "Skriv for hvert billede, hvem der er på" in text
    assert gone not in client.get("/my-week").get_data(as_text=True)


def test_a_post_that_is_thrown_away_comes_back_by_undo(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    post = new_post(client)
    page = client.send(f"{post}/drop")
    assert page.path == "/my-week" and post not in str(page.links())
    undo = next(form.get("action") for form in page.all("form") if "take-back" in str(form.get("action")))
    client.send(str(undo))
    assert post in str(client.page("/my-week").links().values())


def test_what_others_made_shows_no_citizen_and_nothing_that_was_taken_back(
    session: Session, client: InspectingClient, at: At
) -> None:
    now = at(NOW)
    stage = factories.stage(session, now)
    plain = factories.picture(session, stage, now)
    shown = factories.approved(session, stage, now, items=(plain,))
    with_citizen = factories.picture(session, stage, now)
    vega = citizen(session, stage.world.area, now=now)
    denied = factories.begun(session, stage, now, items=(with_citizen,), nobody=False)
    people.name_person(session, stage.host, stage.place, with_citizen, vega, now=now)
    later = at("2026-11-12 09:00")
    takeover_service.advance(session, today=later.date(), now=later)
    token = factories.stranger(session, stage, later)
    session.commit()
    client.get(f"/host/{token}")
    page = client.page("/my-week/inspiration")
    assert factories.CAPTION in page.text()
    assert page.text().count(factories.CAPTION) == 1
    for draft, item in ((shown, with_citizen), (denied, with_citizen), ("f" * 32, plain)):
        assert client.get(f"/my-week/inspiration/{draft}/{item}").status_code == 404


def test_nothing_to_look_at_yet_leads_to_the_guide(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    page = client.page("/my-week/inspiration")
    assert "Her er ikke noget endnu" in page.text() and "/my-week/guide" in page.links().values()


def test_the_link_of_a_week_that_is_over_opens_no_post(
    session: Session, client: InspectingClient, at: At
) -> None:
    host_in(session, client, at(NOW))
    post = new_post(client)
    at("2026-11-11 09:00")
    for address in ("/my-week", "/my-week/inspiration", f"{post}/pictures", f"{post}/text"):
        answer = client.get(address)
        assert (answer.status_code, answer.location) == (303, "/my-week/evaluation"), address
    at("2027-02-01 09:00")
    assert client.get(f"{post}/text").location == "/host"
    assert "koordinator" in client.page("/host", status=410).text().lower()
