"""Templates: all of them parse, all of them are used, and pages keep their shape."""

from __future__ import annotations

import re

from flask import Flask

from tests.house import sources
from tests.house.sources import PACKAGE, TEMPLATES


def test_every_template_compiles(app: Flask) -> None:
    for path in sources.templates():
        app.jinja_env.get_template(str(path.relative_to(TEMPLATES)))


def test_every_template_is_used() -> None:
    text = "".join(path.read_text("utf-8") for path in [*sources.modules(), *sources.templates()])
    for path in sources.templates():
        name = str(path.relative_to(TEMPLATES))
        is_built = re.search(
            r'"' + re.escape(str(path.parent.relative_to(TEMPLATES)) + "/") + r'("|\{)', text
        )
        assert f'"{name}"' in text or is_built, f"{name} is used nowhere"


def test_every_page_has_a_title() -> None:
    texts = {str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in sources.templates()}
    frames = {name for text in texts.values() for name in re.findall(r'{% extends "([^"]+)" %}', text)}
    for name, text in texts.items():
        if "{% extends" in text and name not in frames:
            assert "{% block title %}" in text, name


def test_only_shipped_style_sheets_and_scripts_are_named() -> None:
    for path in sources.templates():
        for name in re.findall(r"filename='((?:css|js|img)/[\w.-]+)'", path.read_text("utf-8")):
            assert (PACKAGE / "static" / name).exists(), f"{sources.name(path)} names {name}"
