"""Key figures: written down one by one or imported; the same table twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.text import Text, say
from branding.indicators.models import KeyFigure, KeySeries
from branding.indicators.queries.figures import key_figures, point_row, series_row
from branding.indicators.rules.cells import fold
from branding.indicators.rules.figures import LONGEST_NAME, read_figures
from branding.indicators.service.access import WRITE, check_version, ref_of
from branding.indicators.values.figures import PointRequest, PointView, SeriesView
from branding.indicators.values.numbers import number, stored
from branding.indicators.values.tables import FigureLine, FigurePreview, Mark
from branding.indicators.values.tree import LONGEST_NOTE, LONGEST_UNIT

_Rows = Sequence[Sequence[object]]


def preview_figures(session: Session, actor: Actor, rows: _Rows) -> FigurePreview:
    """Every row and what it would do.  Reads only."""
    policy.check(actor, WRITE)
    known = {fold(one.name): one for one in key_figures(session)}
    return FigurePreview(tuple(_judged(line, known) for line in read_figures(rows)))


def import_figures(session: Session, actor: Actor, rows: _Rows, *, now: datetime) -> FigurePreview:
    """Everything, or with a faulty row nothing; numbers that are not in the table stay."""
    found = preview_figures(session, actor, rows)
    if not found.is_faultless:
        raise RuleBroken("faulty", say("The table has rows that cannot be used."), "file")
    made, series = {Mark.NEW: 0, Mark.CHANGED: 0}, _series(session)
    for line in found.lines:
        if line.point is not None and line.mark in made:
            made[line.mark] += 1
            _save(session, actor, line.point, series, now, is_new=line.mark is Mark.NEW)
    session.flush()
    if any(made.values()):
        changes = {"new": (0, made[Mark.NEW]), "changed": (0, made[Mark.CHANGED])}
        record(session, actor, "indicators:figures:imported", "key_series", "all", changes=changes, now=now)
    return found


def write_figure(session: Session, actor: Actor, new: PointRequest, *, now: datetime) -> int:
    """A number for a period that has none; returns the series."""
    policy.check(actor, WRITE)
    _check(new)
    known = next((one for one in key_figures(session) if fold(one.name) == fold(new.series)), None)
    if known and any(point.span.code == new.span.code for point in known.points):
        text = say("There is a number for %(period)s already. Change that one.", period=new.span.name)
        raise RuleBroken("written", text, "period")
    row = _save(session, actor, new, _series(session), now, is_new=True)
    session.flush()
    changes = {"period": (None, row.period), "value": (None, row.value)}
    record(session, actor, "indicators:figure:written", "key_figure", row.id, changes=changes, now=now)
    return row.series_id


def change_figure(
    session: Session, actor: Actor, point_id: int, new: PointRequest, version: int, *, now: datetime
) -> None:
    """Value and note; another period is another number."""
    policy.check(actor, WRITE)
    _check(new)
    row = point_row(session, point_id)
    check_version(
        row.version, version, _told(number(new.value), new.note), _told(row.value.replace(".", ","), row.note)
    )
    changes = {"value": (row.value, stored(new.value))}
    row.value, row.note, row.version = stored(new.value), new.note, row.version + 1
    row.made_by, row.made_at = ref_of(actor), now
    record(session, actor, "indicators:figure:changed", "key_figure", point_id, changes=changes, now=now)


def remove_figure(session: Session, actor: Actor, point_id: int, version: int, *, now: datetime) -> None:
    """It was a mistake; a series without numbers goes too."""
    policy.check(actor, WRITE)
    row = point_row(session, point_id)
    if row.version != version:
        text = say("Somebody else has changed this since you opened the page.")
        mine: list[tuple[Text, object]] = [(say("Value"), say("removed"))]
        raise Conflict("map_changed", text, mine, _told(row.value.replace(".", ","), row.note))
    changes = {"period": (row.period, None), "value": (row.value, None)}
    record(session, actor, "indicators:figure:removed", "key_figure", point_id, changes=changes, now=now)
    series = series_row(session, row.series_id)
    session.delete(row)
    session.flush()
    if session.exec(select(KeyFigure.id).where(KeyFigure.series_id == series.id).limit(1)).first() is None:
        session.delete(series)
        session.flush()


def _judged(line: FigureLine, known: dict[str, SeriesView]) -> FigureLine:
    if line.point is None:
        return replace(line, mark=Mark.FAULTY)
    series = known.get(fold(line.point.series))
    if series is None:
        return line
    if fold(series.unit) != fold(line.point.unit):
        text = say("Stafet has this key figure in “%(unit)s”.", unit=series.unit)
        return replace(line, point=None, fault=text, mark=Mark.FAULTY)
    there: PointView | None = next((p for p in series.points if p.span.code == line.point.span.code), None)
    if there is None:
        return line
    is_same = (there.value, there.note) == (line.point.value, line.point.note)
    return replace(line, mark=Mark.SAME if is_same else Mark.CHANGED)


def _series(session: Session) -> dict[str, KeySeries]:
    return {fold(one.name): one for one in session.exec(select(KeySeries))}


def _save(
    session: Session,
    actor: Actor,
    new: PointRequest,
    known: dict[str, KeySeries],
    now: datetime,
    *,
    is_new: bool,
) -> KeyFigure:
    """A series that is not there yet is made, last in the list."""
    series = known.get(fold(new.series))
    if series is None:
        place = max((one.place for one in known.values()), default=0) + 1
        series = known[fold(new.series)] = KeySeries(name=new.series, unit=new.unit, place=place)
        session.add(series)
        session.flush()
    same = (KeyFigure.series_id == series.id, KeyFigure.period == new.span.code)
    row = None if is_new else session.exec(select(KeyFigure).where(*same)).first()
    if row is None:
        row = KeyFigure(
            series_id=series.id or 0, period=new.span.code, starts_on=new.span.first, value="", version=0,
            made_by="", made_at=now,
        )  # fmt: skip
    row.value, row.note, row.version = stored(new.value), new.note, row.version + 1
    row.made_by, row.made_at = ref_of(actor), now
    session.add(row)
    return row


def _check(new: PointRequest) -> None:
    if not 0 < len(new.series) <= LONGEST_NAME:
        text = say("Write a name of at most %(count)s characters.", count=LONGEST_NAME)
        raise RuleBroken("bad_name", text, "name")
    if len(new.unit) > LONGEST_UNIT:
        raise RuleBroken("long", say("Write at most %(count)s characters.", count=LONGEST_UNIT), "unit")
    if len(new.note) > LONGEST_NOTE:
        raise RuleBroken("long", say("Write at most %(count)s characters.", count=LONGEST_NOTE), "note")


def _told(value: str, note: str) -> list[tuple[Text, object]]:
    return [(say("Value"), value), (say("Note"), note)]
