"""What happened with each takeover of the example, told in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor, Role
from branding.demo import sent
from branding.demo.people import HOST_TOKEN
from branding.demo.posts import Post, make_post
from branding.rotation.values import Block
from branding.takeovers import letters
from branding.takeovers import queries as takeover_queries
from branding.takeovers.guide import RULES
from branding.takeovers.service import evaluations, hosts, takeovers, week
from branding.takeovers.values import Evaluate, NameHost, PlanTakeover, Recommend

_INVITED_BEFORE = timedelta(days=21)
_EVALUATION = Evaluate(
    4,
    Recommend.YES,
    "Tag billederne om morgenen, mens der er ro, og skriv teksten samme dag: så er den stadig din egen.",
)


class Story:
    """Takes events in any order and lets them happen in the order of time, so that the log reads like one."""

    def __init__(self, session: Session, karen: Actor, now: datetime) -> None:
        self.session, self.karen, self.now = session, karen, now
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []

    def tell(self) -> None:
        for at, _, event in sorted(self._events, key=lambda entry: entry[:2]):
            event(at)
        self._advance(self.now)

    def _advance(self, at: datetime) -> None:
        takeovers.advance(self.session, today=clock.local(at).date(), now=at)

    def closed(self, slot_id: int, block: Block, unit_id: int, name: str, email: str) -> None:
        self._hosted(slot_id, block, unit_id, name, email)
        end = clock.at_local((block.first + 1).monday, 0, 5)
        self._at(end, self._advance)
        self._at(end + timedelta(hours=10), partial(self._evaluate, slot_id))

    def _evaluate(self, slot_id: int, at: datetime) -> None:
        """The host is thanked, and says how it went."""
        today = clock.local(at).date()
        evaluations.thank_hosts(self.session, partial(letters.thanks, self.session), today=today, now=at)
        (takeover,) = takeover_queries.takeovers_of_slots(self.session, [slot_id])
        host = Actor("host", takeover.hosts[0].id, roles=frozenset({Role.HOST}))
        evaluations.evaluate(self.session, host, _EVALUATION, today=today, now=at)

    def live(self, slot_id: int, block: Block, unit_id: int, name: str, email: str) -> None:
        self._hosted(slot_id, block, unit_id, name, email, token=HOST_TOKEN)

    def invited(self, slot_id: int, block: Block, unit_id: int, name: str, email: str) -> None:
        self._plan(
            slot_id, block, unit_id, self.now - timedelta(days=4), partial(self._invite, name, email, "")
        )

    def post(self, slot_id: int, block: Block, post: Post, due_at: datetime | None = None) -> None:
        """A post of the takeover, made and judged on the day before it is due, and sent at its minute."""
        due_at = due_at or clock.at_local(block.first.monday + timedelta(days=post.day), 10)

        def make(at: datetime) -> None:
            (takeover,) = takeover_queries.takeovers_of_slots(self.session, [slot_id])
            make_post(self.session, self.karen, takeover, post, due_at, at)

        made_at = min(due_at - timedelta(hours=20), self.now - timedelta(hours=4))
        self._at(made_at, make)
        self._at(made_at + timedelta(hours=2, minutes=1), partial(sent.plan, self.session))
        if due_at <= self.now:
            self._at(due_at, partial(sent.send, self.session))

    def planned(self, slot_id: int, block: Block, unit_id: int) -> None:
        self._plan(slot_id, block, unit_id, self.now - timedelta(days=2), lambda takeover_id, at: 0)

    def _hosted(
        self, slot_id: int, block: Block, unit_id: int, name: str, email: str, *, token: str = ""
    ) -> None:
        """Invited and ready in good time before the first day, however long ago that is."""

        def follow(takeover_id: int, at: datetime) -> int:
            host_id = self._invite(name, email, token, takeover_id, at)
            host = Actor("host", host_id, name, email, frozenset({Role.HOST}), frozenset({unit_id}))
            self._as_host(host, at)
            return host_id

        self._plan(slot_id, block, unit_id, clock.at_local(block.first.monday, 10) - _INVITED_BEFORE, follow)
        start = clock.at_local(block.first.monday, 0, 5)
        self._at(start, self._advance)

    def _plan(
        self, slot_id: int, block: Block, unit_id: int, at: datetime, follow: Callable[[int, datetime], int]
    ) -> None:
        request = PlanTakeover(slot_id, unit_id, block.first.monday, block.first.sunday)

        def event(moment: datetime) -> None:
            follow(takeovers.plan_takeover(self.session, self.karen, request, now=moment), moment)

        self._at(at, event)

    def _invite(self, name: str, email: str, token: str, takeover_id: int, at: datetime) -> int:
        day = clock.local(at).date()
        host_id = hosts.name_host(
            self.session, self.karen, takeover_id, NameHost(name, email), today=day, now=at
        )
        write = partial(letters.invitation, self.session)
        hosts.invite_host(self.session, self.karen, host_id, write, today=day, now=at)
        if token:
            hosts.add_link(self.session, host_id, token, now=at)
        return host_id

    def _as_host(self, host: Actor, at: datetime) -> None:
        day = clock.local(at).date()
        week.accept_rules(self.session, host, {rule.key for rule in RULES}, today=day, now=at)
        week.say_ready(self.session, host, today=day, now=at)

    def _at(self, at: datetime, event: Callable[[datetime], None]) -> None:
        self._events.append((min(at, self.now), len(self._events), event))
