"""Numbers that somebody has read in the channel's app."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from branding.publishing.values.calls import Metric
from branding.web.forms import Form
from branding.web.forms import gettext_lazy as _l


def _number(label: Any) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(0, 10**9, _l("A number is 0 or more."))])


class NumbersForm(Form):
    """What is left empty stays unknown."""

    views = _number(_l("Views"))
    reach = _number(_l("Accounts reached"))
    likes = _number(_l("Likes"))
    comments = _number(_l("Comments"))
    saved = _number(_l("Saved"))
    shares = _number(_l("Shared"))

    def values(self) -> dict[Metric, int | None]:
        return {metric: self[metric.value].data for metric in Metric if metric.value in self._fields}
