"""Posts in every state in a running demo, and the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding import demo
from branding.accounts import queries as accounts
from branding.consent.models import Subject
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.demo.posts import Post, make_post
from branding.drafts.models import Draft
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import drafts, previews, review_links, saving, submitting
from branding.drafts.values.drafts import Start
from branding.drafts.values.kinds import PostKind
from branding.media.service import intake, people
from branding.organisation import queries as organisation
from branding.takeovers import queries as takeovers
from branding.takeovers.models import Takeover
from branding.takeovers.values import TakeoverStatus, TakeoverView
from tests.browser.stored import stored
from tests.media.factories import film, phone_jpeg
from tests.support.running import Running

_LONG = "Fire_meget_lange_ord_uden_mellemrum_" * 4
TABS = ("", "?tab=stalled", "?tab=writing", "?tab=approved", "?tab=ideas", "?tab=all")


@dataclass(frozen=True)
class Posts:
    """Ids of drafts, and secrets."""

    waiting: str
    denied: str
    approved: str
    returned: str
    film: str
    idea: str
    subject: str
    preview: str
    reviewer: str

    @property
    def of_staff(self) -> tuple[str, ...]:
        post = f"/posts/{self.denied}"
        return (
            *(f"/posts{tab}" for tab in TABS),
            *(f"/posts/{one}" for one in (self.waiting, self.denied, self.approved, self.returned)),
            f"/posts/{self.returned}/versions",
            f"/posts/{self.film}/pictures",
            f"/posts/{self.film}/people",
            f"/posts/{self.idea}",
            "/ideas/new",
            "/hashtags",
            "/hashtags/1",
            f"{post}/show/{self.subject}",
            "/organisation/profiles/1",
        )

    @property
    def by_secret(self) -> dict[str, int]:
        return {
            f"/preview/{self.preview}": 200,
            f"/preview/{'x' * 43}": 404,
            f"/review/{self.reviewer}": 200,
            f"/review/{'x' * 43}": 404,
        }


def fill(site: Running) -> Posts:
    """Add them; each has a text with a word that is too long for a narrow screen."""
    with stored(site) as session:
        return _Maker(session).posts()


class _Maker:
    def __init__(self, session: Session) -> None:
        self.session, self.now = session, clock.now()
        self.karen = self._staff(demo.PEOPLE[0].email, Role.COMMUNICATIONS)
        soh = organisation.find_unit(session, "SOH")
        assert soh is not None
        units = organisation.ids_under(session, [soh.id])
        self.klaus = replace(self._staff("koordinator@example.dk", Role.COORDINATOR), units=units)
        self.coming = self._takeover(TakeoverStatus.INVITED)
        self.live = self._takeover(TakeoverStatus.LIVE)

    def posts(self) -> Posts:
        vega = self.session.exec(select(Subject.id).where(Subject.label == "Vega")).one()
        denied = self._with_citizen(vega)
        waiting = self._by_host("submitted")
        idea = self.session.exec(select(Draft.id).where(col(Draft.takeover_id).is_(None))).first()
        now = self.now
        return Posts(
            waiting=waiting,
            denied=denied,
            approved=self._by_host("approved"),
            returned=self._by_host("returned"),
            film=self._film(),
            idea=idea or "",
            subject=vega,
            preview=previews.make_link(self.session, self.klaus, denied, vega, now=now),
            reviewer=review_links.ask(
                self.session, self.karen, waiting, "Gerda Eksempel", "gerda@example.dk", now=now
            ),
        )

    def _takeover(self, status: TakeoverStatus) -> TakeoverView:
        found = self.session.exec(select(Takeover.id).where(Takeover.status == status)).first()
        return takeovers.takeover_view(self.session, found or 0)

    def _staff(self, email: str, role: Role) -> Actor:
        user = accounts.find_user_by_email(self.session, email)
        assert user is not None
        return Actor("user", user.id, user.name, user.email, frozenset({role}))

    def _by_host(self, state: str) -> str:
        caption = f"En helt almindelig formiddag. {_LONG} #mitsocial"
        post = Post(0, PostKind.DAILY, "garden", "To højbede med kål", caption, state)
        known = set(self.session.exec(select(Draft.id)))
        make_post(self.session, self.karen, self.live, post, self._due(self.live), self.now)
        (made,) = set(self.session.exec(select(Draft.id))) - known
        return made

    def _with_citizen(self, subject_id: str) -> str:
        """Sent by the coordinator; the citizen has not seen it."""
        draft_id, item = self._begun(PostKind.DAILY, self.coming, phone_jpeg((640, 800)))
        place = f"takeover:{self.coming.id}"
        people.name_person(self.session, self.klaus, place, item, subject_id, now=self.now)
        version = draft_row(self.session, draft_id).version
        assert submitting.submit(self.session, self.klaus, draft_id, version, now=self.now).is_done
        return draft_id

    def _film(self) -> str:
        return self._begun(PostKind.REEL, self.coming, film(size=(320, 568)))[0]

    def _begun(self, kind: PostKind, takeover: TakeoverView, content: bytes) -> tuple[str, str]:
        session, now = self.session, self.now
        start = Start(kind, takeover.id, due_at=self._due(takeover))
        draft_id = drafts.start(session, self.klaus, start, now=now)
        place = f"takeover:{takeover.id}"
        item = intake.take_in(session, self.klaus, place, takeover.unit_id, content, now=now)
        saving.add_pictures(session, self.klaus, draft_id, item, now=now)
        saving.change(
            session, self.klaus, draft_id,
            lambda one: replace(one.with_picture(item, alt="En smiler"), caption=f"I haven. {_LONG}"), now=now,
        )  # fmt: skip
        return draft_id, item

    def _due(self, takeover: TakeoverView) -> datetime:
        return clock.at_local(takeover.starts_on, 10) + timedelta(days=1)
