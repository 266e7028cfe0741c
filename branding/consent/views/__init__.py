"""Pages of consent, by subject."""

from branding.consent.views import (
    evidence,
    form_versions,
    links,
    oral,
    oversight,
    people_pages,
    policies,
    proof,
    requests,
    rights,
    scans,
    shoots,
    signing,
    subjects,
    verifying,
    withdrawing,
)
from branding.consent.views.blueprint import bp

__all__ = [
    "bp",
    "evidence",
    "form_versions",
    "links",
    "oral",
    "oversight",
    "people_pages",
    "policies",
    "proof",
    "requests",
    "rights",
    "scans",
    "shoots",
    "signing",
    "subjects",
    "verifying",
    "withdrawing",
]
