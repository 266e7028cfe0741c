"""Languages: Danish by default, English complete.

Msgids are English.  The Danish catalogue is one ``.po`` file per feature in
``branding/locale/da``; they are read once, when the program starts.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, session
from flask_babel import Babel, Domain, get_locale, gettext, ngettext

from branding.core.files import PACKAGE
from branding.core.text import Text

LOCALES = ("da", "en")
DEFAULT_LOCALE = "da"
_FOLDER = PACKAGE / "locale"


@cache
def catalogue(locale: str) -> NullTranslations:
    """Every message of every feature in one language; English is the msgids themselves."""
    files = sorted((_FOLDER / locale).glob("*.po"))
    if not files:
        return NullTranslations()
    whole = Catalog(locale=locale)
    for path in files:
        with path.open("rb") as file:
            for message in read_po(file, locale=locale, abort_invalid=True):
                if message.id and message.string:
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled, "messages")


class _Shipped(Domain):
    def get_translations(self) -> NullTranslations:
        return catalogue(language())


def language() -> str:
    """The language of this request, or of the mail that is being written (``in_language``)."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LOCALE


def choose_locale() -> str:
    if not has_request_context():
        return DEFAULT_LOCALE
    # Danish unless the person chose otherwise: a browser set to English says little in a Danish office.
    chosen = session.get("language")
    return chosen if chosen in LOCALES else DEFAULT_LOCALE


def translate(text: Any) -> Any:
    """A :class:`Text` becomes a sentence, dates in it included; anything else stays what it is."""
    if not isinstance(text, Text):
        return text
    values = {name: _value(value) for name, value in text.params.items()}
    if text.plural is not None:
        said = ngettext(text.msgid, text.plural, values.pop("num"), **values)
    else:
        said = gettext(text.msgid, **values)
    # A day such as "tirs. 24. nov." has the full stop that ends the sentence.
    for name, value in text.params.items():
        if _is_day(value) and values[name].endswith("."):
            said = said.replace(f"{values[name]}.", values[name])
    return said


def _value(value: Any) -> Any:
    """What a page or a sentence shows: texts in the reader's language, days as people say them."""
    return short_day(value) if _is_day(value) else translate(value)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def short_day(value: date) -> str:
    """``man. 17. okt.``"""
    is_danish = language() == "da"
    return format_date(
        value, "EEE d. MMM" if is_danish else "EEE d MMM", locale="da" if is_danish else "en_GB"
    )


def install(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LOCALE
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Copenhagen"
    babel = Babel(app, locale_selector=choose_locale)
    # A public cached property; the option default_domain takes only names of .mo files.
    babel.domain_instance = _Shipped()
    app.jinja_env.finalize = _value
    app.jinja_env.globals["language"] = language
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
