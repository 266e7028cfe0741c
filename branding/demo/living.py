"""A rotation around today, with everything that goes on in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from branding.core import clock
from branding.core.actor import Actor
from branding.core.isoweek import Week
from branding.demo import sent
from branding.demo.consents import consents
from branding.demo.people import HOST_TOKEN
from branding.demo.posts import POST_AHEAD, POST_BY_HAND, POSTS_LIVE, POSTS_OVER, desk
from branding.demo.story import Story
from branding.organisation import queries as organisation
from branding.organisation import service as organisation_service
from branding.organisation.values import UnitRequest, UnitView
from branding.rotation import queries as rotation
from branding.rotation import service as rotation_service
from branding.rotation.values import Block, NewSlot, PlanRequest
from branding.rotation.values.planning import NewWeekRequest, RequestKind
from branding.takeovers import letters
from branding.takeovers import queries as takeover_queries
from branding.takeovers.service import leaders, volunteers
from branding.takeovers.service.colleagues import about_takeover
from branding.takeovers.values import Answer, LeaderAnswer, SignUp

#: How far the living rotation reaches (decisions.md 26).
WEEKS_BACK, WEEKS_AHEAD = 6, 20
#: When everything was made: before the first invitation of the earliest block, seen from its last Sunday.
SET_UP = timedelta(days=70)
_TOPICS = ("Hverdag på stedet", "Nattevagten", "Ny i faget", "Det tværfaglige team", "En dag i værkstedet")
#: Unit, what it asks for, how long after the planned weeks it begins, for how long, and why.
_REQUESTS = (
    ("SOH", RequestKind.BLOCKED, 3, 2, "flytning"),
    ("SAU", RequestKind.BLOCKED, 7, 1, "tilsyn"),
    ("IKH", RequestKind.BLOCKED, 9, 3, "travlt"),
    ("SVO", RequestKind.WISH, 5, 1, "åbent hus"),
    ("DOK", RequestKind.WISH, 12, 2, ""),
    ("SOH", RequestKind.WISH, 10, 1, "jubilæum"),
)


def living_rotation(session: Session, karen: Actor, profile_id: int, now: datetime) -> None:
    """Blocks around today, with takeovers in every state that matters."""
    this_week = Week.of(clock.local(now).date())
    for holiday in rotation.holiday_weeks_between(session, this_week.monday, this_week.sunday, ()):
        # Whatever today is, the demo has a takeover that is on.
        rotation_service.remove_holiday(session, karen, holiday.id, now=now - SET_UP)
    request = PlanRequest(f"Takeovers {this_week.year}", profile_id)
    plan_id = rotation_service.create_plan(session, karen, request, now=now - SET_UP)
    blocks = _blocks(session, this_week)
    areas = _areas(session, sum(block.first < this_week for block in blocks))
    slots = []
    for number, block in enumerate(blocks):
        new = NewSlot(plan_id, areas[number % len(areas)].id, block, topic=_TOPICS[number % len(_TOPICS)])
        slots.append((rotation_service.add_slot(session, karen, new, now=now - SET_UP), block, new.unit_id))
    current = next(n for n, block in enumerate(blocks) if block.first == this_week)
    desk(session, karen, profile_id, slots[current][2], now)
    sent.connect(session, karen, profile_id, now - SET_UP)
    story = Story(session, karen, now)
    story.closed(*slots[current - 1], "Anna Eksempel", "anna@example.dk")
    story.live(*slots[current], "Bo Eksempel", "bo@example.dk")
    story.invited(*slots[current + 1], "Clara Eksempel", "clara@example.dk")
    story.planned(*slots[current + 2])
    for number, told in ((current - 1, POSTS_OVER), (current, POSTS_LIVE)):
        slot_id, block, _ = slots[number]
        for post in told:
            story.post(slot_id, block, post)
    _on_their_way(story, slots[current], now)
    story.tell()
    _involve(session, karen, slots[current + 1][0], now)
    _asked_for(session, karen, this_week, now)
    (coming,) = takeover_queries.takeovers_of_slots(session, [slots[current + 1][0]])
    consents(session, karen, about_takeover(session, coming), now)


def _on_their_way(story: Story, slot: tuple[int, Block, int], now: datetime) -> None:
    """One post that somebody is putting up by hand, and one that goes out tomorrow, whatever today is."""
    slot_id, block, _ = slot
    first = clock.at_local(block.first.monday, 0, 5)
    a_while_ago = (now - timedelta(minutes=40)).replace(second=0, microsecond=0)
    story.post(slot_id, block, POST_BY_HAND, max(first, a_while_ago))
    tomorrow, last = clock.local(now).date() + timedelta(days=1), block.first.sunday
    due_at = clock.at_local(tomorrow, 14) if tomorrow <= last else clock.at_local(last, 23, 45)
    if due_at > now:
        story.post(slot_id, block, POST_AHEAD, due_at)


def _involve(session: Session, karen: Actor, slot_id: int, now: datetime) -> None:
    """Leaders of three areas who have been told, an OK to a host, and two volunteers in SOH."""
    for short_name, name in (("SOH", "Lone Eksempel"), ("SVO", "Viggo Eksempel"), ("IKH", "Inge Eksempel")):
        unit = organisation.find_unit(session, short_name)
        assert unit is not None
        leader = (name, f"leder.{short_name.lower()}@example.dk")
        request = UnitRequest(unit.name, unit.short_name, leader=leader)
        organisation_service.change_unit(session, karen, unit.id, request, unit.version, now=now - SET_UP)
    at = now - timedelta(days=3)
    write = partial(letters.leader, session, "leader_asked")
    leaders.ask_leaders(session, write, today=clock.local(at).date(), now=at)
    unit_id = rotation.slot_view(session, slot_id).unit_id
    ask = takeover_queries.find_ask(session, slot_id, unit_id)
    if ask is not None:
        leaders.add_link(session, ask, now=at, token=HOST_TOKEN)
        for host in takeover_queries.takeovers_of_slots(session, [slot_id])[0].hosts:
            answer = Answer(host.id, LeaderAnswer.OK)
            leaders.answer(session, leaders.leader_actor(ask), answer, today=clock.local(at).date(), now=at)
    volunteers.make_link(session, karen, unit_id, now=at, token=HOST_TOKEN)
    link = takeover_queries.find_volunteer_link(session, HOST_TOKEN)
    assert link is not None
    for name, wish in (("Mette Eksempel", "Helst i dagvagter"), ("Jonas Eksempel", "Når som helst")):
        sign_up = SignUp(name, f"{name.split()[0].lower()}@example.dk", None, wish)
        letter = partial(letters.volunteer, session, "volunteer")
        volunteers.sign_up(session, link.id or 0, sign_up, letter, now=at)


def _asked_for(session: Session, karen: Actor, this_week: Week, now: datetime) -> None:
    """What units wish for and cannot do, in the weeks that are still to be planned."""
    for short_name, kind, after, weeks, reason in _REQUESTS:
        unit = organisation.find_unit(session, short_name)
        assert unit is not None
        block = Block(this_week + (WEEKS_AHEAD + after), weeks)
        # Nobody can wish for a holiday week, whenever the demo is made.
        while kind is RequestKind.WISH and rotation.holiday_weeks_between(
            session, block.starts_on, block.ends_on, ()
        ):
            block = Block(block.first + 1, weeks)
        request = NewWeekRequest(unit.id, kind, block, reason)
        rotation_service.add_request(session, karen, request, now=now - timedelta(days=1))


def _blocks(session: Session, this_week: Week) -> list[Block]:
    """Two weeks each, one where a holiday or this Monday cuts; nobody's turn crosses into this week."""
    first, end = this_week + -WEEKS_BACK, this_week + (WEEKS_AHEAD + 1)
    closed = {h.week for h in rotation.holiday_weeks_between(session, first.monday, end.sunday, ())}
    blocks, at = [], first
    while at < end:
        if at in closed:
            at += 1
            continue
        following = at + 1
        is_pair = following not in closed and following != this_week and following < end
        blocks.append(Block(at, 2 if is_pair else 1))
        at = blocks[-1].last + 1
    return blocks


def _areas(session: Session, before: int) -> list[UnitView]:
    """The specialområder in turn; SOH, whose coordinator is in the demo, comes right after this week."""
    found = [unit for unit in organisation.units(session) if unit.id == unit.area_id]
    soh = next(n for n, unit in enumerate(found) if unit.short_name == "SOH")
    shift = (soh - (before + 1)) % len(found)
    return found[shift:] + found[:shift]
