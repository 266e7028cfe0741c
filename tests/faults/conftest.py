"""A place with a takeover, an Instagram profile on the simulator, and workers that can be killed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from branding.audit import service as audit
from branding.consent.models import GateDecision
from branding.core import clock, sealed
from branding.core.actor import SYSTEM
from branding.core.db import Database
from branding.core.settings import Settings
from branding.migrations import schema
from branding.organisation.service import profiles
from branding.organisation.values import Channel, ProfileRequest
from branding.publishing.models import Attempt, Connection, Publication
from branding.publishing.service import planning
from branding.publishing.values.states import MAYBE_LIVE, Flavour, State, Way
from branding.simulator.world import FACEBOOK_TOKEN, IG_ACCOUNT, LivePost
from tests.drafts import factories as drafts
from tests.support import simulated
from tests.support.databases import IS_POSTGRES, new_postgres
from tests.support.running import environment
from tests.support.zygote import Order, Zygote

KEY = "f" * 64
#: 10:00 in Denmark on the takeover's first day.
DUE = datetime(2026, 11, 2, 9, tzinfo=UTC)
#: Long enough for leases, looks and pauses, and short enough not to be too late.
AFTERWARDS = (200.0, 215.0, 600.0, 1000.0, 2400.0, 4000.0)


@dataclass
class Place:
    """``live``: publications by what their posts say."""

    folder: Path
    database: Database
    zygote: Zygote
    sim: simulated.Simulated
    stage: drafts.Stage
    numbers: Iterator[int] = field(default_factory=count)
    #: Publications that this test has made.
    made: list[str] = field(default_factory=list)
    profiles: list[int] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / "workers.log"

    def post(self, *, profile_id: int = 0, person: str = "", due_at: datetime = DUE) -> str:
        """An approved post in the plan, due at ten, with words of its own; returns the publication's id."""
        words = f"Opslag nummer {next(self.numbers)}"
        with self.database.transaction() as session:
            draft_id = _approved(session, self.stage, words, person, due_at)
            planning.plan_approved(session, now=clock.now())
            row = session.exec(select(Publication).filter_by(draft_id=draft_id)).one()
            if profile_id:
                row.profile_id = profile_id
            row.title = words
            self.made.append(row.id)
            return row.id

    def profile(self, number: int) -> int:
        """One of many profiles: what a killed worker holds keeps only its own profile waiting."""
        while len(self.profiles) <= number:
            with self.database.transaction() as session:
                name = f"profil{len(self.profiles)}"
                request = ProfileRequest(Channel.INSTAGRAM, name, name)
                profile_id = profiles.add_profile(session, SYSTEM, request, now=clock.now())
                # Each has an account of its own: a channel lets an account begin 400 posts a day.
                account = f"1784149{len(self.profiles):04}"
                self.sim.account(account, "instagram")
                connect(session, profile_id, account)
                self.profiles.append(profile_id)
        return self.profiles[number]

    def posts(self) -> list[str]:
        """Those of this test."""
        return list(self.made)

    def forget(self) -> None:
        """The next test begins with none: what a test that failed has left behind goes nowhere."""
        self.made.clear()
        self.sim.faults()
        self.sim.world.ahead = timedelta()
        with self.database.transaction() as session:
            ended = (State.PUBLISHED, State.REMOVED, State.CANCELLED, State.FAILED)
            for row in session.exec(select(Publication).where(col(Publication.state).not_in(ended))):
                row.state, row.claim, row.lease_until = State.CANCELLED, "", None

    def order(self, *, at: datetime = DUE, **given: object) -> Order:
        return Order(at.isoformat(), str(self.log), **given)  # type: ignore[arg-type]

    def mend_connections(self) -> None:
        """Somebody has connected every profile anew."""
        with self.database.transaction() as session:
            for row in session.exec(select(Connection)):
                row.broken_at = None

    def afterwards(self, *, at: datetime = DUE, everything: bool = False) -> None:
        """Another worker looks after everything, as up to an hour goes by for it and for the channel."""
        for seconds in AFTERWARDS:
            if not everything and all(self.row(one).state == State.PUBLISHED for one in self.made):
                return
            self.sim.advance(seconds)
            _clock_runs_from(at)  # for two hundred posts it works a while, and its clock goes on
            assert self.zygote.run(self.order(at=at, later=(seconds,))) == [0]
            clock.read_from(lambda: DUE)
            self.sim.advance(-seconds)

    def row(self, publication_id: str) -> Publication:
        with self.database.reader() as session:
            found = session.get(Publication, publication_id)
            assert found is not None
            return found

    def live_of(self, publication_id: str) -> list[LivePost]:
        """What people can see of it, as the channel's ledger says."""
        words = self.row(publication_id).title
        return [one for one in self.sim.world.posts.values() if one.caption == words and not one.deleted_at]

    def check_at_most_one(self, publication_id: str) -> None:
        """What must hold at every moment, also while nobody has looked after it yet."""
        row, live = self.row(publication_id), self.live_of(publication_id)
        assert len(live) <= 1
        if live:
            assert row.state in MAYBE_LIVE, f"it is out, and stands in {row.state}"

    def check(self, *publication_ids: str) -> None:
        """The invariants: at most one live post each, none without a yes, none lost, no token in any log."""
        for one in publication_ids:
            row, live = self.row(one), self.live_of(one)
            assert len(live) <= 1, f"{one} is out {len(live)} times"
            if live:
                assert row.state in (State.PUBLISHED, State.NEEDS_REVIEW, State.PUBLISHED_NO_ID), row.state
                self._has_a_yes(row, live[0].posted_at)
            if row.state == State.PUBLISHED:
                assert [post.id for post in live] == [row.external_id]
            else:
                assert row.state in _SEEN, f"{one} is lost in {row.state}"
        self.no_token_anywhere()

    def _has_a_yes(self, row: Publication, out_at: datetime) -> None:
        with self.database.reader() as session:
            yes = session.exec(
                select(GateDecision.asked_at).where(
                    GateDecision.reference == f"draft:{row.draft_id}",
                    GateDecision.stage == "publish",
                    GateDecision.is_allowed,
                )
            ).all()
        assert any(-10 <= (out_at - at).total_seconds() <= 60 for at in yes), "no yes for that instant"

    def no_token_anywhere(self) -> None:
        told = self.log.read_text("utf-8") if self.log.exists() else ""
        with self.database.reader() as session:
            told += "".join(one.request for one in session.exec(select(Attempt)))
        assert FACEBOOK_TOKEN not in told and "/m/" not in told

    def chain_holds(self) -> None:
        with self.database.reader() as session:
            assert audit.verify(session).holds


