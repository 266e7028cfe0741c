"""Reads of the content plan; what other rooms need they import from here."""

from branding.plan.queries.activities import (
    activities_between,
    activities_named,
    activity_by_id,
    done_between,
    has_activities,
    initiative_refs,
)
from branding.plan.queries.ambassadors import click_counts
from branding.plan.queries.channels import channels
from branding.plan.queries.formats import formats, gaps, slots_between

__all__ = [
    "activities_between",
    "activities_named",
    "activity_by_id",
    "channels",
    "click_counts",
    "done_between",
    "formats",
    "gaps",
    "has_activities",
    "initiative_refs",
    "slots_between",
]
