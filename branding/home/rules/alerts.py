"""What happened to posts and waits for somebody, as lines of the front page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from branding.core.text import Text, say_n
from branding.home.values import Waiting
from branding.publishing.values.alerts import AlertView, Event


def waiting(found: Iterable[AlertView]) -> list[Waiting]:
    """One line for each kind of event; one alone leads to its own page, what hurries most comes first."""
    by_event: dict[Event, list[AlertView]] = {}
    for one in found:
        by_event.setdefault(one.event, []).append(one)
    lines = []
    for event, words in _ALERTS.items():
        if alerts := by_event.get(event):
            endpoint, values = _place(event, alerts)
            text = say_n(words.msgid, words.plural or words.msgid, len(alerts))
            lines.append(Waiting(text, endpoint, values))
    return lines


def _place(event: Event, alerts: Sequence[AlertView]) -> tuple[str, dict[str, Any]]:
    one = alerts[0]
    if event in _OF_PROFILE and one.profile_id is not None:
        return "publishing.connection_page", {"profile_id": one.profile_id}
    if len(alerts) == 1 and event not in _CASES and one.publication_id is not None:
        return "publishing.publication_page", {"publication_id": one.publication_id}
    return _LISTS.get(event, "publishing.plan_page"), {}


_OF_PROFILE = (Event.RECONNECT, Event.TOKEN_SOON, Event.CROSSPOST_WORD)
#: About the case, which outlives the post.
_CASES = (Event.INCIDENT, Event.INCIDENT_CLOCK)
#: Where several of a kind stand, when that is not the plan.
_LISTS: Mapping[Event, str] = {
    Event.TAKEDOWN: "publishing.takedowns_page",
    Event.TAKEDOWN_LATE: "publishing.takedowns_page",
    Event.REVIEW_LIVE: "publishing.takedowns_page",
    Event.UNREGISTERED: "publishing.found_page",
    Event.INCIDENT: "publishing.incidents_page",
    Event.INCIDENT_CLOCK: "publishing.incidents_page",
}
_ALERTS: Mapping[Event, Text] = {
    Event.TAKEDOWN_LATE: say_n(
        "%(num)s post should be down by now", "%(num)s posts should be down by now", 1
    ),
    Event.TAKEDOWN: say_n("%(num)s post must come down", "%(num)s posts must come down", 1),
    Event.INCIDENT_CLOCK: say_n(
        "Decide whether the authority is told", "%(num)s cases: decide whether the authority is told", 1
    ),
    Event.COMMENT_NAMES: say_n(
        "A comment may name a citizen", "Comments below %(num)s posts may name citizens", 1
    ),
    Event.UNCLEAR: say_n(
        "Is a post out? Look at the profile", "Are %(num)s posts out? Look at the profile", 1
    ),
    Event.OVERDUE: say_n("%(num)s post is overdue", "%(num)s posts are overdue", 1),
    Event.RECONNECT: say_n("Connect a profile anew", "Connect %(num)s profiles anew", 1),
    Event.HAND_CHASE: say_n("%(num)s post by hand is not up yet", "%(num)s posts by hand are not up yet", 1),
    Event.FAILED: say_n("%(num)s post could not go out", "%(num)s posts could not go out", 1),
    Event.MISSED: say_n("%(num)s post missed its time", "%(num)s posts missed their time", 1),
    Event.REVIEW_LIVE: say_n("Look at a live post again", "Look at %(num)s live posts again", 1),
    Event.UNREGISTERED: say_n("A post is not from Stafet", "%(num)s posts are not from Stafet", 1),
    Event.INCIDENT: say_n("Something went wrong with a post", "Something went wrong with %(num)s posts", 1),
    Event.COMMENTS: say_n("New comments below a post", "New comments below %(num)s posts", 1),
    Event.COLLEAGUE_LEFT: say_n(
        "A colleague in a live post has left", "Colleagues in %(num)s live posts have left", 1
    ),
    Event.TOKEN_SOON: say_n("A connection ends soon", "%(num)s connections end soon", 1),
    Event.CROSSPOST_WORD: say_n(
        "Does the profile share its posts?", "Do %(num)s profiles share their posts?", 1
    ),
}
