"""The text for those who do not see the picture: required, and what makes it good.

At most 1,000 characters by Instagram's API (publishing-apis.md section 1.2); a screen reader reads it in
one go, so about 255 are enough.
"""

from __future__ import annotations

import re

from branding.core.errors import RuleBroken
from branding.core.text import Text, say

MOST = 1000
ADVISED = 255
_LEAST_WORDS = 3
_FILE_NAME = re.compile(
    r"^\S*(?:\.(?:jpe?g|png|heic|heif|webp|avif|gif|mp4|mov)|(?:img|dsc|pxl|mvimg)[_-]?\d+)$", re.I
)
_PICTURE_OF = re.compile(
    r"^(?:et |en |an? )?(?:billedet?|foto(?:et)?|fotografi|picture|image|photo)"
    r"\s+(?:af|med|viser|of|showing)\b",
    re.I,
)


def check(text: str, decorative_because: str = "") -> None:
    """Refuse an empty text without a reason, one that is too long, and the name of a file."""
    text = text.strip()
    if not text and not decorative_because.strip():
        message = say("Write what the picture shows, or why it needs no text.")
        raise RuleBroken("no_alt_text", message, "alt_text")
    if len(text) > MOST:
        raise RuleBroken("long_alt_text", say("Write at most %(num)s characters.", num=MOST), "alt_text")
    if _FILE_NAME.match(text):
        message = say("This is the name of a file. Write what the picture shows.")
        raise RuleBroken("file_name", message, "alt_text")


def advice(text: str) -> tuple[Text, ...]:
    """What would make the text better; it stops nobody."""
    text = text.strip()
    if not text:
        return ()
    found = []
    if _PICTURE_OF.match(text):
        found.append(say('Leave out "picture of": the screen reader says that it is a picture.'))
    if len(text) > ADVISED:
        found.append(
            say(
                "Make it shorter: about %(most)s characters are enough. It has %(num)s.",
                most=ADVISED,
                num=len(text),
            )
        )
    if len(text.split()) < _LEAST_WORDS:
        found.append(say("Say a little more: who does what, and where?"))
    if "#" in text:
        found.append(say("Leave hashtags to the caption."))
    return tuple(found)
