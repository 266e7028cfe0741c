"""What the log calls things that were done to a person's data, in words."""

from __future__ import annotations

from collections.abc import Mapping

from branding.core.text import Text, say

DEEDS: Mapping[str, Text] = {
    "consent:subject:added": say("Put on the register"),
    "consent:subject:changed": say("Details were changed"),
    "consent:subject:read": say("The person's page was opened"),
    "consent:people:searched": say("People were searched by name"),
    "consent:subject:exported": say("Everything was handed out"),
    "consent:subject:erased": say("The person was erased"),
    "consent:consent:recorded": say("A yes was written down"),
    "consent:consent:refused": say("A no was written down"),
    "consent:consent:verified": say("The proof was checked"),
    "consent:consent:invalidated": say("An answer was found not to count"),
    "consent:consent:withdrawn": say("A consent was taken back"),
    "consent:evidence:read": say("The proof was opened"),
    "consent:evidence:purged": say("The proof was removed, its time was up"),
    "consent:right:asked": say("A wish about the data was written down"),
    "consent:right:answered": say("A wish about the data was answered"),
    "consent:right:reopened": say("A wish about the data was opened again"),
    "consent:request:asked": say("The person was asked"),
}
