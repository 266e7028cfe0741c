"""The archive: what was ordered, how far it has come, and links to it for people without sign-in."""

from __future__ import annotations

from typing import Any

from flask import jsonify, session, url_for

from branding.core import clock, policy
from branding.core.errors import Missing, RuleBroken
from branding.core.text import say
from branding.reports.queries import archive as queries
from branding.reports.service import archive as service
from branding.reports.values.orders import MEDIA_TYPES, TITLES
from branding.reports.values.schedules import FileView, Stage
from branding.reports.views.blueprint import bp
from branding.reports.views.reading import VIEW
from branding.reports.wording import period_text
from branding.reports.writing import file_name
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import attachment, go, page
from branding.web.safe_address import page_number
from branding.web.stafet import stafet
from branding.web.transaction import db


@bp.get("/reports/archive")
@requires(VIEW)
def archive_page() -> Any:
    number = page_number()
    units = None if policy.covers(actor(), VIEW, None) else actor().units
    found, more = queries.files(db(), units, actor().id, number)
    periods = {one.id: period_text(one.order.first, one.order.last) for one in found}
    return page("reports/archive.html", files=found, more=more, number=number, titles=TITLES, periods=periods)


@bp.get("/reports/archive/<int:file_id>")
@requires(VIEW)
def file_page(file_id: int) -> Any:
    one = _file(file_id)
    links = queries.links_of(db(), file_id)
    now = clock.now()
    return page(
        "reports/file.html",
        one=one,
        title=translate(TITLES[one.order.kind]),
        period=period_text(one.order.first, one.order.last),
        open_links=sum(link.revoked_at is None and link.expires_at > now for link in links),
        new_link=session.pop(f"report-link-{file_id}", None),
    )


@bp.get("/reports/archive/<int:file_id>/progress")
@requires(VIEW)
def file_progress(file_id: int) -> Any:
    """What the page asks for while it waits."""
    text = translate(say("It takes a few seconds. The page shows it by itself."))
    return jsonify(text=str(text), is_under_way=_file(file_id).is_under_way)


@bp.get("/reports/archive/<int:file_id>/file")
@requires(VIEW)
def report_file(file_id: int) -> Any:
    row = service.file_for(db(), actor(), file_id)
    if row.stage != Stage.DONE:
        raise Missing("report_file", file_id)
    one = queries.view_of(row)
    return attachment(row.content or b"", MEDIA_TYPES[one.form], file_name(one.order, one.form))


@bp.post("/reports/archive/<int:file_id>/retry")
@requires(VIEW)
def retry(file_id: int) -> Any:
    try:
        service.try_again(db(), actor(), file_id, now=clock.now())
    except RuleBroken as error:
        return go("reports.file_page", file_id=file_id, notice=error.text, kind="error")
    return go("reports.file_page", file_id=file_id)


@bp.post("/reports/archive/<int:file_id>/links")
@requires(service.LINK)
def make_link(file_id: int) -> Any:
    """The secret is shown once, on the next page."""
    try:
        token = service.make_link(db(), actor(), file_id, now=clock.now())
    except RuleBroken as error:
        return go("reports.file_page", file_id=file_id, notice=error.text, kind="error")
    address = stafet().settings.base_url + url_for("reports.linked_page", token=token)
    session[f"report-link-{file_id}"] = address
    return go("reports.file_page", file_id=file_id, notice=say("The link is made. Copy it now."))


@bp.post("/reports/archive/<int:file_id>/links/revoke")
@requires(service.LINK)
def revoke_links(file_id: int) -> Any:
    service.revoke_links(db(), actor(), file_id, now=clock.now())
    return go("reports.file_page", file_id=file_id, notice=say("The links are closed."))


def _file(file_id: int) -> FileView:
    row = service.file_for(db(), actor(), file_id)
    names = queries.names_of(db(), [row])
    return queries.view_of(row, names.get(row.ordered_by, ""))
