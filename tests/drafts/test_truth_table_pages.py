"""Rows of the truth table (consent.md section 2e) through the pages: a host answers, another decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from flask import Flask
from sqlmodel import Session, select

from branding.consent.models import GateDecision
from branding.consent.rules.gate import may_publish
from branding.consent.rules.gate.wording import sentence
from branding.consent.service import requests
from branding.consent.values.answers import Scope
from branding.consent.values.gate import Stage as GateStage
from branding.consent.values.reasons import Code
from branding.consent.values.records import Channel, Format, MediaKind, Target
from branding.consent.values.requests import About, NewRequest
from branding.core.ids import new_id
from branding.drafts.queries.drafts import draft_row
from branding.drafts.queries.facts import judged
from branding.drafts.service.standing import standings
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaPerson
from branding.media.service import people
from branding.web.i18n import translate
from tests.drafts import factories as f
from tests.drafts import pages
from tests.drafts.test_review import fields_of
from tests.media.factories import phone_jpeg
from tests.support import people as accounts
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


@dataclass
class Desk:
    """The host's phone and the coordinator's screen, and the database between them."""

    app: Flask
    session: Session
    now: datetime
    on: f.Stage
    host: InspectingClient
    staff: InspectingClient

    def post(self, *, kind: PostKind = PostKind.DAILY, film: bool = False) -> tuple[str, str]:
        """A post with a picture of which nothing has been said; the ids of both."""
        media_kind = MediaKind.VIDEO if film else MediaKind.PHOTO
        item = f.picture(self.session, self.on, self.now, kind=media_kind)
        draft_id = f.begun(self.session, self.on, self.now, kind=kind, items=(item,), nobody=False)
        self.session.commit()
        return draft_id, item

    def tap(self, draft_id: str, item: str, do: str, **more: str) -> None:
        """One tap on the host's people step."""
        address = f"/my-week/posts/{draft_id}/people/{item}"
        answer = self.host.post(address, data={"do": do, **more})
        assert answer.status_code == 303, answer.get_data(as_text=True)

    def send(self, draft_id: str) -> None:
        page = self.host.page(f"/my-week/posts/{draft_id}/send")
        self.host.post(page.path, data=page.fields("/send"))

    def state(self, draft_id: str) -> str:
        self.session.rollback()
        found = draft_row(self.session, draft_id).state
        self.session.rollback()
        return found

    def decisions(self, draft_id: str, stage: str) -> list[tuple[bool, set[str]]]:
        return list(self._decided(draft_id, stage).values())

    def _decided(self, draft_id: str, stage: str) -> dict[str, tuple[bool, set[str]]]:
        """By their ids, which are random: while the clock stands still, nothing tells their order."""
        rows = self.session.exec(
            select(GateDecision).where(
                GateDecision.reference == f"draft:{draft_id}", GateDecision.stage == stage
            )
        ).all()
        found = {row.id: (row.is_allowed, {one["code"] for one in row.reasons}) for row in rows}
        self.session.rollback()
        return found

    def words(self, draft_id: str, code: Code) -> str:
        """The sentence that people read, in Danish."""
        rows = [draft_row(self.session, draft_id)]
        main = standings(self.session, rows, by="user:2", now=self.now)[draft_id].main
        reason = next(one for one in main.reasons if one.code is code)
        self.session.rollback()
        with self.app.test_request_context():
            return str(translate(sentence(reason)))

    def goes_through(self, draft_id: str) -> None:
        self.send(draft_id)
        assert self.state(draft_id) == DraftState.SUBMITTED
        self.press(draft_id)
        assert self.state(draft_id) == DraftState.APPROVED
        assert self.decisions(draft_id, "approve") == [(True, set())]

    def press(self, draft_id: str) -> None:
        page = self.staff.page(f"/posts/{draft_id}")
        self.staff.send(page.path, {**fields_of(page), "do": "approve"})

    def is_stopped_at_the_hosts(self, draft_id: str, code: Code) -> None:
        """The author can do something about it, so it is not even sent."""
        self.send(draft_id)
        assert self.state(draft_id) == DraftState.WRITING
        page = self.host.page(f"/my-week/posts/{draft_id}/send")
        assert self.words(draft_id, code) in page.text()
        ((is_allowed, codes),) = self.decisions(draft_id, "submit")
        assert not is_allowed and code.value in codes
        forged = {"do": "approve", "version": "1", "caption": f.CAPTION, "base": ""}
        assert self.staff.post(f"/posts/{draft_id}", data=forged).status_code == 400
        assert self.state(draft_id) == DraftState.WRITING

    def is_stopped_at_the_review(self, draft_id: str, code: Code) -> None:
        assert self.state(draft_id) == DraftState.SUBMITTED
        page = self.staff.page(f"/posts/{draft_id}")
        assert self.words(draft_id, code) in page.text()
        assert "approve" not in {button.get("value") for button in page.all("button")}
        before = self._decided(draft_id, "approve")
        self.press(draft_id)
        assert self.state(draft_id) == DraftState.SUBMITTED
        made = {key: one for key, one in self._decided(draft_id, "approve").items() if key not in before}
        assert made
        for is_allowed, codes in made.values():
            assert not is_allowed and code.value in codes


