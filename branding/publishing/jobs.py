"""The jobs of publishing."""

from __future__ import annotations

from branding.core import clock
from branding.core.jobs import Job
from branding.publishing import letters
from branding.publishing.queries.hand import waiting_packages
from branding.publishing.service import (
    attesting,
    commenting,
    deleting,
    following,
    forgetting,
    hand,
    incidents,
    live,
    measuring,
    media_links,
    planning,
    reconciling,
    refusals,
    running,
    scanning,
    sweeping,
    telling,
    tokens,
    watching,
)
from branding.publishing.service.outlets import Outlets


def publish(job: Job) -> None:
    """Put approved posts in the plan, and send out what is due, until nothing is."""
    with job.database.reader() as session:
        is_needed = planning.anything_to_plan(session, now=clock.now())
    if is_needed:
        with job.database.transaction() as session:
            planning.plan_approved(session, now=clock.now())
    running.publish_due(_outlets(job))


def follow(job: Job) -> None:
    """Find out what is unclear, and finish what is left to do for live posts."""
    reconciling.reconcile_due(_outlets(job))
    following.follow_due(_outlets(job))


def sweep(job: Job) -> None:
    """Take out of the plan what may not go out any more."""
    sweeping.sweep_planned(job.database, now=job.now)


def sweep_live(job: Job) -> None:
    """What must come down, or be looked at again, becomes a duty with a deadline."""
    live.sweep_live(job.database, now=job.now)
    attesting.end_attested(job.database, now=job.now)
    incidents.remind(job.database, now=job.now)


def take_down(job: Job) -> None:
    """Delete by the channels' interfaces what must come down."""
    deleting.take_down_due(_outlets(job))


def scan(job: Job) -> None:
    """Look through the profiles for posts that nobody registered."""
    scanning.scan(_outlets(job))


def measure(job: Job) -> None:
    """Read the numbers of posts whose time for it has come."""
    measuring.measure(_outlets(job))


def count_followers(job: Job) -> None:
    """How many follow each profile today."""
    measuring.count_followers(_outlets(job))


def read_comments(job: Job) -> None:
    """Read comments on running takeovers' posts, and hide those that name citizens."""
    commenting.read(_outlets(job))


def daily_look(job: Job) -> None:
    """Colleagues who left, proof that cannot be purged, and words about sharing that grow old."""
    live.tell_of_colleagues(job.database, now=job.now)
    refusals.tell_of_refusals(job.database, now=job.now)
    attesting.remind(job.database, now=job.now)


def refresh_tokens(job: Job) -> None:
    """Renew the channels' tokens, and say which of them end soon."""
    tokens.refresh_tokens(job.database, job.settings, now=job.now)


def try_connections(job: Job) -> None:
    """On Fridays: try the connection of every profile that is taken over next week."""
    tokens.try_next_week(job.database, job.settings, now=job.now)


def drop_links(job: Job) -> None:
    """Forget addresses that nobody can open any more, thrown-away posts that never went out, old comments."""
    with job.database.transaction() as session:
        media_links.purge_links(session, now=job.now)
        forgetting.forget_cleared(session, now=job.now)
        forgetting.forget_comments(session, now=job.now)


def tell(job: Job) -> None:
    """What happens to posts becomes mails."""
    with job.database.reader() as session:
        if not telling.anything_to_tell(session, now=job.now):
            return
    with job.database.transaction() as session:
        telling.tell(session, letters.alert, now=job.now)


def chase(job: Job) -> None:
    """Whoever posts by hand is asked each hour until it is done."""
    with job.database.reader() as session:
        if not waiting_packages(session):
            return
    with job.database.transaction() as session:
        hand.chase(session, now=job.now)


def watch(job: Job) -> None:
    """What is due and goes nowhere is said."""
    watching.watch(job.database, now=job.now)


def _outlets(job: Job) -> Outlets:
    return Outlets(job.database, job.settings, clock.now)
