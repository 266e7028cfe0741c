"""What ambassadors share: making it, sending it, stopping it, and counting how often its links are opened."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from branding.audit.service import record
from branding.core import policy
from branding.core.actor import Actor
from branding.core.errors import Conflict, RuleBroken
from branding.core.ids import new_id
from branding.core.text import say
from branding.outbox.service import cancel, enqueue
from branding.outbox.values import Mail
from branding.plan.models import ShareClick, ShareKit, ShareLink
from branding.plan.queries import ambassadors as queries
from branding.plan.queries.activities import activity_row
from branding.plan.queries.channels import channels
from branding.plan.rules.addresses import check_address, is_person
from branding.plan.service.ambassadors import MANAGE, mail_key, off_token
from branding.plan.values import ChannelKind, KitRequest, KitView, ShareWay
from branding.publishing.queries.hand import Part
from branding.publishing.queries.publications import publication_row
from branding.publishing.queries.sharing import pictures_without_people
from branding.publishing.values.states import LIVE

#: How the caller turns a kit, a name, an address and the secret that leaves the list into a mail.
WriteKit = Callable[[KitView, str, str, str], Mail]
_SEE_POSTS = "publishing:publication:view"
#: 80 bits in an address that must be short on a poster.
_TOKEN_BYTES = 8


def make_kit(session: Session, actor: Actor, request: KitRequest, *, now: datetime) -> int:
    """Something to share, with a tracked link for each way; a live post is shared by its own address only."""
    row = ShareKit(token=new_id(), title="", address="", made_at=now)
    if request.publication_id is not None:
        post = publication_row(session, request.publication_id)
        policy.check(actor, _SEE_POSTS, post.unit_id, thing="publication", key=post.id)
        if not is_live(session, post.id):
            raise RuleBroken("not_live", say("Only a post that is out can be shared."))
        row.publication_id, row.unit_id = post.id, post.unit_id
        row.channel_id = _channel(session, ChannelKind.AMBASSADORS, ChannelKind(post.channel))
        request = replace(request, address=post.permalink)
    elif request.activity_id is not None:
        activity = activity_row(session, request.activity_id)
        row.activity_id, row.unit_id, row.channel_id = activity.id, activity.unit_id, activity.channel_id
    policy.check(actor, MANAGE, row.unit_id, thing="share_kit", key=row.unit_id)
    _write(row, request)
    session.add(row)
    session.flush()
    for way in ShareWay:
        session.add(ShareLink(kit_id=row.id or 0, way=way, token=secrets.token_hex(_TOKEN_BYTES)))
    session.flush()
    record(session, actor, "plan:kit:made", "share_kit", row.id, now=now)
    return row.id or 0


def change_kit(session: Session, actor: Actor, kit_id: int, request: KitRequest, *, now: datetime) -> None:
    """Other words, or another address: the links lead there from now on."""
    row = _managed(session, actor, kit_id)
    if row.version != request.version:
        text = say("Somebody else has changed “%(title)s” since you opened the page.", title=row.title)
        mine = [(say("Title"), request.title), (say("Text"), request.text), (say("Link"), request.address)]
        theirs = [(say("Title"), row.title), (say("Text"), row.text), (say("Link"), row.address)]
        raise Conflict("kit_changed", text, mine, theirs)
    _write(row, replace(request, address=row.address) if row.publication_id else request)
    row.version += 1
    session.flush()
    record(session, actor, "plan:kit:changed", "share_kit", kit_id, now=now)


def send_kit(session: Session, actor: Actor, kit_id: int, write: WriteKit, *, now: datetime) -> int:
    """A mail to each ambassador of its unit, or to all of them; nobody gets the same one twice."""
    row = _managed(session, actor, kit_id)
    if not is_open(session, queries.kit_by_id(session, kit_id)):
        raise RuleBroken("kit_stopped", say("Its links are stopped, so there is nothing to share."))
    people = queries.ambassadors(session, None if row.unit_id is None else (row.unit_id,))
    kit, sent = queries.kit_by_id(session, kit_id), 0
    for person in people:
        who = queries.ambassador_by_id(session, person.id)
        mail = write(kit, person.name, person.email, off_token(session, who))
        sent += enqueue(session, mail, dedupe_key=f"{mail_key(who)}kit:{kit_id}", due_at=now, now=now)
    if not people:
        raise RuleBroken("nobody", say("Nobody is on the list yet."))
    if sent:
        row.sent_at, row.sent_to = now, row.sent_to + sent
        record(session, actor, "plan:kit:sent", "share_kit", kit_id, changes={"to": (0, sent)}, now=now)
    return sent


def stop_kit(session: Session, actor: Actor, kit_id: int, *, now: datetime) -> None:
    """Its links lead nowhere any more, and mails that have not left do not leave."""
    row = _managed(session, actor, kit_id)
    if row.stopped_at is None:
        row.stopped_at, row.version = now, row.version + 1
        for person in queries.ambassadors(session, None):
            who = queries.ambassador_by_id(session, person.id)
            cancel(session, f"{mail_key(who)}kit:{kit_id}")
        record(session, actor, "plan:kit:stopped", "share_kit", kit_id, now=now)


def resume_kit(session: Session, actor: Actor, kit_id: int, *, now: datetime) -> None:
    """Undo ``stop_kit``; mails that were stopped stay so."""
    row = _managed(session, actor, kit_id)
    if row.stopped_at is not None:
        row.stopped_at, row.version = None, row.version + 1
        record(session, actor, "plan:kit:resumed", "share_kit", kit_id, now=now)


def is_open(session: Session, kit: KitView) -> bool:
    """Whether its links lead somewhere: they end with the live post that they lead to."""
    if kit.stopped_at is not None:
        return False
    return kit.publication_id is None or is_live(session, kit.publication_id)


def is_live(session: Session, publication_id: str) -> bool:
    """Whether people can see the post, at an address that is known."""
    post = publication_row(session, publication_id)
    return post.state in LIVE and post.permalink.startswith("https://") and post.removed_at is None


def pictures(session: Session, kit: KitView) -> tuple[Part, ...]:
    """Pictures that may be shared beside the link: of a live post, and only where nobody is in them."""
    if kit.publication_id is None or not is_open(session, kit):
        return ()
    return pictures_without_people(session, publication_row(session, kit.publication_id))


def is_counted(method: str, program: str, purpose: str) -> bool:
    """Whether somebody opened a link, and not a program that looks behind addresses."""
    return is_person(method, program, purpose)


def count_click(session: Session, link_id: int, day: date, clicks: int = 1) -> None:
    """One more on that day; nothing is kept of who it was."""
    same = (col(ShareClick.link_id) == link_id, col(ShareClick.clicked_on) == day)
    counted = session.execute(update(ShareClick).where(*same).values(clicks=ShareClick.clicks + clicks))
    if not counted.rowcount:  # type: ignore[attr-defined]
        session.add(ShareClick(link_id=link_id, clicked_on=day, clicks=clicks))
        session.flush()


def _write(row: ShareKit, request: KitRequest) -> None:
    title = " ".join(request.title.split())
    if not title:
        raise RuleBroken("no_title", say("Write a title."), "title")
    row.title, row.text = title, request.text.strip()
    row.address = check_address(request.address, "address")


def _managed(session: Session, actor: Actor, kit_id: int) -> ShareKit:
    row = queries.kit_row(session, kit_id)
    policy.check(actor, MANAGE, row.unit_id, thing="share_kit", key=kit_id)
    return row


def _channel(session: Session, *kinds: ChannelKind) -> int | None:
    """The first channel in use of these kinds, the first kind first."""
    found = channels(session)
    return next((one.id for kind in kinds for one in found if one.kind == kind), None)
