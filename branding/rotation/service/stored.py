"""How the questions to the planner lie in the database, and how they come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from branding.core.isoweek import Week
from branding.rotation.values.planning import CopyRequest, FillRequest, ReplanRequest


def fill_as_json(request: FillRequest) -> dict[str, Any]:
    return {
        "first": str(request.first),
        "last": str(request.last),
        "length": request.length,
        "gap": request.gap,
        "shares": {str(unit_id): share for unit_id, share in request.shares.items()},
    }


def fill_from(stored: Mapping[str, Any]) -> FillRequest:
    return FillRequest(
        Week.parse(stored["first"]),
        Week.parse(stored["last"]),
        stored["length"],
        stored["gap"],
        {int(unit_id): share for unit_id, share in stored["shares"].items()},
    )


def replan_as_json(request: ReplanRequest) -> dict[str, Any]:
    last = str(request.last) if request.last else None
    return {"first": str(request.first), "last": last, "unit_id": request.unit_id}


def replan_from(stored: Mapping[str, Any]) -> ReplanRequest:
    last = Week.parse(stored["last"]) if stored["last"] else None
    return ReplanRequest(Week.parse(stored["first"]), last, stored["unit_id"])


def copy_as_json(request: CopyRequest) -> dict[str, Any]:
    return {
        "source_year": request.source_year,
        "target_year": request.target_year,
        "target_plan_id": request.target_plan_id,
        "name": request.name,
    }


def copy_from(stored: Mapping[str, Any]) -> CopyRequest:
    return CopyRequest(stored["source_year"], stored["target_year"], stored["target_plan_id"], stored["name"])
