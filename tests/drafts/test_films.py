"""Films are seen and heard before anybody agrees to them: by the author, the reviewer and who is in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from branding.drafts.service import previews, review_links
from branding.media.service import files
from tests.drafts import factories as f
from tests.drafts import pages
from tests.media.factories import film
from tests.support.client import InspectingClient

At = Callable[[str], datetime]


def test_a_film_plays_in_parts_for_those_who_see_the_post_and_nobody_else(
    session: Session, at: At, client: InspectingClient
) -> None:
    now = at("2026-11-02 09:00")
    on = pages.host_in(session, client, now)
    post = pages.new_post(client, "reel")
    (item,) = pages.items_of(pages.upload(client, post, ("min.mp4", film(size=(360, 640)))))
    draft_id = post.rsplit("/", 1)[1]
    whole = files.film(session, item).read()
    vega = f.citizen(session, on)
    f.people.name_person(session, on.host, on.place, item, vega, now=now)
    seen = previews.make_link(session, on.coordinator, draft_id, vega, now=now)
    review = review_links.ask(session, on.coordinator, draft_id, "Bo Prøve", "bo@example.dk", now=now)
    session.commit()
    addresses = [
        f"{post}/pictures/{item}/film",
        f"/preview/{seen}/pictures/{item}/film",
        f"/review/{review}/pictures/{item}/film",
    ]
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "video/mp4", whole)
        part = client.get(address, headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.data) == (206, whole[100:200])
        assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
        rest = client.get(address, headers={"Range": f"bytes={len(whole) - 5}-"})
        assert (rest.status_code, rest.data) == (206, whole[-5:])
    page = client.page(f"/preview/{seen}")
    assert page.all("video")[0].find("source").get("src") == addresses[1]  # type: ignore[union-attr]
    other = f.picture(session, on, now)
    previews.answer_by_link(session, seen, is_refused=False, now=now)
    session.commit()
    for address in (addresses[1], addresses[0].replace(item, other), "/review/x/pictures/" + item + "/film"):
        assert client.get(address).status_code == 404
