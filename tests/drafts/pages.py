"""A host's or a colleague's browser without JavaScript, at a post that is being made."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from tests.drafts import factories
from tests.media.factories import phone_jpeg
from tests.support import html
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


def host_in(session: Session, client: InspectingClient, now: datetime) -> factories.Stage:
    """The host's phone, on which the link was opened."""
    stage = factories.stage(session, now)
    session.commit()
    assert client.get(f"/host/{stage.token}").status_code == 303
    return stage


def with_picture(
    session: Session, client: InspectingClient, now: datetime
) -> tuple[factories.Stage, str, str]:
    """A post with a picture that was really taken in, and its id."""
    stage = host_in(session, client, now)
    post = new_post(client)
    return stage, post, items_of(upload(client, post, ("en.jpg", phone_jpeg((640, 800)))))[0]


def new_post(client: InspectingClient, kind: str = "") -> str:
    """Press New post; returns the post's address."""
    answer = client.post("/my-week/posts", data={"kind": kind} if kind else {})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.fullmatch(r"(/my-week/posts/[0-9a-f]{32})/pictures", answer.location)
    assert found, answer.location
    return found[1]


def upload(client: InspectingClient, post: str, *files: tuple[str, bytes], status: int = 303) -> html.Page:
    """Choose files in the plain form and send them."""
    sent = [(io.BytesIO(content), name) for name, content in files]
    answer = client.post(f"{post}/pictures", data={"files": sent}, content_type="multipart/form-data")
    page = html.Page(answer.get_data(as_text=True), f"{post}/pictures") if answer.status_code != 303 else None
    assert answer.status_code == status, page.text() if page else answer.location
    return page or client.page(f"{post}/pictures")


def items_of(page: html.Page) -> list[str]:
    """The ids of the pictures that a page shows, in their order."""
    ids = [str(element.get("id") or "") for element in page.all("*")]
    return [one.removeprefix("item-") for one in ids if one.startswith("item-")]


def hidden(page: html.Page, start: str = "") -> dict[str, str]:
    """Hidden fields as a browser sends them back."""
    return {
        str(one.get("name")): str(one.get("value") or "")
        for one in page.all("input")
        if one.get("type") == "hidden" and str(one.get("name")).startswith(start)
    }
