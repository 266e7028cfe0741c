"""LinkedIn's "little text": reserved characters get a backslash, or the post is cut at the first one."""

from __future__ import annotations

import re

#: publishing-apis.md section 4.  The # of a real hashtag stays as it is.
_RESERVED = re.compile(r"[\\|{}@\[\]()<>*_~]|#(?!\w)|(?<=\w)#")
#: What LinkedIn shows at most.
LONGEST = 3000


def escaped(text: str) -> str:
    """As LinkedIn wants it; what people read is the text as it was."""
    return _RESERVED.sub(lambda found: "\\" + found[0], text)


def unescaped(text: str) -> str:
    """What people read, from what LinkedIn hands out; hashtags may come as templates."""
    plain = re.sub(r"\{hashtag\|\\?#\|([^}]*)\}", r"#\1", text)
    return re.sub(r"\\(.)", r"\1", plain, flags=re.DOTALL)
