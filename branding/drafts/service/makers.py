"""Who made a post: nobody of them is its second person, by whichever door they come (consent.md R13)."""

from __future__ import annotations

from sqlmodel import Session

from branding.core.actor import Actor
from branding.drafts.models import Draft, ReviewLink
from branding.drafts.queries.who import addresses_of
from branding.drafts.service.access import ref_of


def makers_of(row: Draft) -> set[str]:
    """The author, and whoever stands by who is in it."""
    return {row.author, row.declared_by} - {""}


def is_maker(session: Session, actor: Actor, row: Draft) -> bool:
    """Whether it is one of them: by the reference, by the mail address, or by a link that one of them made.

    A host may have an account too, and whoever sends a post may have asked a reviewer before.
    """
    makers = makers_of(row)
    if ref_of(actor) in makers:
        return True
    if actor.kind == "reviewer":
        link = session.get(ReviewLink, actor.id or 0)
        return link is None or link.made_by in makers or _has_mail(session, actor, makers)
    others = {one for one in makers if not one.startswith("user:")}  # two accounts never share an address
    return bool(others) and _has_mail(session, actor, others)


def _has_mail(session: Session, actor: Actor, makers: set[str]) -> bool:
    mail = actor.email.strip().casefold()
    return bool(mail) and mail in addresses_of(session, makers)
