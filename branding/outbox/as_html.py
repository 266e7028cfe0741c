"""A mail's text as HTML: paragraphs, lists and links, readable on a telephone and to a screen reader."""

from __future__ import annotations

import re
from html import escape

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
#: Mail programs know no style sheets; this is all the style there is, and dark mode is left to them.
_BODY = "font-family:'IBM Plex Sans',Arial,sans-serif;font-size:17px;line-height:1.5;margin:0;padding:24px"
_ITEM = re.compile(r"\s*[-•] +")


def as_html(subject: str, text: str, language: str) -> str:
    """The whole document; what people wrote is text in it, never code."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    body = "\n".join(_block(block.splitlines()) for block in blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(subject)}</title></head>\n"
        f'<body style="{_BODY}"><div style="max-width:38em">\n{body}\n</div></body></html>\n'
    )


def _block(lines: list[str]) -> str:
    """A paragraph, a list, or a paragraph with a list under it."""
    written, items = [], []
    for line in lines:
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line, count=1))
        elif items:
            items[-1] += f"\n{line.strip()}"  # an item that goes on
        else:
            written.append(line)
    said = f"<p>{_lines(written)}</p>" if written else ""
    if items:
        said += "<ul>" + "".join(f"<li>{_lines(item.splitlines())}</li>" for item in items) + "</ul>"
    return said


def _lines(lines: list[str]) -> str:
    return "<br>\n".join(map(_linked, lines))


def _linked(line: str) -> str:
    said, done = "", 0
    for found in _ADDRESS.finditer(line):
        address = escape(found.group())
        said += escape(line[done : found.start()]) + f'<a href="{address}">{address}</a>'
        done = found.end()
    return said + escape(line[done:])
