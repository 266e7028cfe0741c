"""Rules and reminders as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session
from wtforms.fields.choices import SelectChoice

from branding.core import clock
from branding.core.text import Text
from branding.organisation import queries as organisation
from branding.outbox.values import Via
from branding.reminders import examples, letters
from branding.reminders.queries.rules import sentence_of
from branding.reminders.values.letters import Letter, LetterLine
from branding.reminders.values.reminding import Reminder, RuleRequest
from branding.reminders.values.triggers import MEANS, Trigger, Writer
from branding.reminders.values.words import AUDIENCES, CHANNELS, COUNTED, TRIGGERS
from branding.web.filters import listed
from branding.web.i18n import translate
from branding.web.stafet import stafet
from branding.web.transaction import db


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would be, with an example; ``is_of_room``: another room writes the rest."""

    subject: str
    text: str
    is_of_room: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """A line of what will be sent: when, what, to whom, why."""

    at: datetime
    subject: str
    to: str
    via: Text
    why: str
    trigger: Text
    path: str
    count: int = 1

    @property
    def clock(self) -> str:
        """``07.30``"""
        return f"{clock.local(self.at):%H.%M}"


def sentence(asked: RuleRequest) -> str:
    """``4 uger før første dag kl. 8.00 · koordinatoren · mail``"""
    who = listed(translate(AUDIENCES[one]) for one in asked.audiences)
    how = listed(translate(CHANNELS[one]) for one in asked.channels)
    return " · ".join((str(translate(sentence_of(asked))), who, how))


def channels_there() -> set[Via]:
    """Those that somebody has set up."""
    settings = stafet().settings
    found = {Via.MAIL}
    if settings.teams_webhook:
        found.add(Via.TEAMS)
    if settings.sms_url:
        found.add(Via.SMS)
    return found


def choices_of(asked: RuleRequest) -> tuple[list[SelectChoice], ...]:
    """What a rule about this can choose from: how it is counted, who is told, and how."""
    means, there = MEANS[asked.trigger], channels_there()
    counted = [SelectChoice(one.value, str(translate(COUNTED[one]))) for one in means.counted]
    audiences = [SelectChoice(one.value, str(translate(AUDIENCES[one]))) for one in means.audiences]
    is_of_room = means.writer is not Writer.US or asked.trigger is Trigger.WEEK
    vias = [Via.MAIL] if is_of_room else [one for one in Via if one in there or one in asked.channels]
    return counted, audiences, [SelectChoice(one.value, str(translate(CHANNELS[one]))) for one in vias]


def preview(asked: RuleRequest) -> Preview:
    """The letter with a made-up unit and week."""
    line, name = examples.example_of(asked, clock.today()), _organisation()
    if MEANS[asked.trigger].writer is not Writer.US:
        return Preview("", letters.above(name, line.first), is_of_room=True)
    if asked.trigger is Trigger.WEEK:
        return Preview(letters.subject_of(line, examples.READER, name), letters.above(name, line.first))
    mail = letters.bundle(db(), name, Letter(examples.READER, (line,)))
    return Preview(mail.subject, mail.text)


def coming(session: Session, reminders: Iterable[LetterLine]) -> list[Coming]:
    """Lines of the page that looks ahead; people are named there as roles with their names."""
    name, units = _organisation(), {one.id: one for one in organisation.units(session, archived=True)}
    lines = []
    for line in reminders:
        one = line.first
        unit = units.get(one.occasion.unit_id or 0)
        lines.append(
            Coming(
                one.at,
                letters.subject_of(line, one.to, name),
                one.to.name or str(translate(CHANNELS[Via.TEAMS])),
                CHANNELS[one.via],
                _why(one, unit.name if unit else ""),
                TRIGGERS[one.rule.asked.trigger],
                one.occasion.path,
                line.count,
            )
        )
    return lines


def _why(one: Reminder, unit: str) -> str:
    """``4 uger før første dag kl. 8.00 · Høskoven``"""
    said = str(translate(sentence_of(one.rule.asked)))
    return f"{said} · {unit}" if unit else said


def _organisation() -> str:
    found = organisation.find_organisation(db())
    return found.name if found else ""
