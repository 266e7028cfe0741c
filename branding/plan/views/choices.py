"""What the selects of the forms offer: channels, kinds, units and people."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from branding.accounts import queries as accounts
from branding.core import policy
from branding.organisation import queries as organisation
from branding.organisation.values import UnitView
from branding.plan.forms.activities import ActivityForm, WhoForm
from branding.plan.queries.channels import channels
from branding.plan.values import ACTIVITY_KINDS, RHYTHMS, STATUSES, USUAL_KINDS, ChannelKind, Status
from branding.web.guards import actor
from branding.web.i18n import translate
from branding.web.transaction import db


def offer(
    form: WhoForm, action: str, *, channel_id: int = 0, unit_id: int | None = None, user_id: int | None = None
) -> None:
    """What is in use, and what was chosen before; units only where the reader has ``action``."""
    found = [one for one in channels(db(), archived=True) if not one.is_archived or one.id == channel_id]
    form.channel_id.choices = [(one.id, one.name) for one in found]
    kinds = [SelectChoice(kind.value, translate(word)) for kind, word in ACTIVITY_KINDS.items()]
    form.usual_kinds = {one.id: USUAL_KINDS[one.kind] for one in found}
    form.kind.choices = kinds if channel_id else [SelectChoice("", _("As usual on the channel")), *kinds]
    form.unit_id.choices = unit_choices(action, unit_id)
    people = [one for one in accounts.people(db()) if one.deactivated_at is None or one.id == user_id]
    form.responsible_id.choices = [(0, "–"), *((one.id, one.name) for one in people)]
    if isinstance(form, ActivityForm):
        words = [
            (one, word) for one, word in STATUSES.items() if one != Status.CANCELLED or form.state.data == one
        ]
        form.state.choices = [SelectChoice(status.value, translate(word)) for status, word in words]


def usual_channel() -> int | None:
    """Where most of what is new goes out."""
    return next((one.id for one in channels(db()) if one.kind == ChannelKind.LINKEDIN), None)


def unit_choices(action: str, unit_id: int | None = None) -> list[Any]:
    """Everybody, when the reader may, and the units that the reader may choose."""
    mine = [
        (unit.id, named(unit))
        for unit in organisation.units(db(), archived=True)
        if policy.covers(actor(), action, unit.id) and (not unit.is_archived or unit.id == unit_id)
    ]
    return [(0, _("Everybody")), *mine] if policy.covers(actor(), action, None) else mine


def rhythm_choices() -> list[SelectChoice]:
    return [SelectChoice(one.value, translate(word)) for one, word in RHYTHMS.items()]


def named(unit: UnitView) -> str:
    """An afdeling says which specialområde it belongs to."""
    return unit.name if unit.id == unit.area_id else f"{unit.area_short_name} · {unit.name}"


def units_by_id() -> dict[int, UnitView]:
    return {unit.id: unit for unit in organisation.units(db(), archived=True)}
