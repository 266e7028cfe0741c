"""A paper form that came back: what was ticked is written down, and the pages are kept as they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from branding.consent.queries import requests as queries
from branding.consent.service.requests import open_request
from branding.consent.service.signing import finish, missing
from branding.consent.sniffing import accept
from branding.consent.values.records import SignerRole
from branding.consent.values.requests import Ended, Given, Kept, PaperAnswer, RequestView
from branding.core import clock
from branding.core.actor import Actor
from branding.core.errors import RuleBroken
from branding.core.text import say

#: Photographs of one form, front and back, for each signer.
MOST_PAGES = 8


def record_paper(
    session: Session, actor: Actor, request_id: str, paper: PaperAnswer, *, now: datetime
) -> Ended:
    """The answer of a paper form, with its pages as evidence; it counts when somebody else has looked."""
    request = open_request(session, actor, request_id, now=now)
    signed_at = _signed_at(request, paper, now)
    if not 1 <= len(paper.pages) <= MOST_PAGES:
        raise RuleBroken("pages", say("Add between 1 and %(most)s pages.", most=MOST_PAGES), "pages")
    pages = []
    for content in paper.pages:
        taken = accept(content)
        pages.append((taken.content, taken.mime, content))
    kept = [Kept(one, signed_at, _form_id(session, request, one)) for one in paper.given]
    if not paper.is_refusal:
        _check(session, request, kept, now)
    return finish(session, actor, request, kept, is_refusal=paper.is_refusal, pages=pages, now=now)


def _signed_at(request: RequestView, paper: PaperAnswer, now: datetime) -> datetime:
    """The end of the day on the paper, so that the time to think it over is never cut short."""
    if paper.signed_on > clock.local(now).date():
        raise RuleBroken("future", say("Nobody can have answered in the future."), "signed_on")
    if paper.signed_on < clock.local(request.asked.at).date():
        raise RuleBroken("too_early", say("That is before the person was asked."), "signed_on")
    return min(clock.at_local(paper.signed_on + timedelta(days=1)) - timedelta(seconds=1), now)


def _form_id(session: Session, request: RequestView, given: Given) -> str:
    part = next((one for one in request.parts if one.key == given.part), None)
    if part is None or part.audience is None:
        return ""
    return queries.shown_form(session, request, part)[0].id


def _check(session: Session, request: RequestView, kept: list[Kept], now: datetime) -> None:
    parts = {one.key: one for one in queries.parts_of(session, request.subject_id, now, kept)}
    if missing(tuple(parts.values()), kept):
        raise RuleBroken("missing_signer", say("Everybody who must sign has to be on the paper."))
    for one in kept:
        answers = parts[one.given.part].role not in (SignerRole.WITNESS, SignerRole.ASSENT)
        if answers and set(one.given.choices) != set(request.offered.choices):
            raise RuleBroken("no_choice", say("Choose yes or no in every line."))