@pytest.fixture
def desk(app: Flask, client: InspectingClient, session: Session, at: At) -> Desk:
    now = at("2026-11-02 09:00")
    on = pages.host_in(session, client, now)
    staff = app.test_client()
    database = app.extensions["stafet"].database
    accounts.sign_in(staff, database, accounts.Role.COORDINATOR, on.world.area)
    return Desk(app, session, now, on, client, staff)  # type: ignore[arg-type]


def _box(desk: Desk, item: str, certainty: int = 95) -> str:
    """A face that the detector found."""
    box = MediaPerson(
        id=new_id(), item_id=item, box=[0.3, 0.3, 0.2, 0.2], found_by="detector", certainty=certainty,
        made_at=desk.now,
    )  # fmt: skip
    desk.session.add(box)
    desk.session.commit()
    return box.id


def _asked(desk: Desk, label: str = "Vega") -> str:
    """A citizen who was asked for these days and has not answered."""
    vega = f.Stored(desk.session, desk.on.world.area).citizen(label, seen=False)
    about = About(Target.TAKEOVER, desk.on.place, "Takeover i uge 45")
    requests.ask(desk.session, f.COMMUNICATIONS, NewRequest(vega, about), now=desk.now)
    desk.session.commit()
    return vega


def test_a1_nobody_can_be_recognised(desk: Desk) -> None:
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "nobody")
    desk.goes_through(draft_id)


def test_a2_a_face_that_nobody_explains(desk: Desk) -> None:
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "nobody")
    _box(desk, item)
    desk.is_stopped_at_the_hosts(draft_id, Code.FACE_COUNT_MISMATCH)
    desk.tap(draft_id, item, "mismatch", because="Det er en plakat på væggen")
    desk.send(draft_id)
    assert desk.state(draft_id) == DraftState.SUBMITTED


def test_a2_a_face_that_is_none(desk: Desk) -> None:
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "nobody")
    desk.tap(draft_id, item, "not_a_face", box_id=_box(desk, item))
    desk.goes_through(draft_id)


def test_a3_nobody_said_who_is_in_it(desk: Desk) -> None:
    draft_id, _ = desk.post()
    desk.is_stopped_at_the_hosts(draft_id, Code.NO_DECLARATION)


@pytest.mark.parametrize("by_host", [True, False])
def test_a4_changed_after_approval(desk: Desk, by_host: bool) -> None:
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "nobody")
    desk.goes_through(draft_id)
    actor = desk.on.host if by_host else f.COMMUNICATIONS
    f.write(desk.session, actor, draft_id, desk.now, caption="En anden tekst end den, der blev godkendt.")
    one = judged(desk.session, [draft_row(desk.session, draft_id)], now=desk.now)[draft_id]
    answer = may_publish(one.facts, Channel.INSTAGRAM, stage=GateStage.SCHEDULE, at=desk.now)
    assert not answer.allowed and answer.codes == {Code.CONTENT_CHANGED}
    desk.session.commit()
    assert desk.state(draft_id) == (DraftState.WRITING if by_host else DraftState.SUBMITTED)
    assert "godkendt" not in desk.staff.page(f"/posts/{draft_id}").text("header")


