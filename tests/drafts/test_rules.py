"""The small rules of a draft: states, hashes, names, forms, and what an act leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branding.consent.values.gate import (
    DeclarationFacts,
    DepictionFacts,
    DraftFacts,
    MediaFacts,
    Visibility,
)
from branding.consent.values.records import Channel, Format, MediaKind, Purpose
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.drafts.rules.after import after_approve, after_submit
from branding.drafts.rules.formats import format_of
from branding.drafts.rules.hashes import people_hash, version_hash
from branding.drafts.rules.names import meant
from branding.drafts.rules.states import (
    check_return,
    check_review,
    check_second_person,
    check_submit,
    state_after_edit,
)
from branding.drafts.values.content import Content, Picture
from branding.drafts.values.drafts import DraftState
from branding.drafts.values.findings import Finding, FindingKind
from branding.drafts.values.kinds import PostKind
from branding.media.values.pictures import Focus, Ratio

POST = Content(
    kind=PostKind.DAILY,
    pictures=(Picture("a", "Alt", focus={Ratio.SQUARE: Focus(0.2, 0.4)}),),
    caption="Hej @nabo",
    first_comment="#mitsocial",
    place="Høskoven",
    collaborators=("region",),
    channels=(Channel.INSTAGRAM, Channel.LINKEDIN),
    texts={Channel.LINKEDIN: "Kære alle"},
    ratio=Ratio.SQUARE,
    reasons={"health:1": "Derfor"},
)
FILES = {"a": "1" * 64}
WHO = (DepictionFacts("a", Visibility.RECOGNISABLE, "p"),)


def test_content_survives_storing() -> None:
    assert Content.from_json(POST.to_json()) == POST
    assert Content.from_json(Content().to_json()) == Content()


@pytest.mark.parametrize("state", list(DraftState))
@pytest.mark.parametrize("by_author", [True, False])
def test_a_change_leaves_the_state_that_decision_4_says(state: DraftState, by_author: bool) -> None:
    if state == DraftState.DROPPED:
        with pytest.raises(RuleBroken):
            state_after_edit(state, by_author=by_author)
        return
    after = state_after_edit(state, by_author=by_author)
    assert after != DraftState.APPROVED
    if by_author:
        assert after == (DraftState.RETURNED if state == DraftState.RETURNED else DraftState.WRITING)
    else:
        assert after == (DraftState.SUBMITTED if state == DraftState.APPROVED else state)


def test_only_the_right_states_are_sent_approved_and_returned() -> None:
    def allowed(check: object) -> set[DraftState]:
        found = set()
        for state in DraftState:
            try:
                check(state)  # type: ignore[operator]
            except RuleBroken:
                continue
            found.add(state)
        return found

    assert allowed(check_submit) == {DraftState.WRITING, DraftState.RETURNED}
    assert allowed(check_review) == {DraftState.SUBMITTED, DraftState.ON_HOLD}
    assert allowed(check_return) == {DraftState.SUBMITTED, DraftState.ON_HOLD, DraftState.APPROVED}


@pytest.mark.parametrize("reviewer", ["", "host:1", "user:2"])
def test_the_second_person_is_another(reviewer: str) -> None:
    with pytest.raises(RuleBroken):
        check_second_person(reviewer, "host:1", "user:2")
    check_second_person("user:3", "host:1", "user:2")


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": "Hej"}, {"first_comment": ""}, {"place": ""}, {"collaborators": ()}, {"tags": ("psyk",)},
        {"ratio": Ratio.STORY}, {"channels": (Channel.INSTAGRAM,)},
        {"texts": {}}, {"kind": PostKind.STORY}, {"pictures": ()},
        {"pictures": (Picture("a", "Andet"),)}, {"pictures": (Picture("a", "Alt"),)},
    ],
)  # fmt: skip
def test_everything_that_is_seen_makes_another_version(changes: dict[str, object]) -> None:
    assert version_hash(replace(POST, **changes), FILES) != version_hash(POST, FILES)  # type: ignore[arg-type]


def test_a_file_makes_another_version_and_a_reason_does_not() -> None:
    assert version_hash(POST, {"a": "2" * 64}) != version_hash(POST, FILES)
    assert version_hash(replace(POST, reasons={}), FILES) == version_hash(POST, FILES)


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": "Hej igen @nabo."}, {"first_comment": "#andet"}, {"ratio": Ratio.STORY}, {"reasons": {}},
        {"texts": {Channel.LINKEDIN: "Hej alle"}}, {"pictures": (Picture("a", "Andre ord"),)},
    ],
)  # fmt: skip
def test_a_comma_voids_no_declaration(changes: dict[str, object]) -> None:
    changed = replace(POST, **changes)  # type: ignore[arg-type]
    assert people_hash(changed, FILES, WHO, ()) == people_hash(POST, FILES, WHO, ())


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": "Hej @genbo"}, {"place": ""}, {"collaborators": ()}, {"tags": ("psyk",)},
        {"channels": (Channel.INSTAGRAM,)}, {"pictures": ()}, {"kind": PostKind.STORY},
    ],
)  # fmt: skip
def test_tags_place_channels_and_media_do(changes: dict[str, object]) -> None:
    changed = replace(POST, **changes)  # type: ignore[arg-type]
    assert people_hash(changed, FILES, WHO, ()) != people_hash(POST, FILES, WHO, ())


def test_people_and_names_do_too_whatever_their_order() -> None:
    same = people_hash(POST, FILES, WHO, ("x", "y"))
    assert people_hash(POST, FILES, WHO, ("y", "x")) == same
    assert people_hash(POST, FILES, (), ("x", "y")) != same
    assert people_hash(POST, FILES, WHO, ("x",)) != same
    assert people_hash(POST, FILES, (replace(WHO[0], is_heard=True),), ("x", "y")) != same
    assert people_hash(POST, {"a": "2" * 64}, WHO, ("x", "y")) != same


@pytest.mark.parametrize(
    ("kind", "kinds", "form"),
    [
        (PostKind.DAILY, (MediaKind.PHOTO,), Format.FEED),
        (PostKind.DAILY, (MediaKind.PHOTO, MediaKind.PHOTO), Format.CAROUSEL),
        (PostKind.DAILY, (MediaKind.VIDEO,), Format.REEL),
        (PostKind.REEL, (MediaKind.VIDEO,), Format.REEL),
        (PostKind.CAROUSEL, (MediaKind.VIDEO, MediaKind.PHOTO), Format.CAROUSEL),
        (PostKind.STORY, (MediaKind.VIDEO,), Format.STORY),
        (PostKind.STORY, (MediaKind.PHOTO, MediaKind.PHOTO), Format.STORY),
    ],
)
def test_what_it_holds_decides_the_form(kind: PostKind, kinds: tuple[MediaKind, ...], form: Format) -> None:
    items = {str(n): one for n, one in enumerate(kinds)}
    assert format_of(Content(kind=kind, pictures=tuple(map(Picture, items))), items) is form


def _name(subject_id: str, start: int = 0, where: str = "caption") -> Finding:
    key = f"name:{subject_id}"
    return Finding(key, FindingKind.NAME, where, start, start + 4, say("x"), "scope", subject_id)


def test_a_name_means_whoever_is_in_the_picture() -> None:
    two = (_name("anna-berg"), _name("anna-krog"))
    assert meant(two, {"anna-berg"}) == two[:1]
    assert meant(two, ()) == two
    assert meant(two, {"somebody-else"}) == two
    elsewhere = (*two, _name("anna-krog", start=30))
    assert meant(elsewhere, {"anna-berg"}) == (two[0], elsewhere[2])


DRAFT = DraftFacts(
    "draft:1", "v", "p", "host:1", Format.FEED, Purpose.RECRUITING,
    media=(MediaFacts("a", MediaKind.PHOTO), MediaFacts("b", MediaKind.PHOTO)),
    depictions=(
        DepictionFacts("a", Visibility.OBSCURED), DepictionFacts("a", Visibility.NOT_RECOGNISABLE),
        DepictionFacts("b", Visibility.RECOGNISABLE, "x"), DepictionFacts("b", Visibility.UNKNOWN),
    ),
)  # fmt: skip


def test_who_sends_it_declares_and_a_standing_declaration_stays() -> None:
    assert after_submit(DRAFT, "host:1").declaration == DeclarationFacts("p", "host:1")
    said = replace(DRAFT, declaration=DeclarationFacts("p", "user:9", "user:2"))
    assert after_submit(said, "host:1") == said
    stale = replace(DRAFT, declaration=DeclarationFacts("old", "user:9", "user:2"))
    assert after_submit(stale, "host:1").declaration == DeclarationFacts("p", "host:1")


def test_approving_confirms_what_is_hidden_and_nothing_else() -> None:
    after = after_approve(replace(DRAFT, declaration=DeclarationFacts("p", "host:1")), "user:2", {"a"})
    assert [one.confirmed_by for one in after.depictions] == ["user:2", "user:2", "", ""]
    assert [one.is_verified_derivative for one in after.media] == [True, False]
    assert after.declaration == DeclarationFacts("p", "host:1", "user:2")
    assert (after.approved_hash, after.approved_by) == ("v", "user:2")


def test_approving_does_not_heal_a_declaration_that_is_out_of_date() -> None:
    stale = replace(DRAFT, declaration=DeclarationFacts("old", "host:1"))
    assert after_approve(stale, "user:2", ()).declaration == DeclarationFacts("old", "host:1")
    assert after_approve(DRAFT, "user:2", ()).declaration is None
