"""Posts of the example in every state: a week that is over, a week that is on, ideas and hashtags."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from branding.consent.values.records import Channel
from branding.core.actor import Actor, Role
from branding.demo.pictures import picture
from branding.drafts.queries.drafts import draft_row
from branding.drafts.service import drafts, hashtags, reviewing, saving, submitting
from branding.drafts.values.drafts import Start
from branding.drafts.values.hashtags import NewSet
from branding.drafts.values.kinds import PostKind
from branding.media.service import intake, people
from branding.organisation import queries as organisation
from branding.organisation.service import profiles
from branding.takeovers.values import TakeoverView

_SETS = (
    ("Socialområdet", "#mitsocial #regionmidt", None),
    ("Hjerneskade", "#SpecialområdeHjerneskade #neurorehabilitering", "SOH"),
    ("Pædagoger", "#pædagog #pædagogik", None),
)
_IDEAS = (
    "Hvad er der i din taske, når du møder ind?",
    "Vis det redskab, du ikke kan undvære, og fortæl hvorfor.",
    "En god start på dagen: Sådan ser vores morgenmøde ud.",
)


@dataclass(frozen=True, slots=True)
class Post:
    """``day`` counts from the first day of the takeover; ``state`` is how far it came."""

    day: int
    kind: PostKind
    scene: str
    alt: str
    caption: str
    state: str
    is_on_facebook: bool = False


POSTS_OVER = (
    Post(0, PostKind.HERE_I_AM, "window", "En kop og en plante i et vindue med udsigt over bakker",
         "Hej! Jeg hedder Anna, og de næste dage må I kigge med over skulderen. Først: kaffe.", "approved"),
    Post(1, PostKind.DAILY, "garden", "To højbede med kål og tomater, og en spade i jorden",
         "I dag er der køkkenhave på programmet. Hænderne i jorden gør mere, end man tror.", "approved"),
    Post(4, PostKind.GOODBYE, "walk", "To mennesker set bagfra på vej ad en grussti",
         "Tak, fordi I gik med. Jeg tager alle jeres hilsner med mig på vagt.", "approved"),
)  # fmt: skip
POSTS_LIVE = (
    Post(0, PostKind.HERE_I_AM, "window", "En kop og en plante i et vindue med morgensol",
         "Godmorgen fra mit vindue! Jeg hedder Bo, og denne uge er det mig, I følger.\n\nJeg er pædagog og"
         " har været her i seks år. Spørg løs.\n\n#mitsocial", "approved"),
    Post(1, PostKind.DAILY, "coffee", "Fire kopper kaffe og et fad boller på et træbord, set oppefra",
         "Morgenmødet. Fire kopper, fire fagligheder og ti minutter, der sparer os for en hel dags"
         " misforståelser.\n\n#mitsocial #tværfaglighed", "submitted"),
    Post(2, PostKind.DAILY, "workshop", "Hammer, sav og skruetrækker på en tavle over et arbejdsbord",
         "Værkstedet i dag.", "returned"),
    Post(3, PostKind.DAILY, "garden", "", "Så er tomaterne", "writing"),
)  # fmt: skip

#: Somebody puts it up on the Facebook Page by hand; it was due a little while ago.
POST_BY_HAND = Post(0, PostKind.DAILY, "walk", "To mennesker set bagfra på vej ad en grussti",
    "Gåturen før frokost er et af dagens vigtigste møder. Der bliver sagt mere her end ved noget bord.",
    "approved", is_on_facebook=True)  # fmt: skip
#: Goes out by itself, on a day that is still ahead.
POST_AHEAD = Post(0, PostKind.DAILY, "workshop", "Hammer, sav og skruetrækker på en tavle over et bord",
    "Alt har sin plads på tavlen. Det giver ro, når hænderne skal i gang.\n\n#mitsocial",
    "approved")  # fmt: skip


def desk(session: Session, karen: Actor, profile_id: int, unit_id: int, now: datetime) -> None:
    """What communications have made ready: hashtags, ideas, and a look at what the profile shares."""
    at = now - timedelta(days=20)
    profiles.attest_sharing(session, karen, profile_id, shares_to_facebook=False, now=at)
    for name, tags, short_name in _SETS:
        unit = organisation.find_unit(session, short_name) if short_name else None
        hashtags.add_set(session, karen, NewSet(name, tags, unit_id=unit.id if unit else None), now=at)
    for text in _IDEAS:
        drafts.start(session, karen, Start(PostKind.DAILY, unit_id=unit_id, caption=text), now=at)


def make_post(
    session: Session, karen: Actor, takeover: TakeoverView, post: Post, due_at: datetime | None, at: datetime
) -> None:
    """One post by the takeover's host, as far as its state says."""
    host = takeover.hosts[0]
    me = Actor("host", host.id, host.name, host.email, frozenset({Role.HOST}), frozenset({takeover.unit_id}))
    draft_id = drafts.start(session, me, Start(post.kind, takeover.id, due_at=due_at), now=at)
    place = f"takeover:{takeover.id}"
    item = intake.take_in(session, me, place, takeover.unit_id, picture(post.scene), now=at)
    saving.add_pictures(session, me, draft_id, item, now=at)
    saving.change(
        session, me, draft_id,
        lambda content: replace(
            content.with_picture(item, alt=post.alt),
            caption=post.caption,
            channels=(*content.channels, Channel.FACEBOOK) if post.is_on_facebook else content.channels,
        ),
        now=at,
    )  # fmt: skip
    if post.state == "writing":
        return
    people.declare_nobody(session, me, place, item, now=at)
    _send(session, me, draft_id, at)
    if post.state == "submitted":
        return
    row = draft_row(session, draft_id)
    later = at + timedelta(hours=2)
    if post.state == "returned":
        note = "Godt billede! Skriv gerne et par linjer mere: Hvad laver I derinde?"
        reviewing.send_back(session, karen, draft_id, note, row.version, now=later)
        return
    wanted = reviewing.Approve(row.version, {item: 0})
    outcome = reviewing.approve(session, karen, draft_id, wanted, now=later)
    assert outcome.is_done, outcome.standing


def _send(session: Session, me: Actor, draft_id: str, now: datetime) -> None:
    outcome = submitting.submit(session, me, draft_id, draft_row(session, draft_id).version, now=now)
    assert outcome.is_done, outcome.standing
