"""Mails as templates: the first line is ``Subject: …``, the rest is the text."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import force_locale


def render_mail(template: str, locale: str, **context: Any) -> tuple[str, str]:
    """Subject and text in the reader's language, whoever is looking at the page that sends it."""
    with force_locale(locale):
        whole = render_template(template, **context)
    first, _, text = whole.strip().partition("\n")
    return first.removeprefix("Subject:").strip(), text.strip() + "\n"