def test_a5_somebody_nobody_knows(desk: Desk) -> None:
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "unknown", box_id=_box(desk, item))
    desk.is_stopped_at_the_hosts(draft_id, Code.UNKNOWN_PERSON)


def test_a6_a_group_who_all_said_yes(desk: Desk) -> None:
    alma = f.asked_colleague(desk.session, desk.on, desk.now)
    draft_id, item = desk.post()
    me = f.me(desk.session, desk.on)
    desk.session.rollback()
    for subject_id in (alma, me):
        desk.tap(draft_id, item, "person", subject_id=subject_id)
    desk.goes_through(draft_id)


def test_a7_a_group_of_whom_one_is_missing(desk: Desk) -> None:
    alma, vega = f.asked_colleague(desk.session, desk.on, desk.now), _asked(desk)
    draft_id, item = desk.post()
    for subject_id in (alma, vega):
        desk.tap(draft_id, item, "person", subject_id=subject_id)
    desk.is_stopped_at_the_hosts(draft_id, Code.NO_CONSENT)
    assert "Vega" in desk.words(draft_id, Code.NO_CONSENT)


def test_a8_a_bystander_who_was_never_asked(desk: Desk) -> None:
    """Staff know who it is; the host sees no register to choose from."""
    draft_id, item = desk.post()
    bystander = f.Stored(desk.session, desk.on.world.area).citizen("Balder", seen=False)
    desk.session.commit()
    answer = desk.host.post(
        f"/my-week/posts/{draft_id}/people/{item}", data={"do": "person", "subject_id": bystander}
    )
    assert answer.status_code == 404
    people.name_person(desk.session, f.COMMUNICATIONS, desk.on.place, item, bystander, now=desk.now)
    desk.session.commit()
    desk.is_stopped_at_the_hosts(draft_id, Code.NO_CONSENT)


def test_a9_seen_from_behind_counts_when_somebody_else_agrees(desk: Desk) -> None:
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "because", because="set bagfra")
    desk.send(draft_id)
    rows = [draft_row(desk.session, draft_id)]
    own = standings(desk.session, rows, by=f"host:{desk.on.host.id}", now=desk.now)[draft_id].main
    desk.session.rollback()
    assert Code.UNVERIFIED_VISIBILITY in own.codes
    page = desk.staff.page(f"/posts/{draft_id}")
    assert "en person kan ikke genkendes, fordi: set bagfra" in page.text()
    desk.press(draft_id)
    assert desk.state(draft_id) == DraftState.APPROVED
    row = desk.session.exec(select(MediaPerson)).one()
    assert row.confirmed_by.startswith("user:")


def test_a10_and_a11_a_blurred_face_counts_when_somebody_else_has_looked(desk: Desk) -> None:
    post = pages.new_post(desk.host)
    (item,) = pages.items_of(pages.upload(desk.host, post, ("en.jpg", phone_jpeg((640, 800)))))
    draft_id = post.rsplit("/", 1)[1]
    f.write(desk.session, desk.on.host, draft_id, desk.now, caption=f.CAPTION)
    f.saving.change(
        desk.session, desk.on.host, draft_id, lambda content: content.with_picture(item, alt=f.ALT),
        now=desk.now,
    )  # fmt: skip
    desk.session.commit()
    desk.tap(draft_id, item, "blur", box_id=_box(desk, item))
    desk.send(draft_id)
    rows = [draft_row(desk.session, draft_id)]
    own = standings(desk.session, rows, by=f"host:{desk.on.host.id}", now=desk.now)[draft_id].main
    desk.session.rollback()
    assert Code.OBSCURE_UNVERIFIED in own.codes and not own.allowed
    page = desk.staff.page(f"/posts/{draft_id}")
    assert "det slørede ansigt kan ikke genkendes" in page.text()
    fields = {**fields_of(page), f"faces-{item}": "0", "do": "approve"}  # no program runs in this test
    desk.staff.send(page.path, fields)
    assert desk.state(draft_id) == DraftState.APPROVED


