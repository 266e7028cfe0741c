"""Hosts and reviewers by link do not see the register: a name is a word, whoever may be called that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from branding.consent.values.gate import PreviewFacts
from branding.consent.values.reasons import Code
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.facts import judged
from branding.drafts.rules.previews import last_words
from branding.drafts.service import previews, review_links, standing, versions
from branding.media.service import people
from tests.consent.factories import colleague, oral
from tests.drafts import factories as f
from tests.drafts.pages import host_in
from tests.media.factories import phone_jpeg
from tests.support.client import InspectingClient

At = Callable[[str], datetime]
SignIn = Callable[..., int]
NOW = "2026-11-02 08:00"
FIELDS = (
    {"caption": "Vega bager boller i dag."},
    {"caption": f.CAPTION, "first_comment": "Tak for hjælpen, Vega!"},
    {"caption": f.CAPTION, "place": "Hos Vega"},
)


@pytest.mark.parametrize("fields", FIELDS)
def test_a_host_is_told_the_word_and_not_who_is_called_that(
    session: Session, client: InspectingClient, at: At, fields: dict[str, str]
) -> None:
    on = host_in(session, client, at(NOW))
    ids = [f.citizen(session, on, label) for label in ("Vega Hemmelig", "Vega Lukket")]
    draft_id = f.begun(session, on, at(NOW))
    f.write(session, on.host, draft_id, at(NOW), **fields)
    session.commit()
    for step in ("text", "send", "people"):
        answer = client.get(f"/my-week/posts/{draft_id}/{step}").get_data(as_text=True)
        assert not [one for one in ("Hemmelig", "Lukket", *ids) if one in answer], step
    week = client.get("/my-week").get_data(as_text=True)
    assert "Hemmelig" not in week and "Lukket" not in week
    lines = client.page(f"/my-week/posts/{draft_id}/send").text()
    assert lines.count("Vega har ikke sagt ja til at blive nævnt") == 1


def test_a_reviewer_by_link_sees_who_is_in_the_picture_and_no_more(
    session: Session, client: InspectingClient, at: At
) -> None:
    now = at(NOW)
    on = f.stage(session, now)
    secret = f.citizen(session, on, "Vega Hemmelig")
    draft_id = f.with_person(session, on, now, f.me(session, on))
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Vega bager boller i dag.")
    token = review_links.ask(session, on.coordinator, draft_id, "Bo", "bo@example.dk", now=now)
    session.commit()
    answer = client.get(f"/review/{token}").get_data(as_text=True)
    assert "Hemmelig" not in answer and secret not in answer
    assert "Anna Prøve" in answer and "Vega har ikke sagt ja til at blive nævnt" in answer


def test_colleagues_at_the_desk_see_who_it_may_be(
    session: Session, client: InspectingClient, at: At, sign_in: SignIn
) -> None:
    now = at(NOW)
    on = f.stage(session, now)
    f.citizen(session, on, "Vega Hemmelig")
    draft_id = f.submitted(session, on, now)
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Vega bager boller i dag.")
    session.commit()
    sign_in("communications")
    page = client.page(f"/posts/{draft_id}")
    assert "Vega Hemmelig" in page.text() and "kun nævnt i teksten" in page.text()
    assert "Ingen andre end Vega Hemmelig kan genkendes" not in page.text()


def test_somebody_of_another_area_who_is_in_the_picture_is_known_by_name(session: Session, at: At) -> None:
    now = at(NOW)
    on = f.stage(session, now)
    item = f.picture(session, on, now)
    moved = colleague(session, on.world.other_area, now=now, label="Sigrid Prøve")
    oral(session, moved, target_ref=on.place, now=now)
    draft_id = f.begun(session, on, now, items=(item,), nobody=False)
    people.name_person(session, on.host, on.place, item, moved, now=now)
    f.write(session, on.host, draft_id, now, caption="Sigrid laver kaffe.")
    assert judged(session, [draft_row(session, draft_id)], now=now)[draft_id].facts.draft.names_found == {
        moved
    }


def test_a_no_to_a_version_is_not_gone_round_by_a_yes_to_another(session: Session, at: At) -> None:
    now = at(NOW)
    on = f.stage(session, now)
    vega = f.citizen(session, on)
    draft_id = f.with_person(session, on, now, vega)
    row = draft_row(session, draft_id)
    first = row.number

    def answer(minutes: int, *, is_refused: bool) -> None:
        previews.answer_in_person(session, on.coordinator, draft_id, vega, is_refused=is_refused,
                                  version=row.version, now=now + timedelta(minutes=minutes))  # fmt: skip

    def codes() -> frozenset[Code]:
        return standing.standings(session, [row], by="user:2", now=now)[draft_id].main.codes

    answer(0, is_refused=True)
    f.write(session, f.COMMUNICATIONS, draft_id, now, caption="Noget andet")
    assert Code.REFUSED in codes()
    answer(1, is_refused=False)
    assert not codes() & {Code.REFUSED, Code.PREVIEW_MISSING}
    versions.restore(session, f.COMMUNICATIONS, draft_id, first, now=now)
    assert Code.REFUSED in codes()


def test_the_last_no_beats_an_earlier_yes_to_the_same() -> None:
    yes, no = PreviewFacts("a", False), PreviewFacts("b", True)
    assert last_words([("x", yes), ("x", no)], "a") == {"x": no}
    assert last_words([("x", no), ("x", yes)], "a") == {"x": yes}
    assert last_words([("x", yes), ("y", no)], "c") == {"x": yes, "y": no}


def test_a_file_that_was_sent_for_another_takeover_does_not_come_into_this_one(
    session: Session, client: InspectingClient, at: At, sign_in: SignIn
) -> None:
    now = at(NOW)
    on = f.stage(session, now)
    f.stranger(session, on, now)
    here = f.begun(session, on, now)
    there = f.begun(session, f.Stage(on.world, on.takeover + 1, on.host, ""), now,
                    actor=f.COMMUNICATIONS, items=())  # fmt: skip
    session.commit()
    sign_in("communications")
    content = phone_jpeg((320, 400))
    begun = client.post(f"/posts/{there}/uploads", data={"size": len(content), "mime": "image/jpeg"})
    upload = begun.get_json()["id"]
    part = f"/posts/{there}/uploads/{upload}/part?offset=0"
    assert client.post(part, data=content, content_type="application/octet-stream").status_code == 200
    assert client.post(f"/posts/{here}/uploads/{upload}/finish").status_code == 404
    assert client.post(f"/posts/{there}/uploads/{upload}/finish").status_code == 200
    session.rollback()
    assert len(f.seen(session, here).content.pictures) == 1


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> \"'&", "שלום \u202eabc\u202c 👩‍👧‍👦 æøå", "{{ 7 * 7 }} %s %(x)s"]
)
def test_whatever_is_written_stands_there_as_it_was_written(
    session: Session, client: InspectingClient, at: At, sign_in: SignIn, text: str
) -> None:
    on = host_in(session, client, at(NOW))
    draft_id = f.begun(session, on, at(NOW))
    f.write(session, on.host, draft_id, at(NOW), caption=text, place=text[:20], first_comment=text)
    session.commit()
    for step in ("text", "send", "versions"):
        page = client.page(f"/my-week/posts/{draft_id}/{step}")
        assert not page.all("script[type]") and "49" not in page.text()
    assert f.send(session, on, draft_id, at(NOW)).standing.lacks is not None
    session.commit()
    sign_in("communications")
    assert text.split()[-1] in client.page(f"/posts/{draft_id}").text()
