"""Reminders in words.  The rules' own words are Danish, as people wrote them; no citizen is named."""

from __future__ import annotations

from functools import partial

from flask_babel import force_locale
from sqlmodel import Session

from branding.core import clock
from branding.drafts.letters import called
from branding.organisation import queries as organisation
from branding.outbox.values import Attachment, Mail, Via
from branding.reminders.rules.texts import filled
from branding.reminders.service.of_rooms import RoomLetters
from branding.reminders.service.reminding import Letters
from branding.reminders.signed_links import token_of
from branding.reminders.values.letters import Letter, LetterLine, Passed, WeekLetter
from branding.reminders.values.reminding import Person, Reminder
from branding.reminders.values.triggers import Trigger
from branding.reminders.values.words import TRIGGERS
from branding.takeovers import letters as takeovers
from branding.takeovers.calendar_file import calendar_file
from branding.takeovers.queries.feeds import host_entry
from branding.takeovers.values import CalendarEvent
from branding.web.filters import day, period, week
from branding.web.i18n import translate
from branding.web.mailing import render_mail
from branding.web.stafet import stafet

#: The rules' language.
_LANGUAGE = "da"


def writers(session: Session) -> Letters:
    """Everything that the service needs to turn what is due into messages."""
    found = organisation.find_organisation(session)
    name = found.name if found else ""
    return Letters(
        partial(bundle, session, name),
        partial(teams, name),
        partial(sms, name),
        partial(monday, name),
        RoomLetters(
            partial(takeovers.leader, session, "leader_asked"),
            partial(takeovers.thanks, session),
            partial(above, name),
        ),
    )


def bundle(session: Session, name: str, letter: Letter) -> Mail:
    """One mail with one or several things to remember."""
    lines = [_line(name, letter.to, line, letter.token) for line in letter.lines]
    subject, text = render_mail(
        "reminders/mail/reminder.txt", _LANGUAGE, name=called(letter.to.name), lines=lines, organisation=name
    )
    return Mail(letter.to.email, subject, text, _files(session, letter), _LANGUAGE)


def teams(name: str, line: LetterLine) -> Mail:
    """Everybody in the channel reads it: no greeting, no personal link."""
    shown = _line(name, Person("teams"), line, "")
    return Mail("", shown["subject"], shown["text"], (), _LANGUAGE)


def sms(name: str, letter: Letter) -> Mail:
    """The subject and the link: the rest is behind it."""
    shown = _line(name, letter.to, letter.lines[0], letter.token)
    return Mail(letter.to.phone, shown["subject"], f"{shown['subject']}: {shown['link']}", (), _LANGUAGE)


def monday(name: str, letter: WeekLetter) -> Mail:
    """This week and the next, and what waits."""
    words = words_of(letter.line, letter.to, "", name)
    with force_locale(letter.to.language):
        coming = [(one.first.at, subject_of(one, letter.to, name)) for one in letter.coming]
    subject, text = render_mail(
        "reminders/mail/week.txt",
        letter.to.language,
        subject=filled(letter.line.first.rule.asked.subject, words),
        opening=filled(letter.line.first.rule.asked.text, words),
        name=called(letter.to.name),
        letter=letter,
        waiting=[_line(name, letter.to, one, "") for one in letter.waiting],
        coming=coming,
        base=stafet().settings.base_url,
        organisation=name,
    )
    return Mail(letter.to.email, subject, text, (), letter.to.language)


def passed(request: Passed) -> Mail:
    """Communications hears that somebody said "not me"."""
    subject, text = render_mail(
        "reminders/mail/passed.txt",
        request.to.language,
        name=called(request.to.name),
        request=request,
        link=f"{stafet().settings.base_url}{request.path}",
    )
    return Mail(request.to.email, subject, text, (), request.to.language)


def above(name: str, one: Reminder) -> str:
    """What we put above a letter that another room writes."""
    return filled(one.rule.asked.text, words_of(LetterLine(one), one.to, "", name)).strip()


def subject_of(line: LetterLine, to: Person, organisation_name: str) -> str:
    """What it is about in one line; a letter that another room writes has no subject of ours."""
    asked = line.first.rule.asked
    said = filled(asked.subject, words_of(line, to, "", organisation_name)).strip()
    return said or str(translate(TRIGGERS[asked.trigger]))


def words_of(line: LetterLine, to: Person, link: str, organisation_name: str) -> dict[str, str]:
    """What the names in braces become, in Danish as the rules are."""
    one, occasion = line.first, line.first.occasion
    first, last = occasion.days or (occasion.day, occasion.day)
    told_at = line.told_at or one.at
    at = occasion.at or told_at
    with force_locale(_LANGUAGE):
        return {
            "name": called(to.name),
            "organisation": organisation_name,
            "link": link,
            "week": week(first),
            "period": period(first, last),
            "day": day(occasion.day),
            "time": f"kl. {clock.local(at):%H.%M}",
            "days": str(abs((occasion.day - clock.local(told_at).date()).days)),
            "hours": str(round(abs((at - told_at).total_seconds()) / 3600)),
            "count": str(line.count),
            **occasion.words,
        }


def _line(name: str, to: Person, line: LetterLine, token: str) -> dict[str, str]:
    """One thing with its link; where the text says no link, it stands below."""
    asked, base = line.first.rule.asked, stafet().settings.base_url
    link = f"{base}/host/{token}" if token else f"{base}{line.first.occasion.path}"
    words = words_of(line, to, link, name)
    text = filled(asked.text, words).strip()
    is_personal = line.sent_id and line.first.via is Via.MAIL and to.ref != "teams"
    later = f"{base}/reminders/answer/{token_of(stafet().settings.secret_key, line.sent_id, to.ref)}"
    return {
        "subject": filled(asked.subject, words).strip(),
        "text": text if "{link}" in asked.text or not line.first.occasion.path else f"{text}\n\n{link}",
        "link": link,
        "later": later if is_personal else "",
    }


def _files(session: Session, letter: Letter) -> tuple[Attachment, ...]:
    """The days for the host's own calendar, with the first post."""
    kind, _, number = letter.to.ref.partition(":")
    wanted = any(line.first.rule.asked.trigger is Trigger.FIRST_POST for line in letter.lines)
    if kind != "host" or not wanted:
        return ()
    entry = host_entry(session, int(number))
    event = CalendarEvent(
        entry.uid,
        entry.sequence,
        entry.changed_at,
        entry.starts_on,
        entry.ends_on,
        entry.status,
        f"{entry.unit}: @{entry.handle}",
        "",
    )
    return (Attachment("takeover.ics", "text/calendar", calendar_file("Takeover", [event])),)
