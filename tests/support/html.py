"""A parsed page and the few questions tests ask of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib


@lru_cache(maxsize=8)
def _parsed(source: str) -> tuple[Element, list[Any]]:
    """The client inspects a page that the test then reads: parsed once, and never changed."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(source), parser.errors


class Page:
    def __init__(self, source: str, path: str = "") -> None:
        self.source, self.path = source, path
        self.root, self.errors = _parsed(source)

    def all(self, tag: str) -> list[Element]:
        """Every element with this tag (``*``: every element), in the page's order."""
        return [e for e in self.root.iter() if isinstance(e.tag, str) and tag in ("*", e.tag)]

    def text(self, tag: str = "main") -> str:
        """The words inside the first element with this tag, spaces made single."""
        found = self.all(tag)
        return text_of(found[0]) if found else ""

    def with_class(self, name: str) -> list[Element]:
        return [e for e in self.all("*") if name in (e.get("class") or "").split()]

    def links(self) -> dict[str, str]:
        """The words of each link -> where it goes."""
        return {text_of(link): link.get("href") or "" for link in self.all("a")}

    def fields(self, action: str = "") -> dict[str, Any]:
        """The values the first form inside the page would send; ``action`` is part of its address."""
        inside = self.all("main")[0] if self.all("main") else self.root
        for form in inside.iter("form"):
            if (form.get("method") or "").lower() == "post" and action in (form.get("action") or self.path):
                return _values(form)
        raise AssertionError(f"{self.path} has no form for {action!r}")


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _values(form: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for control in form.iter():
        name = control.get("name") if isinstance(control.tag, str) else None
        if not name:
            continue
        if control.tag == "textarea":
            values[name] = "".join(control.itertext())
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            if chosen:
                values[name] = chosen[0].get("value") or ""
        elif control.tag == "input" and control.get("type") in ("checkbox", "radio"):
            if control.get("checked") is not None:
                values[name] = control.get("value") or "y"
        elif control.tag == "input" and control.get("type") not in ("submit", "file"):
            values[name] = control.get("value") or ""
    return values
