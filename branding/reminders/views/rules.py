"""The page of rules, and one rule with a preview of its letter."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from wtforms.fields.choices import SelectChoice

from branding.core import clock, policy
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.outbox.values import Via
from branding.reminders.forms.rules import QuietForm, RuleForm, TriggerForm
from branding.reminders.queries.rules import by_section, quiet_hours, rule_by_id, rules
from branding.reminders.service import editing
from branding.reminders.values.reminding import Rule, RuleRequest
from branding.reminders.values.triggers import MEANS, Trigger, placeholders_of
from branding.reminders.values.words import AT_ONCE, PLACEHOLDERS, SECTIONS, TRIGGERS, reach
from branding.reminders.views.blueprint import bp
from branding.reminders.views.shown import channels_there, choices_of, preview, sentence
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db

VIEW, EDIT = "reminders:rule:view", "reminders:rule:edit"


@bp.get("/reminders")
@requires(VIEW)
def rules_page() -> Any:
    """Each rule as a sentence, where it belongs."""
    found = rules(db())
    form, quiet = TriggerForm(), quiet_hours(db())
    form.trigger.choices = [SelectChoice(one.value, str(translate(TRIGGERS[one]))) for one in Trigger]
    return page(
        "reminders/rules.html",
        sections=by_section(found),
        names=SECTIONS,
        triggers=TRIGGERS,
        sentence=sentence,
        is_empty=not found,
        form=form,
        quiet=quiet,
        at_once=AT_ONCE,
        missing=[via for via in (Via.TEAMS, Via.SMS) if via not in channels_there()],
    )


@bp.route("/reminders/rules/<int:rule_id>", methods=["GET", "POST"])
@requires(VIEW)
def rule_page(rule_id: int) -> Any:
    """Change one rule; those who may not see what it says."""
    rule = rule_by_id(db(), rule_id)
    if rule.is_removed:
        raise Missing("reminder_rule", rule_id)
    form = _form(rule.asked)
    if request.method == "GET":
        form.show(rule.asked, rule.version)
    return _rule_page(form, rule.asked.trigger, rule)


@bp.get("/reminders/rules/new")
@requires(EDIT)
def new_rule() -> Any:
    """From the list of what a rule can be about."""
    trigger = _trigger(request.args.get("trigger", ""))
    return go("reminders.new_rule_page", trigger=trigger.value)


@bp.route("/reminders/rules/new/<string:trigger>", methods=["GET", "POST"])
@requires(EDIT)
def new_rule_page(trigger: str) -> Any:
    """A rule of one's own; it begins as the first one about the same thing."""
    about = _trigger(trigger)
    like = next((one.asked for one in rules(db()) if one.asked.trigger is about), None)
    if like is None:
        raise Missing("reminder_trigger", trigger)
    form = _form(like)
    if request.method == "GET":
        form.show(like, 0)
    return _rule_page(form, about, None)


def _rule_page(form: RuleForm, trigger: Trigger, rule: Rule | None) -> Any:
    """Look, preview or save."""
    shown = None
    if form.validate_on_submit():
        asked = form.to_values(trigger)
        try:
            if "preview" in request.form:
                editing.check(db(), actor(), asked)
                shown = preview(asked)
            else:
                return _save(asked, form.version_number, rule)
        except RuleBroken as error:
            form.refuse(error)
    elif rule is not None and request.method == "GET":
        shown = preview(rule.asked)
    return page(
        "reminders/rule.html",
        form=form,
        rule=rule,
        status=form.status,
        title=TRIGGERS[trigger],
        means=MEANS[trigger],
        reach=reach(*MEANS[trigger].days),
        placeholders=[(name, PLACEHOLDERS[name]) for name in placeholders_of(trigger)],
        preview=shown,
        may_edit=policy.may(actor(), EDIT),
        sentence=sentence,
    )


def _save(asked: RuleRequest, version: int, rule: Rule | None) -> Any:
    if rule is None:
        rule_id = editing.add_rule(db(), actor(), asked, now=clock.now())
        undo = url_for("reminders.remove_rule", rule_id=rule_id)
        return go("reminders.rules_page", notice=say("The rule is in use from now on."), undo=undo)
    editing.change_rule(db(), actor(), rule.id, asked, version, now=clock.now())
    undo = url_for("reminders.undo_rule", rule_id=rule.id)
    return go("reminders.rules_page", notice=say("The rule is changed."), undo=undo)


def _form(asked: RuleRequest) -> RuleForm:
    form = RuleForm()
    form.counted.choices, form.audiences.choices, form.channels.choices = choices_of(asked)
    return form


def _trigger(value: str) -> Trigger:
    if value not in set(Trigger):
        raise Missing("reminder_trigger", value)
    return Trigger(value)


@bp.route("/reminders/quiet-hours", methods=["GET", "POST"])
@requires(EDIT)
def quiet_page() -> Any:
    """When nobody is told anything."""
    quiet = quiet_hours(db())
    form = QuietForm(data={"begins": quiet.begins, "ends": quiet.ends})
    if form.validate_on_submit():
        try:
            editing.set_quiet_hours(db(), actor(), form.to_values(), now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("reminders.rules_page", notice=say("Saved."))
    return page("reminders/quiet.html", form=form, status=form.status)
