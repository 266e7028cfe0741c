"""A test client that looks at every page it fetches."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import html
from tests.support.databases import IS_POSTGRES


class InspectingClient(FlaskClient):
    """Fails when a page is not valid HTML, lacks a heading or label, or carries inline code."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # Pages are the same on PostgreSQL, and have been looked at on SQLite.
        response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and response.status_code not in (301, 302, 303)
        if not IS_POSTGRES and is_page and not response.request.path.startswith("/static/"):
            inspect(response.get_data(as_text=True), response.request.path)
        return response

    def page(self, address: str, status: int = 200) -> html.Page:
        """Fetch a page, follow redirects, and hand it over parsed."""
        response = self.get(address, follow_redirects=True)
        assert response.status_code == status, f"{address} answered {response.status_code}"
        return html.Page(response.get_data(as_text=True), urlsplit(response.request.url).path)

    def send(self, address: str, data: dict[str, Any] | None = None, status: int = 200) -> html.Page:
        """Post a form, follow redirects, and hand the next page over parsed."""
        response = self.post(address, data=data or {}, follow_redirects=True)
        assert response.status_code == status, f"{address} answered {response.status_code}"
        return html.Page(response.get_data(as_text=True), urlsplit(response.request.url).path)


#: What differs from one sign-in to the next, and no rule looks at.
_TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]*')
#: The newest pages without a fault: many addresses answer with the same one, word for word.
_faultless: dict[str, None] = {}
_MOST_KEPT = 50


def inspect(text: str, path: str) -> None:
    """Every rule of the house that a single page can break."""
    same = _TOKEN.sub("", text)
    if same not in _faultless:
        _inspect(html.Page(text, path), path)
        _faultless[same] = None
        if len(_faultless) > _MOST_KEPT:
            del _faultless[next(iter(_faultless))]


def _inspect(page: html.Page, path: str) -> None:
    assert not page.errors, f"{path} is not valid HTML: {page.errors[:3]}"
    assert page.root.get("lang") in ("da", "en"), f"{path} does not say its language"
    headings = page.all("h1")
    assert len(headings) == 1, f"{path} has {len(headings)} h1"
    title, heading = page.text("title"), html.text_of(headings[0])
    assert heading and heading in title, f"{path}: title {title!r} does not hold the heading {heading!r}"
    ids = [element.get("id") for element in page.all("*") if element.get("id")]
    assert len(ids) == len(set(ids)), f"{path} repeats the ids {sorted({i for i in ids if ids.count(i) > 1})}"
    for script in page.all("script"):
        assert script.get("src"), f"{path} has an inline script"
    for element in page.all("*"):
        bad = [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert not bad, f"{path}: <{element.tag}> has {bad}"
        for name in ("src", "href", "action"):
            address = element.get(name) or ""
            assert not address.startswith(("http://", "https://", "//")) or element.tag == "a", (
                f"{path} loads {address}"
            )
    for image in page.all("img"):
        assert image.get("alt") is not None, f"{path} has an image without alt text"
    _labels(page, path)


def _labels(page: html.Page, path: str) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    for control in [*page.all("input"), *page.all("select"), *page.all("textarea")]:
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        named = control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
        assert named or id(control) in inside, f"{path}: {control.tag} {control.get('name')} has no label"
    for form in page.all("form"):
        if (form.get("method") or "get").lower() == "post":
            continue
        assert not any(field.get("name") == "csrf_token" for field in form.iter("input")), (
            f"{path} puts the CSRF token into an address"
        )
