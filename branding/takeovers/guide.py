"""The rules that a host accepts line by line.  The wording has a version: accepted is what was read."""

from __future__ import annotations

from dataclasses import dataclass

from branding.core.text import Text, say


@dataclass(frozen=True, slots=True)
class RuleLine:
    key: str
    version: int
    text: Text
    #: Why, in a sentence.
    reason: Text


RULES = (
    RuleLine(
        "nobody-without-consent",
        1,
        say("Nobody who can be recognised is shown without having said yes."),
        say("A back, a tattoo, a voice or a name tag can be enough to recognise somebody."),
    ),
    RuleLine(
        "colleagues",
        1,
        say("I ask my colleagues first, say clearly that it goes on Instagram, and get a clear yes."),
        say("A no needs no reason, and a yes can always be taken back."),
    ),
    RuleLine(
        "citizens",
        1,
        say("I never show a citizen unless my coordinator has told me that the written consent is in place."),
        say("A spoken yes from a citizen is not enough, and some may not be shown at all."),
    ),
    RuleLine(
        "confidential",
        1,
        say("I look through the picture for screens, papers, medicine and name boards before I send it."),
        say("Small things in the background can tell a stranger something private."),
    ),
    RuleLine(
        "own-words",
        1,
        say("I write as myself about my work, kindly, and leave politics and private matters out."),
        say("You speak for your workplace this week, in your own words."),
    ),
    RuleLine(
        "call",
        1,
        say("If something goes wrong, I call at once."),
        say("A post can come down in minutes when we know about it."),
    ),
)
