"""The kinds of post that a host can make, each with its own help and questions to start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branding.consent.values.records import Format
from branding.core.text import Text, say

#: When people look, by custom: the morning's first break.
USUAL_HOUR = 10


class PostKind(StrEnum):
    """What a post is for; the first three are the rhythm of a takeover (domain.md)."""

    HERE_I_AM = "here_i_am"
    DAILY = "daily"
    GOODBYE = "goodbye"
    STORY = "story"
    CAROUSEL = "carousel"
    REEL = "reel"


@dataclass(frozen=True, slots=True)
class Guide:
    """What a host is told about a kind, and what the kind takes."""

    kind: PostKind
    label: Text
    help: Text
    #: To start from; nobody has to answer them.
    questions: tuple[Text, ...]
    format: Format
    #: The shape that pictures are first cropped to, width to height.
    ratio: str
    #: The fewest and the most pictures or films.
    pictures: tuple[int, int] = (1, 1)
    takes_photo: bool = True
    #: Instagram has no single film in the feed: that is a reel.
    takes_film: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a takeover and the post that fits it; weekends are free."""

    day: date
    kind: PostKind | None


_ALL = (
    Guide(
        PostKind.HERE_I_AM,
        say("Here I am"),
        say("Show yourself at work and say hello. People like to know whom they will follow."),
        (
            say("Who are you, and how long have you been here?"),
            say("What is your job, told to somebody who has never heard of it?"),
            say("Where do you work, and what is special about the place?"),
            say("What can people look forward to in your days?"),
        ),
        Format.FEED,
        "4:5",
    ),
    Guide(
        PostKind.DAILY,
        say("Post of the day"),
        say("One moment from your day. Hands, things and rooms tell as much as faces."),
        (
            say("What are you doing right now, and why does it matter?"),
            say("What are your colleagues up to?"),
            say("Which tool or room could you not do without?"),
            say("What is the best part of your job today?"),
            say("What do people believe about your profession that is not so?"),
        ),
        Format.FEED,
        "4:5",
    ),
    Guide(
        PostKind.GOODBYE,
        say("Goodbye and thanks"),
        say("Round off your days, and say thanks for the company."),
        (
            say("What do you take with you?"),
            say("What surprised you on the way?"),
            say("What would you say to somebody who thinks of working here?"),
        ),
        Format.FEED,
        "4:5",
    ),
    Guide(
        PostKind.STORY,
        say("Story"),
        say("A quick glimpse that is gone after a day. There is no text below, so let the picture tell."),
        (
            say("What can you see from where you stand?"),
            say("What are you on your way to?"),
            say("Which small thing made you smile today?"),
        ),
        Format.STORY,
        "9:16",
        takes_film=True,
    ),
    Guide(
        PostKind.CAROUSEL,
        say("Carousel"),
        say("Two to ten pictures or films to swipe through. The first one is what makes people stop."),
        (
            say("Which steps does the job have, from start to end?"),
            say("What did it look like before, and after?"),
            say("What is in your bag, on your desk or on your trolley?"),
        ),
        Format.CAROUSEL,
        "4:5",
        pictures=(2, 10),
        takes_film=True,
    ),
    Guide(
        PostKind.REEL,
        say("Reel"),
        say("A short film with the phone held upright. Half a minute is plenty."),
        (
            say("What is best shown while it moves?"),
            say("What can you show with your hands, in three steps?"),
            say("Who can be heard, and have they said yes to that?"),
        ),
        Format.REEL,
        "9:16",
        takes_photo=False,
        takes_film=True,
    ),
)
#: Every kind, in the order in which people choose.
GUIDES: Mapping[PostKind, Guide] = {guide.kind: guide for guide in _ALL}
