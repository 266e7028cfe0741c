"""One box of the map: its why and its how, and making and changing it."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from wtforms.fields.choices import SelectChoice

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.indicators.forms.tree import NodeForm, number_of
from branding.indicators.queries import pages
from branding.indicators.queries.tree import node_by_id
from branding.indicators.service import nodes as service
from branding.indicators.service.access import EDIT, VIEW
from branding.indicators.values.tree import KIND_LABELS, PARENTS, STATUS_LABELS, NodeFacts, NodeKind, ref_of
from branding.indicators.views.blueprint import bp
from branding.indicators.views.strategy import asked_day
from branding.indicators.views.tying import around
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db


@bp.get("/strategy/nodes/<int:node_id>")
@requires(VIEW)
def node_page(node_id: int) -> Any:
    """Upwards the why, downwards the how."""
    shown = pages.node_page(db(), node_id, asked_day())
    is_initiative = shown.node.facts.kind is NodeKind.INITIATIVE
    return page(
        "indicators/node.html",
        shown=shown,
        node=shown.node,
        kinds=KIND_LABELS,
        statuses=STATUS_LABELS,
        below=[kind for kind, parents in PARENTS.items() if shown.node.facts.kind in parents],
        tied=around(ref_of(node_id)) if is_initiative else (),
    )


@bp.route("/strategy/nodes/new", methods=["GET", "POST"])
@requires(EDIT)
def new_node_page() -> Any:
    """``?kind=goal&under=3``"""
    asked = request.args.get("kind", "")
    if asked not in set(NodeKind):
        abort(404)
    kind = NodeKind(asked)
    parents = pages.possible_parents(db(), kind, clock.today())
    form = _form(kind, parents)
    if request.method == "GET":
        form.parent_id.data = request.args.get("under", 0, int) or form.parent_id.choices[0].value
    elif form.validate_on_submit():
        try:
            node_id = service.add_node(
                db(), actor(), kind, form.parent_id.data or None, form.to_values(), now=clock.now()
            )
        except RuleBroken as error:
            form.refuse(error)
        else:
            undo = url_for("indicators.put_node_away", node_id=node_id)
            return go("indicators.node_page", node_id=node_id, notice=say("Added to the map."), undo=undo)
    lacks = not parents and None not in PARENTS[kind]
    return page(
        "indicators/node_form.html", form=form, kind=kind, kinds=KIND_LABELS, node=None, lacks=lacks,
        back=_back(form), status=form.status,
    )  # fmt: skip


@bp.route("/strategy/nodes/<int:node_id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_node_page(node_id: int) -> Any:
    """Words, status and place."""
    node = node_by_id(db(), node_id)
    parents = pages.possible_parents(db(), node.kind, clock.today())
    form = _form(node.kind, parents, node)
    if form.validate_on_submit():
        now = clock.now()
        try:
            service.change_node(db(), actor(), node_id, form.to_values(), number_of(form.version), now=now)
            service.move_node(db(), actor(), node_id, form.parent_id.data or None, now=now)
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("indicators.node_page", node_id=node_id, notice=say("Saved."))
    return page(
        "indicators/node_form.html", form=form, kind=node.kind, kinds=KIND_LABELS, node=node, lacks=False,
        back=url_for("indicators.node_page", node_id=node_id), status=form.status,
    )  # fmt: skip


@bp.post("/strategy/nodes/<int:node_id>/put-away")
@requires(EDIT)
def put_node_away(node_id: int) -> Any:
    """With everything below it; one tap brings it back."""
    node = node_by_id(db(), node_id)
    try:
        service.put_node_away(db(), actor(), node_id, now=clock.now())
    except RuleBroken as error:
        return go("indicators.node_page", node_id=node_id, notice=error.text, kind="error")
    undo = url_for("indicators.bring_node_back", node_id=node_id)
    return go("indicators.map_page", notice=say("“%(name)s” is put away.", name=node.text), undo=undo)


@bp.post("/strategy/nodes/<int:node_id>/bring-back")
@requires(EDIT)
def bring_node_back(node_id: int) -> Any:
    node = node_by_id(db(), node_id)
    service.bring_node_back(db(), actor(), node_id, now=clock.now())
    undo = url_for("indicators.put_node_away", node_id=node_id)
    return go("indicators.map_page", notice=say("“%(name)s” is in the map again.", name=node.text), undo=undo)


def _form(kind: NodeKind, parents: tuple[NodeFacts, ...], node: NodeFacts | None = None) -> NodeForm:
    data: dict[str, Any] = {}
    if node is not None:
        data = {"text": node.text, "parent_id": node.parent_id or 0, "state": node.status.value,
                "responsible": node.responsible, "note": node.note, "version": node.version}  # fmt: skip
    form = NodeForm(data=data)
    nobody = [SelectChoice(0, str(translate(say("stands at the top"))))] if None in PARENTS[kind] else []
    form.parent_id.choices = [*(SelectChoice(one.id, one.text) for one in parents), *nobody]
    if not form.parent_id.choices:
        form.parent_id.choices = [SelectChoice(0, "–")]
    return form


def _back(form: NodeForm) -> str:
    under = request.args.get("under", 0, int)
    return url_for("indicators.node_page", node_id=under) if under else url_for("indicators.map_page")
