"""Who may open what: every route is guarded, and every role meets the door the policy says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from branding.core import policy
from branding.core.actor import STAFF_ROLES, Actor, Role
from branding.core.db import Database
from tests.support import people
from tests.support.client import InspectingClient

#: Actions that are asked for in services and templates, never by a route of their own.
WITHOUT_ROUTE = {"media:item:view", "media:item:edit", "media:item:review"}


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def access(app: Flask, rule: Rule) -> str | None:
    return getattr(app.view_functions[rule.endpoint], "stafet_access", None)


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    for rule in routes(app):
        found = access(app, rule)
        assert found == "public" or found in policy.ACTIONS, f"{rule.endpoint} has no guard"


def test_every_action_of_the_policy_is_asked_for(app: Flask) -> None:
    asked = {access(app, rule) for rule in routes(app)}
    assert set(policy.ACTIONS) - asked == WITHOUT_ROUTE


def test_addresses_are_kebab_case_and_typed(app: Flask) -> None:
    for rule in routes(app):
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/-]*(\.(ics|pdf))?", fixed), rule.rule
        for parameter in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in parameter or parameter == "token", f"{rule.rule}: {parameter} has no type"


def test_routes_that_change_something_take_no_get(app: Flask) -> None:
    """A page that both shows and takes a form ends in ``_page``; a button's route takes POST only."""
    for rule in routes(app):
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if methods == {"GET", "POST"}:
            assert rule.endpoint.endswith("_page"), rule.endpoint


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_role_is_refused_exactly_where_the_policy_refuses_it(
    app: Flask, client: InspectingClient, database: Database, area: int, role: Role
) -> None:
    area_id = area if role == Role.COORDINATOR else None
    actor = Actor("user", 1, roles=frozenset({role}))
    is_signed_in = False
    for rule in routes(app):
        action = access(app, rule)
        if action == "public" or Role.HOST in policy.ACTIONS[action or ""].everywhere:
            continue
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        if not is_signed_in:
            people.sign_in(client, database, role, area_id)
        response = client.open(_address(rule), method=method)
        is_refused = response.status_code == 403
        assert is_refused != policy.may(actor, action or ""), (
            f"{role} at {rule.endpoint}: {response.status_code}"
        )
        is_signed_in = method == "GET" or is_refused  # one of the forms signs out


def test_nobody_gets_in_without_signing_in(app: Flask, client: InspectingClient) -> None:
    for rule in routes(app):
        if access(app, rule) == "public":
            continue
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        response = client.open(_address(rule), method=method)
        assert response.status_code == 303, f"{rule.endpoint} answered {response.status_code}"
        assert re.search(r"/(sign-in|host)\b", response.location), response.location


def test_staff_cannot_open_a_hosts_pages_without_the_link(
    app: Flask, client: InspectingClient, sign_in: Callable[..., int]
) -> None:
    sign_in("communications")
    assert client.get("/my-week").status_code == 303


def _address(rule: Rule) -> str:
    """The route with numbers that exist nowhere: doors are tried before rooms are looked for."""
    address = re.sub(r"<id:\w+>", "f" * 32, rule.rule)
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?\w+>", "999999", address)
