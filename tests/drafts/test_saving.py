from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from branding.audit.models import AuditEntry
from branding.core.actor import Actor, Role
from branding.core.errors import Conflict, Missing, NotAllowed, RuleBroken
from branding.drafts.models import DraftMedia
from branding.drafts.queries.drafts import contents_of, draft_row, drafts_of_takeover, versions_of
from branding.drafts.service import drafts, saving
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import DraftState, Start
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaItem
from tests.drafts import factories as f


def _content(session: Session, draft_id: str) -> Content:
    return contents_of(session, [draft_row(session, draft_id)])[draft_id]


def test_what_is_written_is_there_and_its_first_line_is_its_title(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now, caption="Godmorgen!\n\nDer er kaffe på kanden.")
    assert _content(session, draft_id).caption.startswith("Godmorgen!")
    assert draft_row(session, draft_id).title == "Godmorgen!"
    assert [one.id for one in drafts_of_takeover(session, on.takeover)] == [draft_id]


def test_one_sitting_is_one_version_and_the_next_begins_a_new_one(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.begun(session, on, now)
    for n in range(3):
        f.write(session, on.host, draft_id, now + timedelta(minutes=n), caption=f"Tekst {n}")
    assert [one.number for one in versions_of(session, draft_id)] == [1]
    f.write(session, on.host, draft_id, now + timedelta(minutes=11), caption="Senere")
    assert [one.number for one in versions_of(session, draft_id)] == [2, 1]
    f.write(session, on.coordinator, draft_id, now + timedelta(minutes=12), caption="En anden skrev")
    assert [one.made_by for one in versions_of(session, draft_id)] == ["user:2", "host:1", "host:1"]


def test_two_who_write_the_same_field_both_see_both(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now)
    base = saving.base_of(_content(session, draft_id), ["caption"])
    saving.save(session, on.host, draft_id, base, caption="Værtens", now=now)
    with pytest.raises(Conflict) as refused:
        saving.save(session, on.coordinator, draft_id, base, caption="Koordinatorens", now=now)
    assert [value for _, value in refused.value.mine] == ["Koordinatorens"]
    assert [value for _, value in refused.value.theirs] == ["Værtens"]
    assert _content(session, draft_id).caption == "Værtens"


def test_two_who_write_different_fields_are_in_nobodys_way(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.begun(session, on, now)
    content = _content(session, draft_id)
    saving.save(session, on.host, draft_id, saving.base_of(content, ["caption"]), caption="Værtens", now=now)
    saving.save(
        session, on.coordinator, draft_id, saving.base_of(content, ["place"]), place="Høskoven", now=now
    )
    assert (_content(session, draft_id).caption, _content(session, draft_id).place) == ("Værtens", "Høskoven")


def test_the_same_saved_twice_is_saved_once(session: Session, on: f.Stage, now: datetime) -> None:
    """A phone whose answer was lost sends again."""
    draft_id = f.begun(session, on, now)
    base = saving.base_of(_content(session, draft_id), ["caption"])
    first = saving.save(session, on.host, draft_id, base, caption="Én gang", now=now).version
    again = saving.save(session, on.host, draft_id, base, caption="Én gang", now=now).version
    assert first == again


def test_the_authors_change_takes_the_post_back_from_review(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.host, draft_id, now, caption="Jeg kom i tanke om noget.")
    assert draft_row(session, draft_id).state == DraftState.WRITING


def test_the_reviewers_comma_leaves_it_in_review(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.coordinator, draft_id, now, caption=f.CAPTION + " Ja.")
    assert draft_row(session, draft_id).state == DraftState.SUBMITTED


def test_an_approved_post_that_is_changed_must_be_approved_again(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.approved(session, on, now)
    f.write(session, on.coordinator, draft_id, now, caption="Nyt")
    assert draft_row(session, draft_id).state == DraftState.SUBMITTED
    again = f.approved(session, on, now)
    saving.media_changed(session, on.coordinator, again, now=now)
    assert draft_row(session, again).state == DraftState.SUBMITTED


def test_what_was_sent_stands_as_it_was(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.submitted(session, on, now)
    f.write(session, on.host, draft_id, now, caption="Straks efter")
    old = next(one for one in versions_of(session, draft_id) if one.number == 1)
    assert Content.from_json(old.content).caption == f.CAPTION


def test_pictures_are_put_last_once_and_kept_while_the_post_may_be_sent(
    session: Session, on: f.Stage, now: datetime
) -> None:
    one, two = f.picture(session, on, now), f.picture(session, on, now)
    draft_id = f.begun(session, on, now, items=(one,))
    saving.add_pictures(session, on.host, draft_id, two, one, now=now)
    assert _content(session, draft_id).item_ids == (one, two)
    linked = session.exec(select(DraftMedia.item_id).order_by(DraftMedia.position)).all()  # type: ignore[arg-type]
    assert list(linked) == [one, two]
    assert session.get_one(MediaItem, two).keep_until == (now + saving.UNUSED).date()
    saving.remove_picture(session, on.host, draft_id, one, now=now)
    assert _content(session, draft_id).item_ids == (two,)


def test_only_who_may_write_there_begins_a_post(session: Session, on: f.Stage, now: datetime) -> None:
    other = f.takeovers.takeover(session, on.world, now, starts_on=f.MONDAY + f.WEEK)
    start = Start(PostKind.DAILY, other)
    elsewhere = replace(on.coordinator, units=frozenset({on.world.other_area}))
    reader = Actor("user", 7, roles=frozenset({Role.READER}))
    for actor, error in ((on.host, Missing), (elsewhere, Missing), (reader, NotAllowed)):
        with pytest.raises(error):
            drafts.start(session, actor, start, now=now)
    assert drafts.start(session, on.coordinator, start, now=now)


def test_a_host_reaches_no_post_of_another_takeover(session: Session, on: f.Stage, now: datetime) -> None:
    other = f.takeovers.takeover(session, on.world, now, starts_on=f.MONDAY + f.WEEK)
    draft_id = drafts.start(session, on.coordinator, Start(PostKind.DAILY, other), now=now)
    for act in (drafts.drop, drafts.take_back):
        with pytest.raises(Missing):
            act(session, on.host, draft_id, now=now)
    with pytest.raises(Missing):
        saving.change(session, on.host, draft_id, lambda content: replace(content, caption="x"), now=now)


def test_thrown_away_is_neither_listed_nor_changed_until_it_is_taken_back(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.begun(session, on, now)
    drafts.drop(session, on.host, draft_id, now=now)
    assert drafts_of_takeover(session, on.takeover) == []
    with pytest.raises(RuleBroken):
        f.write(session, on.host, draft_id, now, caption="Nej")
    drafts.take_back(session, on.host, draft_id, now=now)
    f.write(session, on.host, draft_id, now, caption="Jo")
    assert _content(session, draft_id).caption == "Jo"


def test_a_time_lies_inside_the_takeover_and_a_new_one_is_approved_again(
    session: Session, on: f.Stage, now: datetime
) -> None:
    draft_id = f.approved(session, on, now)
    row = draft_row(session, draft_id)
    with pytest.raises(RuleBroken) as refused:
        drafts.plan_time(session, on.coordinator, draft_id, now + timedelta(days=7), row.version, now=now)
    assert refused.value.field == "day"
    drafts.plan_time(session, on.coordinator, draft_id, now + timedelta(days=6), row.version, now=now)
    assert row.state == DraftState.SUBMITTED
    with pytest.raises(Conflict):
        drafts.plan_time(session, on.coordinator, draft_id, now, row.version - 1, now=now)


def test_an_idea_is_used_again_and_stays(session: Session, on: f.Stage, now: datetime) -> None:
    new = Start(PostKind.DAILY, unit_id=on.world.area, caption="Hvad er der i din taske?")
    idea = drafts.start(session, on.coordinator, new, now=now)
    post = drafts.use_idea(session, on.coordinator, idea, on.takeover, now=now)
    assert _content(session, post).caption == "Hvad er der i din taske?"
    assert draft_row(session, post).takeover_id == on.takeover
    kept = drafts.keep_as_idea(session, on.coordinator, post, now=now)
    assert (
        draft_row(session, kept).takeover_id is None and draft_row(session, idea).state == DraftState.WRITING
    )


def test_the_log_holds_no_words_of_the_post(session: Session, on: f.Stage, now: datetime) -> None:
    draft_id = f.begun(session, on, now)
    f.write(session, on.host, draft_id, now + timedelta(hours=1), caption="Meget hemmeligt")
    entries = session.exec(select(AuditEntry).where(AuditEntry.subject_id == draft_id)).all()
    assert [one.tag for one in entries][:1] == ["drafts:draft:started"]
    assert "drafts:draft:changed" in [one.tag for one in entries]
    assert "hemmeligt" not in str([one.marks for one in entries])