def test_a12_a_voice_that_nobody_answers_for(desk: Desk) -> None:
    draft_id, item = desk.post(kind=PostKind.REEL, film=True)
    desk.tap(draft_id, item, "nobody")
    desk.is_stopped_at_the_hosts(draft_id, Code.VOICE_NOT_COVERED)
    desk.tap(draft_id, item, "silent")
    desk.goes_through(draft_id)


def test_a13_not_seen_but_named_in_the_text(desk: Desk) -> None:
    f.citizen(desk.session, desk.on, "Vega")
    desk.session.commit()
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "because", because="kun hænderne")
    f.write(desk.session, desk.on.host, draft_id, desk.now, caption="Vega bager boller i dag.")
    desk.session.commit()
    desk.send(draft_id)
    assert desk.state(draft_id) == DraftState.WRITING
    ((is_allowed, codes),) = desk.decisions(draft_id, "submit")
    assert not is_allowed and Code.NAME_NOT_COVERED.value in codes


def test_a14_somebody_says_that_is_me(desk: Desk) -> None:
    vega = _asked(desk)
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "because", because="set bagfra")
    desk.goes_through(draft_id)
    page = desk.staff.page(f"/posts/{draft_id}")
    person = desk.session.exec(select(MediaPerson.id)).one()
    desk.session.rollback()
    desk.staff.send(
        f"/posts/{draft_id}/somebody/{item}/{person}", {**page.fields("/somebody/"), "subject_id": vega}
    )
    desk.is_stopped_at_the_review(draft_id, Code.NO_CONSENT)


def test_b8_the_host_alone_in_the_picture(desk: Desk) -> None:
    draft_id, item = desk.post()
    me = f.me(desk.session, desk.on)
    desk.session.rollback()
    desk.tap(draft_id, item, "person", subject_id=me)
    desk.goes_through(draft_id)


def test_b10_yes_to_pictures_and_the_post_is_a_film(desk: Desk) -> None:
    world = f.Stored(desk.session, desk.on.world.area)
    alma = world.colleague(seen=False)
    world.said(alma, ref=desk.on.place)
    desk.session.commit()
    draft_id, item = desk.post(kind=PostKind.REEL, film=True)
    desk.tap(draft_id, item, "person", subject_id=alma)
    desk.tap(draft_id, item, "silent")
    desk.is_stopped_at_the_hosts(draft_id, Code.MEDIA_NOT_COVERED)


def test_c13_no_to_exactly_this_one_beats_a_wider_yes(desk: Desk) -> None:
    vega = f.citizen(desk.session, desk.on)
    draft_id, item = desk.post()
    desk.tap(draft_id, item, "person", subject_id=vega)
    desk.send(draft_id)
    desk.is_stopped_at_the_review(draft_id, Code.PREVIEW_MISSING)
    shown = desk.staff.page(f"/posts/{draft_id}/show/{vega}")
    desk.staff.send(shown.path, {**shown.fields(), "answer": "no"})
    desk.is_stopped_at_the_review(draft_id, Code.REFUSED)
    shown = desk.staff.page(f"/posts/{draft_id}/show/{vega}")
    desk.staff.send(shown.path, {**shown.fields(), "answer": "yes"})
    desk.press(draft_id)
    assert desk.state(draft_id) == DraftState.APPROVED


def test_f3_yes_to_the_feed_and_the_post_is_a_story(desk: Desk) -> None:
    world = f.Stored(desk.session, desk.on.world.area)
    alma = world.colleague(seen=False)
    feed = replace(Scope(Channel.INSTAGRAM), formats=frozenset({Format.FEED}))
    world.said(alma, ref=desk.on.place, scopes=(feed,), until=date(2027, 3, 1))
    desk.session.commit()
    draft_id, item = desk.post(kind=PostKind.STORY)
    f.write(desk.session, desk.on.host, draft_id, desk.now, caption="")
    desk.session.commit()
    desk.tap(draft_id, item, "person", subject_id=alma)
    desk.is_stopped_at_the_hosts(draft_id, Code.FORMAT_NOT_COVERED)
