"""A publication as its channel is given it; pictures are made when they are asked for."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from branding.consent.values.records import Channel, Format, MediaKind
from branding.drafts.queries.going_out import content_by_id
from branding.drafts.rules.formats import format_of
from branding.drafts.values.content import Content, Picture
from branding.media.queries import item_views
from branding.media.service import files
from branding.media.values.items import ItemView
from branding.media.values.pictures import Focus, Ratio
from branding.publishing.models import Publication
from branding.publishing.service import media_links
from branding.publishing.service.outlets import Outlets
from branding.publishing.values.posts import Outgoing, Post

#: As long as what lies ready at a channel may have to be fetched again.
_OPEN_FOR = timedelta(hours=1)


def post_of(session: Session, outlets: Outlets, row: Publication) -> Post:
    """Everything that goes out, as it stands now; the gate has said yes to exactly this version."""
    content = content_by_id(session, row.draft_id)
    items = item_views(session, content.item_ids)
    form = format_of(content, {key: item.kind for key, item in items.items()})
    channel = Channel(row.channel)
    is_story = form is Format.STORY
    return Post(
        row.id,
        channel,
        form,
        "" if is_story else content.text_for(channel),
        content.first_comment,
        content.collaborators,
        content.tags,
        content.place,
        tuple(
            _outgoing(outlets, row, items[one.item_id], one, shape_of(content, form))
            for one in content.pictures
        ),
        row.due_at,
    )


def form_of(session: Session, draft_id: str) -> Format:
    """What kind of post it is at the channel."""
    content = content_by_id(session, draft_id)
    items = item_views(session, content.item_ids)
    return format_of(content, {key: item.kind for key, item in items.items()})


def shape_of(content: Content, form: Format) -> Ratio:
    return Ratio.STORY if form is Format.STORY else content.ratio


def _outgoing(outlets: Outlets, row: Publication, item: ItemView, picture: Picture, ratio: Ratio) -> Outgoing:
    focus = picture.focus.get(ratio, Focus())
    publication_id, kind = row.id, item.kind

    def read() -> bytes:
        with outlets.database.reader() as session:
            return files.published(session, item.id, item.edition, ratio, focus)

    def film(start: int, end: int) -> bytes:
        with outlets.database.reader() as session:
            return files.film(session, item.id).read(start, end)

    def address() -> str:
        now = outlets.now()
        cut = None if kind is MediaKind.VIDEO else (ratio, focus)
        with outlets.database.transaction() as session:
            path = media_links.open_link(
                session, publication_id, item.id, item.edition, cut, until=now + _OPEN_FOR, now=now
            )
        return outlets.settings.base_url + path

    is_film = kind is MediaKind.VIDEO
    return Outgoing(item.id, kind, picture.alt, read, film, item.size if is_film else 0, address)