#: States that a person can see and act on, or that go on by themselves.
_SEEN = (
    State.NEEDS_REVIEW,
    State.FAILED,
    State.MISSED,
    State.CANCELLED,
    State.SCHEDULED,
    State.RETRY_WAIT,
    State.REMOVED,
)


@pytest.fixture
def place(_place: Place) -> Place:
    _place.forget()
    return _place


@pytest.fixture(scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Place]:
    """One place for the whole module: what is killed here must not hurt what comes after."""
    folder = tmp_path_factory.mktemp("faults")
    clock.read_from(lambda: DUE.replace(hour=8))
    url = new_postgres(f"stafet_pub_{worker_id}") if IS_POSTGRES else f"sqlite:///{folder / 'stafet.db'}"
    with simulated.running() as sim:
        sim.reset(instant=True, quota=1_000_000)
        given = environment(
            folder, DATABASE_URL=url, STAFET_SECRET_KEY=KEY, STAFET_AUDIT_KEY=KEY, STAFET_DATA_KEY=KEY,
            STAFET_BASE_URL="http://127.0.0.1", STAFET_APIS=str(sim.settings_file(folder)),
        )  # fmt: skip
        database = Database.of(Settings.from_environment(given))
        schema.upgrade(database)
        with database.transaction() as session:
            stage = drafts.stage(session, clock.now())
            connect(session, stage.world.profile)
        zygote = Zygote(given)
        # The channel's clock is ten o'clock, too: what is due is due there.
        clock.read_from(lambda: DUE)
        place = Place(folder, database, zygote, sim, stage)
        _warm_up(place)
        yield place
        zygote.stop()
        database.close()
    clock.read_from(None)


def _warm_up(place: Place) -> None:
    """One post out, and looked after until nothing is left to do: no test meets it again."""
    post = place.post()
    assert place.zygote.run(place.order(is_warming=True)) == []
    place.afterwards(everything=True)
    place.check(post)
    assert place.row(post).is_followed_up


def _clock_runs_from(at: datetime) -> None:
    """The channel's clock, too, as long as a worker works."""
    began = time.monotonic()
    clock.read_from(lambda: at + timedelta(seconds=time.monotonic() - began))


def connect(session: Session, profile_id: int, account: str = IG_ACCOUNT) -> None:
    """To one of the simulator's Instagram accounts."""
    session.add(
        Connection(
            profile_id=profile_id, way=Way.API, flavour=Flavour.FACEBOOK_LOGIN, account_id=account,
            token_sealed=sealed.seal(session, FACEBOOK_TOKEN, about=f"connection:{profile_id}"),
            test=[],
        )
    )  # fmt: skip
    session.flush()


def _approved(session: Session, on: drafts.Stage, words: str, person: str, due_at: datetime) -> str:
    now = clock.now()
    if person:
        draft_id = drafts.with_person(session, on, now, person, due_at=due_at, caption=words)
    else:
        draft_id = drafts.submitted(session, on, now, due_at=due_at, caption=words)
    assert drafts.approve(session, on, draft_id, now).is_done
    return draft_id
