"""The buttons of a rule: on and off, back to the suggestion, away, and undo."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.core import clock
from branding.core.text import say, say_n
from branding.reminders.service import editing
from branding.reminders.views.blueprint import bp
from branding.web.guards import actor, requires
from branding.web.pages import go
from branding.web.transaction import db


def _undo(rule_id: int) -> str:
    return url_for("reminders.undo_rule", rule_id=rule_id)


@bp.post("/reminders/rules/<int:rule_id>/on")
@requires(editing.EDIT)
def switch_on(rule_id: int) -> Any:
    editing.switch_rule(db(), actor(), rule_id, is_on=True, now=clock.now())
    return go("reminders.rules_page", notice=say("The rule is in use again."), undo=_undo(rule_id))


@bp.post("/reminders/rules/<int:rule_id>/off")
@requires(editing.EDIT)
def switch_off(rule_id: int) -> Any:
    editing.switch_rule(db(), actor(), rule_id, is_on=False, now=clock.now())
    return go("reminders.rules_page", notice=say("The rule is turned off."), undo=_undo(rule_id))


@bp.post("/reminders/rules/<int:rule_id>/suggestion")
@requires(editing.EDIT)
def suggest_again(rule_id: int) -> Any:
    editing.suggest_again(db(), actor(), rule_id, now=clock.now())
    notice = say("The rule is as Stafet suggests it again.")
    return go("reminders.rules_page", notice=notice, undo=_undo(rule_id))


@bp.post("/reminders/rules/<int:rule_id>/remove")
@requires(editing.EDIT)
def remove_rule(rule_id: int) -> Any:
    editing.remove_rule(db(), actor(), rule_id, now=clock.now())
    return go("reminders.rules_page", notice=say("The rule is taken away."), undo=_undo(rule_id))


@bp.post("/reminders/rules/<int:rule_id>/undo")
@requires(editing.EDIT)
def undo_rule(rule_id: int) -> Any:
    editing.undo(db(), actor(), rule_id, now=clock.now())
    return go("reminders.rules_page", notice=say("The rule is as it was."))


@bp.post("/reminders/rules/seed")
@requires(editing.EDIT)
def seed() -> Any:
    """Before the worker has looked for the first time."""
    count = editing.seed(db(), actor(), now=clock.now())
    notice = say_n("%(num)s rule is in use from now on.", "%(num)s rules are in use from now on.", count)
    return go("reminders.rules_page", notice=notice)
