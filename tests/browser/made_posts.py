"""Posts in every state, made behind a running demo's back, and the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from branding import demo
from branding.accounts import queries as accounts
from branding.consent.models import Subject
from branding.consent.service import hosts_own
from branding.core import clock
from branding.core.actor import Actor, Role
from branding.demo.posts import Post, make_post
from branding.drafts.models import Draft
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import drafts, previews, review_links, reviewing, saving, submitting
from branding.drafts.values.content import Content
from branding.drafts.values.drafts import Start
from branding.drafts.values.kinds import PostKind
from branding.media.models import MediaItem
from branding.media.service import intake, people
from branding.media.values.items import FaceState
from branding.organisation import queries as organisation
from branding.takeovers import queries as takeovers
from branding.takeovers.models import Takeover
from branding.takeovers.values import TakeoverStatus, TakeoverView
from tests.browser.stored import stored
from tests.media import factories
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
    #: By the host, with a face on its second picture, whose id stands last.
    faces: tuple[str, str]

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
    def of_host(self) -> tuple[str, ...]:
        draft, item = self.faces
        steps = ("pictures", "people", "text", "send", f"pictures/{item}/crop")
        return ("/my-week", *(f"/my-week/posts/{draft}/{step}" for step in steps))

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
        return Maker(session).posts()


class Maker:
    """``Maker(session).by_host("submitted")`` and the like; each returns the draft's id."""

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
        vega = self.citizen("Vega")
        denied = self.with_citizen(vega)
        waiting = self.by_host("submitted")
        idea = self.session.exec(select(Draft.id).where(col(Draft.takeover_id).is_(None))).first()
        now = self.now
        return Posts(
            waiting=waiting,
            denied=denied,
            approved=self.by_host("approved"),
            returned=self.by_host("returned"),
            film=self.film(),
            faces=self.with_face(),
            idea=idea or "",
            subject=vega,
            preview=previews.make_link(self.session, self.klaus, denied, vega, now=now),
            reviewer=review_links.ask(
                self.session, self.karen, waiting, "Gerda Eksempel", "gerda@example.dk", now=now
            ),
        )

    def citizen(self, label: str) -> str:
        return self.session.exec(select(Subject.id).where(Subject.label == label)).one()

    def _takeover(self, status: TakeoverStatus) -> TakeoverView:
        found = self.session.exec(select(Takeover.id).where(Takeover.status == status)).first()
        return takeovers.takeover_view(self.session, found or 0)

    def _staff(self, email: str, role: Role) -> Actor:
        user = accounts.find_user_by_email(self.session, email)
        assert user is not None
        return Actor("user", user.id, user.name, user.email, frozenset({role}))

    def by_host(self, state: str) -> str:
        caption = f"En helt almindelig formiddag. {_LONG} #mitsocial"
        return self._made(self.live, caption, state, self._due(self.live), self.now)

    def approved(
        self, takeover: TakeoverView, words: str, due_at: datetime | None = None, **post: bool
    ) -> str:
        """By the takeover's host, with nobody in it; without a time nobody has planned it."""
        return self._made(takeover, words, "approved", due_at, self.now - timedelta(hours=3), **post)

    def _made(
        self,
        takeover: TakeoverView,
        words: str,
        state: str,
        due_at: datetime | None,
        at: datetime,
        **more: bool,
    ) -> str:
        post = Post(0, PostKind.DAILY, "garden", "To højbede med kål", words, state, **more)
        known = set(self.session.exec(select(Draft.id)))
        make_post(self.session, self.karen, takeover, post, due_at, at)
        (made,) = set(self.session.exec(select(Draft.id))) - known
        return made

    def with_host(self, due_at: datetime) -> str:
        """Approved, with the host's own face; returns the address where the host takes the yes back."""
        me, place = self._host(), f"takeover:{self.live.id}"
        subject = hosts_own.host_subject(self.session, me.id or 0)
        own = hosts_own.own_link_of_host(self.session, me.id or 0, place, now=self.now)
        assert subject and own
        content = factories.phone_jpeg((640, 800))
        draft_id, item = self._begun(me, PostKind.DAILY, self.live, content, due_at=due_at)
        self.session.get_one(MediaItem, item).face_state = FaceState.COUNTED
        people.name_person(self.session, me, place, item, subject, now=self.now)
        version = draft_row(self.session, draft_id).version
        assert submitting.submit(self.session, me, draft_id, version, now=self.now).is_done
        wanted = reviewing.Approve(draft_row(self.session, draft_id).version, {item: 1})
        assert reviewing.approve(self.session, self.karen, draft_id, wanted, now=self.now).is_done
        return f"/withdraw/{own}"

    def with_citizen(self, subject_id: str) -> str:
        """Sent by the coordinator; the citizen has not seen it."""
        draft_id, item = self._begun(
            self.klaus, PostKind.DAILY, self.coming, factories.phone_jpeg((640, 800))
        )
        # Nobody waits for the program: it has looked and found no face.
        self.session.get_one(MediaItem, item).face_state = FaceState.COUNTED
        place = f"takeover:{self.coming.id}"
        people.name_person(self.session, self.klaus, place, item, subject_id, now=self.now)
        version = draft_row(self.session, draft_id).version
        assert submitting.submit(self.session, self.klaus, draft_id, version, now=self.now).is_done
        return draft_id

    def film(self) -> str:
        content = factories.film(size=(320, 568))
        return self._begun(self.klaus, PostKind.REEL, self.coming, content)[0]

    def with_face(self) -> tuple[str, str]:
        """By the host, two pictures; the site itself looks for the face.  Returns the second picture too."""
        content = (factories.phone_jpeg((640, 800)), factories.portrait())
        draft_id, *items = self._begun(self._host(), PostKind.DAILY, self.live, *content)
        return draft_id, items[1]

    def _host(self) -> Actor:
        host, units = self.live.hosts[0], frozenset({self.live.unit_id})
        return Actor("host", host.id, host.name, host.email, frozenset({Role.HOST}), units)

    def _begun(
        self,
        by: Actor,
        kind: PostKind,
        takeover: TakeoverView,
        *contents: bytes,
        due_at: datetime | None = None,
    ) -> tuple[str, ...]:
        """Pictures, descriptions and a text, and nothing said of people; the draft's id and the pictures'."""
        session, now = self.session, self.now
        start = Start(kind, takeover.id, due_at=due_at or self._due(takeover))
        draft_id = drafts.start(session, by, start, now=now)
        place, unit_id = f"takeover:{takeover.id}", takeover.unit_id
        items = [intake.take_in(session, by, place, unit_id, content, now=now) for content in contents]
        saving.add_pictures(session, by, draft_id, *items, now=now)
        saving.change(session, by, draft_id, _worded, now=now)
        return draft_id, *items

    def _due(self, takeover: TakeoverView) -> datetime | None:
        """The second day; in a takeover that is on, when that day is still to come."""
        second = clock.at_local(takeover.starts_on, 10) + timedelta(days=1)
        return second if second > self.now else None


def _worded(content: Content) -> Content:
    pictures = tuple(replace(one, alt="En smiler") for one in content.pictures)
    return replace(content, caption=f"I haven. {_LONG}", pictures=pictures)
