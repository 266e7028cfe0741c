"""Putting the map in order: by buttons, and by dragging."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.service import indicators as indicator_service
from branding.indicators.service import nodes as service
from branding.indicators.service.access import EDIT
from branding.indicators.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go
from branding.web.transaction import db


@bp.post("/strategy/nodes/<int:node_id>/up")
@requires(EDIT)
def node_up(node_id: int) -> Any:
    service.step_node(db(), actor(), node_id, up=True, now=clock.now())
    undo = url_for("indicators.node_down", node_id=node_id)
    return go("indicators.node_page", node_id=node_id, notice=say("Moved up."), undo=undo)


@bp.post("/strategy/nodes/<int:node_id>/down")
@requires(EDIT)
def node_down(node_id: int) -> Any:
    service.step_node(db(), actor(), node_id, up=False, now=clock.now())
    undo = url_for("indicators.node_up", node_id=node_id)
    return go("indicators.node_page", node_id=node_id, notice=say("Moved down."), undo=undo)


@bp.post("/strategy/nodes/<int:node_id>/place")
@requires(EDIT)
def place_node(node_id: int) -> Any:
    """Where it was dropped: ``before`` another one with the same parent, or last."""
    before = request.args.get("before", type=int) or request.form.get("before", type=int)
    was_before = service.follower_of(db(), node_id)
    undo = url_for("indicators.place_node", node_id=node_id, before=was_before)
    try:
        service.place_node(db(), actor(), node_id, before, now=clock.now())
    except RuleBroken as error:
        return go("indicators.map_page", notice=error.text, kind="error")
    return go("indicators.map_page", notice=say("The map has a new order."), undo=undo)


@bp.post("/strategy/indicators/<int:indicator_id>/up")
@requires(EDIT)
def indicator_up(indicator_id: int) -> Any:
    indicator_service.step_indicator(db(), actor(), indicator_id, up=True, now=clock.now())
    undo = url_for("indicators.indicator_down", indicator_id=indicator_id)
    return go("indicators.indicator_page", indicator_id=indicator_id, notice=say("Moved up."), undo=undo)


@bp.post("/strategy/indicators/<int:indicator_id>/down")
@requires(EDIT)
def indicator_down(indicator_id: int) -> Any:
    indicator_service.step_indicator(db(), actor(), indicator_id, up=False, now=clock.now())
    undo = url_for("indicators.indicator_up", indicator_id=indicator_id)
    return go("indicators.indicator_page", indicator_id=indicator_id, notice=say("Moved down."), undo=undo)
