"""What people say about live posts that somebody must look at."""

from __future__ import annotations

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class GoneForm(Form):
    looked = BooleanField(
        _l("I have looked: it is not there any more"),
        validators=[InputRequired(_l("Look first, and tick when it is gone."))],
    )


class StayForm(Form):
    because = TextAreaField(
        _l("Why may it stay?"),
        filters=[strip],
        validators=[needed(_l("Write why it may stay.")), longest(1000)],
    )


class WishForm(Form):
    """One button."""
