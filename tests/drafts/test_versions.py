"""What a post said before: shown word by word, and brought back as a new version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from branding.consent.values.records import Channel
from branding.core.errors import Missing, NotAllowed
from branding.drafts.queries.drafts import draft_row
from branding.drafts.rules.changes import changes
from branding.drafts.service import versions
from branding.drafts.values.content import Content, Picture
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.kinds import PostKind
from branding.drafts.values.text import PieceKind
from branding.media.values.pictures import Focus, Ratio
from tests.drafts import factories as f
from tests.support.client import InspectingClient

SignIn = Callable[..., int]


BEFORE = Content(
    pictures=(Picture("a", "En gynge"), Picture("b", "En bold")),
    caption="Godmorgen fra os",
    place="Høskoven",
    texts={Channel.FACEBOOK: "Hej"},
)


@pytest.mark.parametrize(
    ("after", "label", "was", "becomes"),
    [
        (replace(BEFORE, place=""), "Place", ["Høskoven"], []),
        (replace(BEFORE, collaborators=("rm",)), "Co-authors", [], ["rm"]),
        (replace(BEFORE, tags=("rm",)), "Tagged accounts", [], ["rm"]),
        (replace(BEFORE, ratio=Ratio.SQUARE), "Shape", ["4:5"], ["1:1"]),
        (replace(BEFORE, kind=PostKind.STORY), "Kind of post", ["Post of the day"], ["Story"]),
        (
            replace(BEFORE, channels=(Channel.INSTAGRAM, Channel.FACEBOOK)),
            "Channels",
            ["Instagram"],
            ["Instagram", "Facebook"],
        ),
        (
            replace(BEFORE, pictures=(BEFORE.pictures[1], Picture("c", "Ny"))),
            "Pictures",
            ["Picture 1", "Picture 2"],
            ["Picture 2", "A new picture"],
        ),
        (BEFORE.with_picture("b", focus={Ratio.PORTRAIT: Focus(0.1, 0.1)}), "Cut anew", [], ["Picture 2"]),
    ],
)
def test_lines_are_told_as_they_were_and_as_they_are(
    after: Content, label: str, was: list[str], becomes: list[str]
) -> None:
    (found,) = changes(BEFORE, after)
    assert str(found.label) == label and found.pieces == ()
    assert ([str(one) for one in found.was], [str(one) for one in found.becomes]) == (was, becomes)


@pytest.mark.parametrize(
    ("after", "label"),
    [
        (replace(BEFORE, caption="Godmorgen fra jer"), "Text"),
        (replace(BEFORE, first_comment="Læs mere"), "First comment"),
        (replace(BEFORE, texts={Channel.FACEBOOK: "Hej med jer"}), "Text on Facebook"),
        (BEFORE.with_picture("b", alt="En rød bold"), "Description of picture 2"),
    ],
)
def test_texts_are_told_word_by_word(after: Content, label: str) -> None:
    (found,) = changes(BEFORE, after)
    assert str(found.label) == label and PieceKind.NEW in {one.kind for one in found.pieces}


def test_the_same_has_no_changes() -> None:
    assert changes(BEFORE, replace(BEFORE, reasons={"x": "fordi"})) == ()


def test_an_old_version_comes_back_as_a_new_one_and_nothing_between_is_lost(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.host, draft_id, now + timedelta(minutes=1), caption="Noget helt andet")
    versions.restore(session, on.host, draft_id, 1, now=now + timedelta(minutes=2))
    told = versions.history(session, draft_row(session, draft_id))
    assert [(one.number, one.restored_from, one.is_present) for one in told] == [
        (3, 1, True), (2, None, False), (1, None, False),
    ]  # fmt: skip
    assert f.seen(session, draft_id).content.caption == f.CAPTION
    again = versions.restore(session, on.host, draft_id, 1, now=now + timedelta(minutes=3))
    assert again.number == 3


def test_bringing_back_an_approved_post_must_be_approved_again(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.coordinator, draft_id, now, caption="Kortere")
    assert f.approve(session, on, draft_id, now, f.COMMUNICATIONS).is_done
    versions.restore(session, f.COMMUNICATIONS, draft_id, 1, now=now)
    assert draft_row(session, draft_id).state == DraftState.SUBMITTED


def test_only_who_may_write_brings_back_and_only_what_was_there(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    with pytest.raises(Missing):
        versions.restore(session, on.host, draft_id, 99, now=now)
    elsewhere = replace(on.coordinator, units=frozenset({on.world.other_area}))
    with pytest.raises(Missing):
        versions.restore(session, elsewhere, draft_id, 1, now=now)
    with pytest.raises(NotAllowed):
        versions.restore(session, replace(on.coordinator, roles=frozenset()), draft_id, 1, now=now)


def test_the_page_shows_who_changed_what_and_the_button_can_be_undone(
    session: Session, on: f.Stage, now: datetime, client: InspectingClient, sign_in: SignIn
) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.host, draft_id, now, caption=f.CAPTION.replace("formiddag", "aften"))
    session.commit()
    sign_in("coordinator", on.world.area)
    page = client.page(f"/posts/{draft_id}/versions")
    assert "Anna Prøve" in page.text() and "Version 2" in page.text()
    assert "formiddag" in "".join(page.all("del")[0].itertext())
    assert "aften" in "".join(page.all("ins")[0].itertext())
    after = client.send(f"/posts/{draft_id}/versions/1/restore", page.fields("/restore"))
    assert "Opslaget er igen, som det var i version 1" in after.source
    client.send(f"/posts/{draft_id}/versions/2/restore", after.fields("/versions/2/restore"))
    assert "aften" in f.seen(session, draft_id).content.caption


def test_the_host_has_the_versions_of_the_own_posts(
    session: Session, on: f.Stage, now: datetime, client: InspectingClient
) -> None:
    draft_id = f.begun(session, on, now)
    session.commit()
    client.get(f"/host/{on.token}")
    assert "Version 1" in client.page(f"/my-week/posts/{draft_id}/versions").text()
