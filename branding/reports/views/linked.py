"""A report for somebody without sign-in: only by a link, and only what names nobody."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from branding.core import clock
from branding.reports.queries.archive import view_of
from branding.reports.service.archive import opened_by_link
from branding.reports.values.orders import MEDIA_TYPES, TITLES, Form
from branding.reports.views.blueprint import bp
from branding.reports.wording import period_text
from branding.reports.writing import file_name, inside
from branding.web.guards import public
from branding.web.i18n import translate
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import attachment, page
from branding.web.transaction import db


@bp.get("/r/<token>")
@public
@limiter.limit(SECRET_TRIES)
def linked_page(token: str) -> Any:
    row = opened_by_link(db(), token, now=clock.now())
    if row is None:
        return page("reports/link_closed.html", status=404)
    one = view_of(row)
    # Written by a template of ours with everything escaped, and kept as it was.
    text = Markup(inside(row.content or b"")) if one.form is Form.HTML else ""  # noqa: S704
    return page(
        "reports/linked.html",
        one=one,
        title=translate(TITLES[one.order.kind]),
        period=period_text(one.order.first, one.order.last),
        body=text,
        token=token,
    )


@bp.get("/r/<token>/file")
@public
@limiter.limit(SECRET_TRIES)
def linked_file(token: str) -> Any:
    row = opened_by_link(db(), token, now=clock.now())
    if row is None:
        return page("reports/link_closed.html", status=404)
    one = view_of(row)
    return attachment(row.content or b"", MEDIA_TYPES[one.form], file_name(one.order, one.form))
