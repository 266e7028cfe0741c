"""How posts do: what worked, as tables and drawings, one takeover, and numbers written down by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Response, request, url_for

from branding.core import clock, policy
from branding.core.errors import RuleBroken
from branding.core.spreadsheet import write_csv, write_xlsx
from branding.core.text import Text, say
from branding.drafts.values.kinds import GUIDES
from branding.organisation import queries as organisation
from branding.publishing.forms.numbers import NumbersForm
from branding.publishing.queries import numbers as queries
from branding.publishing.queries.numbers import Numbers
from branding.publishing.queries.publications import publication_row
from branding.publishing.queries.standing import publication_view
from branding.publishing.service import measuring, working
from branding.publishing.values.calls import Metric
from branding.publishing.views.blueprint import bp
from branding.takeovers import queries as takeovers
from branding.web.guards import actor, requires
from branding.web.i18n import translate
from branding.web.pages import go, page
from branding.web.transaction import db

_YEAR = timedelta(days=365)
METRICS: dict[Metric, Text] = {
    Metric.VIEWS: say("Views"),
    Metric.REACH: say("Accounts reached"),
    Metric.LIKES: say("Likes"),
    Metric.COMMENTS: say("Comments"),
    Metric.SAVED: say("Saved"),
    Metric.SHARES: say("Shared"),
}
WAYS: dict[str, Text] = {
    "kind": say("Kind of post"),
    "unit": say("Unit"),
    "profession": say("Profession"),
    "takeover": say("Takeover"),
    "day": say("Day of the week"),
}


@bp.get("/numbers")
@requires(measuring.VIEW)
def numbers_page() -> Any:
    """What worked in the last year, by one thing at a time, counted by one number."""
    found = _found()
    by = request.args.get("by", "kind") if request.args.get("by") in WAYS else "kind"
    metric = _metric()
    chart = working.what_worked(db(), by, metric, found)
    profiles = {one.id: one for one in organisation.profiles(db())}
    since = clock.local(clock.now() - _YEAR).date()
    return page(
        "publishing/numbers.html",
        by=by,
        metric=metric,
        metrics=METRICS,
        ways=WAYS,
        chart=chart,
        posts=len(found),
        measured=sum(one.values.get(metric) is not None for one in found),
        profiles=profiles,
        followers=queries.followers(db(), profiles.keys(), since),
    )


@bp.get("/publishing/takeovers/<int:takeover_id>/numbers")
@requires(measuring.VIEW)
def takeover_numbers_page(takeover_id: int) -> Any:
    """Every post of one takeover with its numbers."""
    takeover = takeovers.takeover_view(db(), takeover_id)
    policy.check(actor(), measuring.VIEW, takeover.unit_id, thing="takeover", key=takeover_id)
    found = queries.numbers(db(), None, clock.at_local(takeover.starts_on) - _YEAR, takeover_id=takeover_id)
    return page(
        "publishing/numbers_takeover.html",
        takeover=takeover,
        unit=organisation.unit_by_id(db(), takeover.unit_id),
        found=found,
        metrics=METRICS,
        guides=GUIDES,
    )


@bp.route("/publishing/<id:publication_id>/numbers", methods=["GET", "POST"])
@requires(measuring.EDIT)
def write_numbers_page(publication_id: str) -> Any:
    """Written down by hand, where the channel tells Stafet nothing."""
    row, now = publication_row(db(), publication_id), clock.now()
    policy.check(actor(), measuring.EDIT, row.unit_id, thing="publication", key=publication_id)
    known = {metric.value: value for metric, value in queries.newest_of(db(), publication_id).items()}
    form = NumbersForm(data=known)
    if form.validate_on_submit():
        try:
            measuring.write_down(db(), actor(), publication_id, form.values(), now=now)
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("publishing.publication_page", publication_id=publication_id, notice=say("Saved."))
    one = publication_view(db(), row, now)
    return page("publishing/numbers_form.html", status=form.status, form=form, one=one, guides=GUIDES)


@bp.get("/numbers/csv")
@requires(measuring.VIEW)
def export_csv() -> Response:
    """Every post with its numbers; what is unknown is an empty cell."""
    return _file(write_csv(_rows(_found())), "text/csv", "csv")


@bp.get("/numbers/xlsx")
@requires(measuring.VIEW)
def export_xlsx() -> Response:
    """The same for Excel."""
    content = write_xlsx(_rows(_found()), translate(say("Numbers")))
    return _file(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")


def _file(content: bytes, mimetype: str, ending: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    name = f"tal-{clock.local(clock.now()):%Y-%m-%d}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found() -> list[Numbers]:
    units = None if policy.covers(actor(), measuring.VIEW, None) else actor().units
    return queries.numbers(db(), units, clock.now() - _YEAR)


def _metric() -> Metric:
    told = request.args.get("metric", "")
    return Metric(told) if told in {one.value for one in METRICS} else Metric.REACH


def _rows(found: Sequence[Numbers]) -> list[list[str]]:
    heads = [say("Day"), say("Time"), say("Unit"), say("Kind of post"), say("The post"), *METRICS.values()]
    units = {one.id: one.name for one in organisation.units(db(), archived=True)}
    rows = [[translate(head) for head in [*heads, say("Link")]]]
    for one in found:
        local = clock.local(one.published_at)
        numbers = [one.values.get(metric) for metric in METRICS]
        rows.append(
            [
                f"{local:%d-%m-%Y}",
                f"{local:%H:%M}",
                units.get(one.unit_id, ""),
                translate(GUIDES[one.kind].label),
                one.title,
                *("" if value is None else str(value) for value in numbers),
                url_for("publishing.publication_page", publication_id=one.publication_id, _external=True),
            ]
        )
    return rows
