"""One search across everything that the reader may see."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request

from branding.audit.service import record_apart, subject_mark
from branding.core import clock, policy
from branding.home import queries
from branding.home.queries.search import PEOPLE
from branding.home.views.blueprint import bp
from branding.reports.values.orders import TITLES
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import page
from branding.web.stafet import stafet
from branding.web.transaction import afterwards, db


@bp.get("/search")
@requires("home:search:use")
def search_page() -> Any:
    titles = {kind.value: str(translate(title)) for kind, title in TITLES.items()}
    found = queries.found(db(), actor(), request.args.get("q", ""), now=clock.now(), report_titles=titles)
    if found.groups or not found.is_too_short:
        note_search(found.words)
    return page("home/search.html", found=found)


def note_search(words: str) -> None:
    """A search on the register is a use of people's data.

    The log holds who and when, and a keyed hash of the name sought.
    """
    if words and policy.may(actor(), PEOPLE):
        mark = subject_mark(db(), words.casefold())
        note = partial(record_apart, stafet().database, actor(), "consent:people:searched", "search", mark)
        afterwards(partial(note, clock.now()))
