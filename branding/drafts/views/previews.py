"""A person in a post sees it before others do: beside somebody, or by a link of one's own."""

from __future__ import annotations

from typing import Any

from flask import url_for

from branding.consent.queries.subjects import labels_of
from branding.consent.views.requests import qr
from branding.consent.views.signing import in_danish
from branding.core import clock
from branding.core.errors import Missing, RuleBroken
from branding.drafts import letters
from branding.drafts.forms.previews import AnswerForm
from branding.drafts.queries.drafts import views_of
from branding.drafts.service import previews as service
from branding.drafts.service.access import draft_for
from branding.drafts.service.contacts import mail_of
from branding.drafts.service.previews import LINK_LASTS, SHOW
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import WITH_AUTHOR
from branding.drafts.values.previews import OpenedPreview, PreviewLife
from branding.drafts.views.blueprint import bp
from branding.drafts.views.film import film_bytes
from branding.drafts.views.making import cut_of, step, way
from branding.drafts.views.picture import picture_bytes
from branding.drafts.views.sending import profile_handle
from branding.media import queries as media
from branding.organisation import queries as organisation
from branding.outbox.service import enqueue
from branding.web.guards import actor, public
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import go, page
from branding.web.transaction import db


@step("/show/<id:subject_id>", "GET", "POST", action=SHOW)
@in_danish
def show_page(draft_id: str, subject_id: str) -> Any:
    """Beside the person: nothing but the post, and yes and no alike."""
    row = draft_for(db(), actor(), draft_id, SHOW)
    draft, form = views_of(db(), [row])[0], AnswerForm()
    service.check_in_post(db(), actor(), draft_id, subject_id, now=clock.now())
    if form.validate_on_submit() and form.is_answered:
        try:
            service.answer_in_person(
                db(), actor(), draft_id, subject_id, is_refused=form.is_no,
                version=form.version_number, write=letters.refused, now=clock.now(),
            )  # fmt: skip
        except RuleBroken as error:
            form.refuse(error)
        else:
            return page("drafts/preview_thanks.html", is_refused=form.is_no, back=_back(draft_id), token="")
    form.version.data = str(draft.version)
    return page(
        "drafts/preview.html",
        status=form.status,
        form=form,
        content=draft.content,
        items=media.item_views(db(), draft.content.item_ids),
        src=lambda item_id: way(draft_id, "picture", item_id=item_id, **cut_of(draft.content, item_id)),
        film=lambda item_id: way(draft_id, "film", item_id=item_id),
        handle=profile_handle(draft.profile_id),
        unit=organisation.unit_by_id(db(), draft.unit_id),
        life=PreviewLife.OPEN,
        back=_back(draft_id),
    )


@step("/show/<id:subject_id>/link", "POST", action=SHOW)
def make_preview_link(draft_id: str, subject_id: str) -> Any:
    """A link of the person's own: as a code, as words to send, and by mail where there is an address."""
    now = clock.now()
    token = service.make_link(db(), actor(), draft_id, subject_id, now=now)
    row, link = draft_for(db(), actor(), draft_id), letters.address_of(f"/preview/{token}")
    address = mail_of(db(), subject_id, now=now)
    if address:
        mail = letters.preview(db(), row.unit_id, address, token, now + LINK_LASTS)
        enqueue(db(), mail, dedupe_key=service.mail_key(token), due_at=now, now=now)
    is_host = actor().kind == "host"
    return page(
        "drafts/preview_link.html",
        frame="host_layout.html" if is_host else "layout.html",
        is_host=is_host,
        label=labels_of(db(), [subject_id]).get(subject_id, ""),
        unit=organisation.unit_by_id(db(), row.unit_id),
        link=link,
        code=qr(link),
        until=now + LINK_LASTS,
        is_mailed=bool(address),
        back=_back(draft_id),
        contact=organisation.find_organisation(db()),
    )


@bp.route("/preview/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def preview_link_page(token: str) -> Any:
    """A look uses nothing up.  A yes can become a no by the same link."""
    opened = service.open_link(db(), token, now=clock.now())
    if opened is None or opened.life is PreviewLife.CLOSED:
        return page("drafts/preview_closed.html", status=410 if opened else 404, is_known=opened is not None)
    form = AnswerForm()
    if form.validate_on_submit() and form.is_answered:
        try:
            service.answer_by_link(db(), token, is_refused=form.is_no, write=letters.refused, now=clock.now())
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("drafts.preview_link_page", token=token)
    if opened.life is PreviewLife.ANSWERED:
        return page(
            "drafts/preview_thanks.html", is_refused=opened.is_refused, form=form, token=token, back=""
        )
    return _opened(opened, token, form)


def _opened(opened: OpenedPreview, token: str, form: AnswerForm) -> Any:
    """The post as it was when the link was made; a changed one is not shown."""
    return page(
        "drafts/preview.html",
        status=form.status,
        form=form,
        content=opened.content,
        items=media.item_views(db(), opened.content.item_ids),
        src=lambda item_id: url_for(
            "drafts.preview_picture", token=token, item_id=item_id, **cut_of(opened.content, item_id)
        ),
        film=lambda item_id: url_for("drafts.preview_film", token=token, item_id=item_id),
        handle=profile_handle(opened.profile_id),
        unit=organisation.unit_by_id(db(), opened.unit_id),
        life=opened.life,
        back="",
    )


@bp.get("/preview/<token>/pictures/<id:item_id>")
@public
def preview_picture(token: str, item_id: str) -> Any:
    """A picture of exactly that version, while it would go out."""
    return picture_bytes(_still_open(token), item_id)


@bp.get("/preview/<token>/pictures/<id:item_id>/film")
@public
def preview_film(token: str, item_id: str) -> Any:
    return film_bytes(_still_open(token), item_id)


def _still_open(token: str) -> Content:
    """What the link shows; nothing any more once it is answered, changed or closed."""
    opened = service.open_link(db(), token, now=clock.now())
    if opened is None or opened.life is not PreviewLife.OPEN:
        raise Missing("preview")
    return opened.content


def _back(draft_id: str) -> str:
    """Where whoever showed it goes on."""
    if actor().kind == "user":
        return way(draft_id, "review_page")
    row = draft_for(db(), actor(), draft_id)
    return way(draft_id, "send" if row.state in WITH_AUTHOR else "sent_page")
