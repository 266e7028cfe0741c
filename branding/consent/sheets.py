"""Paper: the forms to sign by hand, a shoot's code to hang up, and the QR codes on both and on screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import segno

from branding.consent.queries.wording import danish_day
from branding.consent.texts import FormText
from branding.consent.values.records import SignerRole
from branding.core import clock, files
from branding.core.pdf import pdf

_SYMBOL = re.compile(r'<symbol id="(?P<id>[a-z-]+)"(?P<rest>[^>]*)>(?P<body>.*?)</symbol>', re.DOTALL)
#: Above the line that is signed, on a paper in Danish.
_SIGNERS = {
    SignerRole.SELF: "Underskrift (tegn, eller skriv dit navn)",
    SignerRole.GUARDIAN: "Værgens underskrift",
    SignerRole.CUSTODY: "Forældremyndighedsindehaverens underskrift",
    SignerRole.ASSENT: "Navn på den, der var med, da der blev spurgt",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One signer's words, blanks filled in; without a role only to read."""

    text: FormText
    role: SignerRole | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of one request: a form for each signer, all with the same code."""

    code: str
    about: str
    forms: tuple[Form, ...]


def paper_forms(sheets: Sequence[Sheet]) -> bytes:
    """A tagged PDF with every form on pages of its own."""
    pages = [_page(sheet, form) for sheet in sheets for form in sheet.forms]
    icons = {section["icon"] for one in pages for section in one["sections"]}
    pictures = {f"{name}.svg": icon_svg(name) for name in sorted(icons)}
    data = {"title": sheets[0].forms[0].text.title, "pages": pages}
    return pdf("consent/paper.typ", data, pictures=pictures, at=clock.now())


def _page(sheet: Sheet, form: Form) -> dict[str, Any]:
    return {
        "title": form.text.title,
        "code": f"{sheet.code[:3]}-{sheet.code[3:]}",
        "about": sheet.about,
        "sections": [
            {"heading": one.heading, "icon": one.icon or "info", "lines": list(one.lines)}
            for one in form.text.sections
        ],
        "choices": [] if form.role in (SignerRole.ASSENT, None) else list(form.text.choices.values()),
        "declaration": list(form.text.declaration),
        "signer": _SIGNERS[form.role] if form.role else "",
        "has-witness": form.role is SignerRole.SELF,
        "is-assent": form.role is SignerRole.ASSENT,
    }


def shoot_sheet(title: str, unit: str, place: str, held_on: date, address: str) -> bytes:
    """One A4 with the code, in large letters."""
    when = " · ".join(filter(None, (danish_day(held_on), place)))
    data = {"title": title, "unit": unit, "when": when, "address": address}
    code = segno.make_qr(address, error="m")
    drawn = BytesIO()
    code.save(drawn, kind="svg", dark="#000", light="#fff", border=2, scale=8, xmldecl=False)
    return pdf("consent/shoot_sheet.typ", data, pictures={"code.svg": drawn.getvalue()}, at=clock.now())


def qr_svg(address: str, *, title: str) -> str:
    """For inside a page: black on white in dark mode too, since cameras need it; scales with its box."""
    code = segno.make_qr(address, error="m")
    return str(
        code.svg_inline(title=title, dark="#000", light="#fff", border=4, omitsize=True, svgclass=None)
    )


@cache
def icon_svg(name: str) -> bytes:
    """A drawing of the icon set as a file of its own."""
    whole = (files.PACKAGE / "static" / "img" / "icons.svg").read_text("utf-8")
    for found in _SYMBOL.finditer(whole):
        if found["id"] == name:
            rest = found["rest"].replace("currentColor", "#0F4C5C")
            body = found["body"].replace("currentColor", "#0F4C5C")
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg"{rest} width="24" height="24">{body}</svg>'.encode()
            )
    raise LookupError(name)
