"""Posts in the plan, by hand, unclear, live and coming down, made behind a running demo's back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from branding.core import clock
from branding.publishing.models import FoundPost, HandPackage, Publication
from branding.publishing.service import incidents, taking_down
from branding.publishing.service.planning import plan_approved
from branding.publishing.service.settling import note_published
from branding.publishing.values.calls import Placed
from branding.publishing.values.down import FoundState
from branding.publishing.values.states import State
from tests.browser.made_posts import Maker
from tests.browser.stored import stored
from tests.support.running import Running

#: A word that is too long for a narrow screen.
_LONG = "Fire_meget_lange_ord_uden_mellemrum_" * 4
#: How far a package is, by its link's secret.
PACKAGES = ("shut", "open", "over", "done", "stopped")
_HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Going:
    """Ids of publications unless another thing is named."""

    untimed_draft: str
    planned: str
    unclear: str
    missed: str
    live: str
    found: int
    takedown: str
    done_takedown: str
    incident: str

    @property
    def of_staff(self) -> tuple[str, ...]:
        return (
            "/publishing",
            f"/publishing/posts/{self.untimed_draft}/time",
            *(f"/publishing/{one}" for one in (self.planned, self.unclear, self.missed, self.live)),
            *(f"/publishing/{self.planned}/{page}" for page in ("move", "now")),
            *(f"/publishing/{self.live}/{page}" for page in ("down", "recognised", "something-wrong")),
            *(f"/publishing/{self.live}/{page}" for page in ("comments", "numbers")),
            "/publishing/takedowns",
            f"/publishing/takedowns/{self.takedown}",
            f"/publishing/takedowns/{self.done_takedown}",
            "/publishing/incidents",
            f"/publishing/incidents/{self.incident}",
            f"/publishing/found/{self.found}",
        )

    @property
    def by_secret(self) -> dict[str, int]:
        """What each answers."""
        return {f"/hand/{secret(one)}": 410 if one == "stopped" else 200 for one in PACKAGES}


def secret(life: str) -> str:
    return f"{life}-{'x' * 40}"


def fill(site: Running) -> Going:
    with stored(site) as session:
        maker = Maker(session)
        now, session_of = maker.now, maker.session
        first = clock.at_local(maker.coming.starts_on + timedelta(days=2), 9)

        def planned(number: int) -> tuple[Publication, Publication]:
            """On Instagram and on Facebook."""
            draft_id = maker.approved(
                maker.coming, f"{number}. {_LONG}", first + number * timedelta(hours=2), is_on_facebook=True
            )
            plan_approved(session_of, now=now)
            of_draft = select(Publication).where(Publication.draft_id == draft_id)
            facebook, instagram = session_of.exec(of_draft.order_by(col(Publication.channel)))
            return instagram, facebook

        unclear, by_hand = planned(1)
        missed, live = planned(2)
        ahead, wrong = planned(3)
        unclear.state, missed.state, by_hand.state = State.NEEDS_REVIEW, State.MISSED, State.HANDED
        for one in (unclear, missed):  # the takeover may come in three weeks: further than the page looks
            one.due_at = one.next_attempt_at = now - _HALF_AN_HOUR
        for one in (live, wrong):
            one.state = State.HANDED
            note_published(session, one, Placed("", f"https://www.facebook.com/x/posts/{one.id}"), now=now)
        session.add_all(package(by_hand.id, life, now) for life in PACKAGES)
        session.add(_found(live.profile_id, now))
        case = incidents.report(session, maker.karen, wrong.id, f"Et navn kan læses. {_LONG}", now=now)
        takedown = taking_down.want_down(session, maker.karen, live.id, now=now)
        gone = taking_down.want_down(session, maker.karen, wrong.id, now=now)
        taking_down.say_gone(session, maker.karen, gone, now=now)
        session.flush()
        found = session.exec(select(FoundPost.id)).first()
        return Going(
            untimed_draft=maker.approved(maker.live, f"Uden tid. {_LONG}"),
            planned=ahead.id,
            unclear=unclear.id,
            missed=missed.id,
            live=live.id,
            found=found or 0,
            takedown=takedown,
            done_takedown=gone,
            incident=case,
        )


def package(publication_id: str, life: str, now: datetime) -> HandPackage:
    made = HandPackage(
        publication_id=publication_id,
        holder="user:1",
        token_hash=hashlib.sha256(secret(life).encode()).hexdigest(),
        made_at=now,
    )
    if life in ("open", "over"):
        made.opened_at = now
        made.open_until = now + _HALF_AN_HOUR if life == "open" else now
    made.done_at = now if life == "done" else None
    made.revoked_at = now if life == "stopped" else None
    return made


def _found(profile_id: int, now: datetime) -> FoundPost:
    return FoundPost(
        profile_id=profile_id,
        external_id="1",
        permalink="https://www.facebook.com/x/posts/1",
        kind="feed",
        posted_at=now,
        found_at=now,
        state=FoundState.NEW,
    )
