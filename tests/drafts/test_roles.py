"""Who reaches which post: every route of drafts, with rows that exist, for every role and every host."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from flask import Flask
from sqlmodel import Session
from werkzeug.routing import Rule

from branding.core import policy
from branding.core.actor import Actor, Role
from branding.drafts.queries.drafts import versions_of
from branding.drafts.service import comments, hashtags, review_links
from branding.drafts.values.comments import NewComment
from branding.drafts.values.hashtags import NewSet
from branding.media.service import people as media
from tests.drafts import factories as f
from tests.support.client import InspectingClient

#: Answers of a door that is open: shown, gone on, or what was sent was not right.
OPEN = (200, 303, 400, 409)
STAFF = (Role.ADMIN, Role.COMMUNICATIONS, Role.COORDINATOR, Role.DPO, Role.READER)


@dataclass(frozen=True)
class Rows:
    """One of everything; ``ids`` by the name of the route's parameter."""

    on: f.Stage
    stranger: str
    ids: Mapping[str, str]
    #: Things that are not there: pictures in a test have no bytes, and no takeover was chosen.
    hollow: frozenset[str] = field(
        default=frozenset({"picture", "first_picture", "film_frame", "film", "inspiration_picture",
                           "upload_state", "add_part", "finish_upload", "put_back", "use_idea",
                           "somebody_says"})
    )  # fmt: skip


@pytest.fixture
def rows(session: Session, at: Callable[[str], datetime]) -> Rows:
    now = at("2026-11-02 09:00")
    on = f.stage(session, now)
    vega = f.citizen(session, on)
    draft_id = f.with_person(session, on, now, vega)
    item = f.seen(session, draft_id).content.item_ids[0]
    hidden = media.add_unrecognisable(session, on.host, on.place, item, "set bagfra", now=now)
    said = comments.add_comment(session, on.coordinator, draft_id, NewComment("Hej"), now=now)
    review_links.ask(session, on.coordinator, draft_id, "Bo Prøve", "bo@example.dk", now=now)
    own = NewSet("Vores", "#Et", unit_id=on.world.area)
    kept = hashtags.add_set(session, f.COMMUNICATIONS, own, now=now)
    ids = {
        "draft_id": draft_id,
        "item_id": item,
        "person_id": hidden,
        "subject_id": vega,
        "comment_id": said,
        "upload_id": "f" * 32,
        "link_id": "1",
        "set_id": str(kept),
        "takeover_id": str(on.takeover),
        "number": str(versions_of(session, draft_id)[0].number),
    }
    stranger = f.stranger(session, on, now)
    session.commit()
    return Rows(on, stranger, ids)


def _routes(app: Flask) -> list[Rule]:
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("drafts.")]
    return [rule for rule in found if _access(app, rule) != "public"]


def _access(app: Flask, rule: Rule) -> str:
    return str(getattr(app.view_functions[rule.endpoint], "stafet_access", ""))


def _address(rule: Rule, rows: Rows) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: rows.ids[match[1]], rule.rule)


def _try(client: InspectingClient, rule: Rule, rows: Rows) -> int:
    method = "GET" if "GET" in (rule.methods or set()) else "POST"
    return int(client.open(_address(rule, rows), method=method).status_code)


def _is_hosts(rule: Rule) -> bool:
    return rule.rule.startswith("/my-week")


def _name(rule: Rule) -> str:
    return rule.endpoint.removeprefix("drafts.").removeprefix("host_")


@pytest.mark.parametrize("role", STAFF)
def test_a_role_meets_the_door_that_the_policy_says(
    app: Flask, client: InspectingClient, rows: Rows, sign_in: Callable[..., int], role: Role
) -> None:
    sign_in(role, rows.on.world.area if role == Role.COORDINATOR else None)
    someone = Actor("user", 1, roles=frozenset({role}))
    for rule in _routes(app):
        if _is_hosts(rule):
            continue
        status = _try(client, rule, rows)
        if not policy.may(someone, _access(app, rule)):
            assert status == 403, f"{role} at {rule.endpoint}: {status}"
        else:
            wanted = (*OPEN, 404) if _name(rule) in rows.hollow else OPEN
            assert status in (*wanted, 403), f"{role} at {rule.endpoint}: {status}"
            assert status != 403 or role == Role.DPO, f"{role} at {rule.endpoint}: {status}"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.READER])
def test_some_roles_see_no_post_at_all(
    app: Flask, client: InspectingClient, rows: Rows, sign_in: Callable[..., int], role: Role
) -> None:
    sign_in(role)
    for rule in _routes(app):
        if not _is_hosts(rule):
            assert _try(client, rule, rows) == 403, rule.endpoint


def test_another_area_is_not_there_for_a_coordinator(
    app: Flask, client: InspectingClient, rows: Rows, sign_in: Callable[..., int]
) -> None:
    sign_in("coordinator", rows.on.world.other_area)
    tried = 0
    for rule in _routes(app):
        if not _is_hosts(rule) and "<" in rule.rule:
            assert _try(client, rule, rows) == 404, rule.endpoint
            tried += 1
    assert tried > 25


def test_a_host_reaches_the_own_posts_and_no_page_of_staff(
    app: Flask, client: InspectingClient, rows: Rows
) -> None:
    client.get(f"/host/{rows.on.token}")
    for rule in _routes(app):
        status = _try(client, rule, rows)
        if not _is_hosts(rule):
            assert status == 303, f"{rule.endpoint}: {status}"  # to sign in
        else:
            wanted = (*OPEN, 404) if _name(rule) in rows.hollow else OPEN
            assert status in wanted, f"{rule.endpoint}: {status}"


def test_the_host_of_another_takeover_reaches_none_of_it(
    app: Flask, client: InspectingClient, rows: Rows
) -> None:
    client.get(f"/host/{rows.stranger}")
    tried = 0
    for rule in _routes(app):
        if _is_hosts(rule) and "<id:draft_id>" in rule.rule:
            assert _try(client, rule, rows) == 404, rule.endpoint
            tried += 1
    assert tried > 15


def test_nobody_without_a_link_or_an_account_gets_in(
    app: Flask, client: InspectingClient, rows: Rows
) -> None:
    for rule in _routes(app):
        assert _try(client, rule, rows) == 303, rule.endpoint
