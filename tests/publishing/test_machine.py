"""Drafts, consents, schedules, workers and faults in any order: the promises hold at every moment.

Hypothesis writes the stories; the channel is the simulator over HTTP, and its ledger is the witness.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, select

from branding.audit import service as audit
from branding.consent.models import GateDecision
from branding.consent.service.withdrawing import withdraw
from branding.consent.values.records import Via
from branding.consent.values.withdrawals import NewWithdrawal
from branding.core import clock, sealed
from branding.core.errors import StafetError
from branding.core.settings import Settings
from branding.drafts.models import Draft
from branding.outbox.values import Mail
from branding.publishing.models import Attempt, Connection, Pause, Publication
from branding.publishing.service import pausing, planning, settling
from branding.publishing.values.states import MAYBE_LIVE, Flavour, State, Way
from branding.simulator.world import FACEBOOK_TOKEN, IG_ACCOUNT, LivePost
from tests.consent import factories as consent
from tests.drafts import factories as drafts
from tests.publishing import factories as f
from tests.support import databases, simulated

#: Monday 2 November 2026, 09:00 in Denmark: the takeover's first morning.
START = datetime(2026, 11, 2, 8, tzinfo=UTC)
FAULTS = (
    "drop_before_commit", "commit_then_drop", "truncate", "html_502", "ok_but_text", "no_id", "redirect",
)  # fmt: skip
#: Most posts are due within minutes, so that much happens to them.
_SOON = st.sampled_from([0, 0, 1, 2, 5, 90])
_PASSES = st.sampled_from([0, 2, 6, 60, 130, 250, 700, 4000])
CALLS = ("/media$", "/media_publish$", "/media_publish$", "/media_publish$", "status_code", "")
_FULL = bool(os.environ.get("STAFET_FULL"))


class Killed(BaseException):
    """The worker is gone, in the middle of whatever it did."""


@contextmanager
def doomed(at_commit: int, *, before: bool) -> Iterator[None]:
    commit, seen = Session.commit, 0

    def counted(self: Session) -> None:
        nonlocal seen
        seen += 1
        if seen == at_commit and before:
            raise Killed
        commit(self)
        if seen == at_commit:
            raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "commit", counted)
        try:
            yield
        except Killed:
            return


class Publishing(RuleBasedStateMachine):
    """One takeover, one profile, posts with nobody or with a colleague in them."""

    sim: simulated.Simulated

    @initialize(second=st.sampled_from(["error", "same_id", "duplicate"]), lag=st.sampled_from([0, 20]))
    def begin(self, second: str, lag: int) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.now = START
        clock.read_from(lambda: self.now)
        self.sim.reset(instant=True, quota=1000, second_publish=second, listing_lag=lag)
        self.database = databases.fresh(self.folder, f"machine_{os.getpid()}", key="k" * 64)
        self.settings = Settings(
            data_dir=self.folder, database_url="", base_url="http://127.0.0.1", secret_key="k" * 64,
            audit_key="k" * 64, data_key="k" * 64, apis=self.sim.settings_file(self.folder),
        )  # fmt: skip
        self.people: dict[str, str] = {}
        with self.database.transaction() as session:
            self.on = drafts.stage(session, self.now)
            sealed_token = sealed.seal(session, FACEBOOK_TOKEN, about=f"connection:{self.on.world.profile}")
            f.connect(
                session, self.on, Way.API, flavour=Flavour.FACEBOOK_LOGIN, account_id=IG_ACCOUNT,
                token_sealed=sealed_token,
            )  # fmt: skip

    @rule(minutes=_SOON)
    def post(self, minutes: int) -> None:
        with self.database.transaction() as session:
            drafts.approved(
                session, self.on, self.now, due_at=self.later(minutes), caption=self.words(session)
            )

    @rule(minutes=_SOON)
    def post_of_a_colleague(self, minutes: int) -> None:
        with self.database.transaction() as session:
            words = self.words(session)
            person = consent.colleague(
                session, self.on.world.area, now=self.now, label=f"Kollega {words[-3:]}"
            )
            consent.oral(session, person, target_ref=self.on.place, now=self.now)
            draft = drafts.with_person(
                session, self.on, self.now, person, due_at=self.later(minutes), caption=words
            )
            assert drafts.approve(session, self.on, draft, self.now).is_done
            self.people[words] = person

    @precondition(lambda self: bool(self.people))
    @rule(data=st.data())
    def a_colleague_takes_it_back(self, data: st.DataObject) -> None:
        words = data.draw(st.sampled_from(sorted(self.people)))
        new = NewWithdrawal(self.people.pop(words), self.now, None, None, Via.EMPLOYEE)
        with self.database.transaction() as session:
            withdraw(session, drafts.COMMUNICATIONS, new, _no_mail, now=self.now)

    @rule(data=st.data())
    def somebody_changes_a_post(self, data: st.DataObject) -> None:
        self._try(data, lambda session, row: drafts.write(
            session, self.on.host, row.draft_id, self.now, first_comment="Hej"
        ))  # fmt: skip

    @rule(data=st.data(), minutes=st.integers(0, 90))
    def somebody_moves_a_post(self, data: st.DataObject, minutes: int) -> None:
        self._try(data, lambda session, row: planning.move_to(
            session, f.KAREN, row.id, self.later(minutes), row.version, now=self.now
        ))  # fmt: skip

    @rule(data=st.data())
    def somebody_takes_a_post_off(self, data: st.DataObject) -> None:
        self._try(
            data, lambda session, row: planning.take_off(session, f.KAREN, row.id, row.version, now=self.now)
        )

    @rule(data=st.data())
    def somebody_looks_at_the_profile(self, data: st.DataObject) -> None:
        """And says the truth about a post of which nobody knows."""

        def say(session: Session, row: Publication) -> None:
            if row.state != State.NEEDS_REVIEW:
                return
            live = self.live_of(row)
            if live:
                settling.say_published(
                    session,
                    f.KAREN,
                    row.id,
                    f"https://www.instagram.com/p/{live[0].id}",
                    row.version,
                    now=self.now,
                )
            else:
                settling.say_not_published(session, f.KAREN, row.id, row.version, now=self.now)

        self._try(data, say)

    @rule()
    def a_pause_begins_or_ends(self) -> None:
        with self.database.transaction() as session:
            held = session.exec(select(Pause).where(col(Pause.ended_at).is_(None))).first()
            if held is None:
                pausing.pause(session, f.KAREN, None, "Prøve", now=self.now)
            else:
                pausing.resume(session, f.KAREN, held.id or 0, now=self.now)

    @rule(action=st.sampled_from(FAULTS), path=st.sampled_from(CALLS), nth=st.integers(1, 2))
    def the_channel_will_fail(self, action: str, path: str, nth: int) -> None:
        self.sim.faults({"action": action, "path": path, "nth": nth, "times": 1})

    @rule(subcode=st.sampled_from([(4, 2207051), (9007, 2207027), (-1, 2207001), (190, 463), (24, 2207006)]))
    def the_channel_says_no_to_publishing(self, subcode: tuple[int, int]) -> None:
        action = "commit_then_error" if subcode[0] in (4, -1) else "status"
        code, sub = subcode
        body = {"error": {"code": code, "error_subcode": sub, "message": "x", "type": "OAuthException"}}
        self.sim.faults(
            {
                "action": action,
                "path": "media_publish",
                "code": code,
                "subcode": sub,
                "status": 400,
                "body": body,
            }
        )

    @rule()
    def the_connection_is_mended(self) -> None:
        with self.database.transaction() as session:
            row = session.get(Connection, self.on.world.profile)
            assert row is not None
            row.broken_at = None

    @rule(seconds=_PASSES)
    def a_worker_ticks(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        f.tick(self.database, self.settings)

    @rule()
    def a_sweep(self) -> None:
        f.sweep(self.database)

    @rule(seconds=_PASSES, commit=st.integers(2, 8), before=st.booleans())
    def a_worker_dies(self, seconds: int, commit: int, before: bool) -> None:
        self.now += timedelta(seconds=seconds)
        with doomed(commit, before=before):
            f.tick(self.database, self.settings)

    @invariant()
    def the_promises_hold(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.reader() as session:
            rows = list(session.exec(select(Publication)))
            yes = list(
                session.exec(
                    select(GateDecision).where(GateDecision.stage == "publish", GateDecision.is_allowed)
                )
            )
            told = "".join(one.request for one in session.exec(select(Attempt)))
        assert FACEBOOK_TOKEN not in told
        for row in rows:
            live = self.live_of(row)
            assert len(live) <= 1, "twice out"
            if live:
                assert row.state in MAYBE_LIVE, f"out, and said to be {row.state} ({row.code})"
                times = [one.asked_at for one in yes if one.reference == f"draft:{row.draft_id}"]
                assert any(0 <= (live[0].posted_at - at).total_seconds() <= 60 for at in times), "no yes"
            else:
                assert row.state != State.PUBLISHED, "said to be out, and is not"

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        try:
            self._nothing_is_lost()
        finally:
            self.database.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            clock.read_from(None)

    def _nothing_is_lost(self) -> None:
        """When the faults are over, every post comes to an end that a person can see."""
        self.sim.faults()
        with self.database.transaction() as session:
            for pause in session.exec(select(Pause).where(col(Pause.ended_at).is_(None))):
                pausing.resume(session, f.KAREN, pause.id or 0, now=self.now)
        self.the_connection_is_mended()
        for seconds in (250, 250, 700, 2400, 9000, 30000):
            self.now += timedelta(seconds=seconds)
            f.tick(self.database, self.settings)
            f.tick(self.database, self.settings)
            self.the_promises_hold()
        with self.database.reader() as session:
            left = {row.state for row in session.exec(select(Publication))}
            assert audit.verify(session).holds
        assert left <= {State.PUBLISHED, State.NEEDS_REVIEW, State.CANCELLED, State.MISSED, State.FAILED}, (
            left
        )

    def later(self, minutes: int) -> datetime:
        return self.now + timedelta(minutes=minutes)

    def words(self, session: Session) -> str:
        return f"Opslag nummer {len(session.exec(select(Draft.id)).all()):03}"

    def live_of(self, row: Publication) -> list[LivePost]:
        posts = self.sim.world.posts.values()
        return [one for one in posts if one.caption == row.title and one.deleted_at is None]

    def _try(self, data: st.DataObject, act: object) -> None:
        """A person's act on any publication; what is refused is refused with a sentence."""
        with self.database.reader() as session:
            known = {row.title: row.id for row in session.exec(select(Publication))}
        if not known:
            return
        chosen = known[data.draw(st.sampled_from(sorted(known)))]
        try:
            with self.database.transaction() as session:
                row = session.get(Publication, chosen)
                act(session, row)  # type: ignore[operator]
        except StafetError as error:
            if not str(error.text):
                raise


def _no_mail(told: object) -> Mail:
    return Mail("a@example.dk", "x", "x")


@pytest.mark.long
def test_in_any_order_the_promises_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    with simulated.running() as sim:
        monkeypatch.setattr(Publishing, "sim", sim, raising=False)
        run_state_machine_as_test(
            Publishing,
            settings=settings(
                max_examples=300 if _FULL else 20,
                stateful_step_count=60 if _FULL else 40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
