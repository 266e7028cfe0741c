"""How far asking somebody about one thing has come, by the rules of answers."""

from __future__ import annotations

from datetime import datetime

from branding.consent.rules.answers import in_force
from branding.consent.rules.standing import state_of, to_verify
from branding.consent.values.gate import ConsentFacts, PersonFacts
from branding.consent.values.records import Target
from branding.consent.values.requests import AskedState
from branding.consent.values.standing import State

#: What an answer's own state is called here; what is left is a yes, checked or not.
_CALLED = {
    State.REFUSED: AskedState.NO,
    State.WITHDRAWN: AskedState.WITHDRAWN,
    State.EXPIRED: AskedState.EXPIRED,
    # A yes on a form that was recalled counts like none: it is asked again.
    State.INVALID: AskedState.EXPIRED,
}


def answer_about(person: PersonFacts, target: Target, ref: str, at: datetime) -> ConsentFacts | None:
    """What the person last said about this."""
    about = [one for one in in_force(person.answers, at) if (one.target, one.target_ref) == (target, ref)]
    return max(about, key=lambda one: (one.signed_at, one.recorded_at, one.id), default=None)


def answered_state(person: PersonFacts, answer: ConsentFacts, at: datetime) -> AskedState:
    """What an answer in force has come to; what it opens, only the gate says."""
    called = _CALLED.get(state_of(answer, person, at))
    if called is not None:
        return called
    return AskedState.TO_VERIFY if answer in to_verify(person, at) else AskedState.YES
