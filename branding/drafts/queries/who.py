"""What people are called who acted on a draft: users, hosts and reviewers by link."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from branding.accounts import queries as accounts
from branding.drafts.models import ReviewLink
from branding.takeovers import queries as takeovers


def names_of(session: Session, refs: Iterable[str]) -> dict[str, str]:
    """Names by ``user:3``, ``host:5`` or ``reviewer:2``; whoever is not known any more is left out."""
    by_kind = _by_kind(refs)
    users = accounts.people_names(session, by_kind["user"])
    found = {f"user:{key}": name for key, name in users.items()}
    found |= {f"host:{key}": name for key, name in takeovers.host_names(session, by_kind["host"]).items()}
    if by_kind["reviewer"]:
        links = select(ReviewLink.id, ReviewLink.name).where(col(ReviewLink.id).in_(by_kind["reviewer"]))
        found |= {f"reviewer:{key}": name for key, name in session.exec(links)}
    return found


def addresses_of(session: Session, refs: Iterable[str]) -> frozenset[str]:
    """The mail addresses of hosts and users, in small letters."""
    by_kind = _by_kind(refs)
    found = {takeovers.host_by_id(session, key).email for key in by_kind["host"]}
    found |= {accounts.person(session, key).email for key in by_kind["user"]}
    return frozenset(one.casefold() for one in found if one)


def _by_kind(refs: Iterable[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {"user": set(), "host": set(), "reviewer": set()}
    for ref in refs:
        kind, _, number = ref.partition(":")
        if kind in found and number.isdecimal():
            found[kind].add(int(number))
    return found
