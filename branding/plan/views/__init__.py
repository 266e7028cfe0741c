"""The pages of plan, by subject."""

from branding.plan.views import (
    activities,
    ambassadors,
    channels,
    formats,
    joining,
    kits,
    plan,
    settling,
    sharing,
    shown,
    tables,
    years,
)
from branding.plan.views.blueprint import bp

__all__ = [
    "activities",
    "ambassadors",
    "bp",
    "channels",
    "formats",
    "joining",
    "kits",
    "plan",
    "settling",
    "sharing",
    "shown",
    "tables",
    "years",
]
