"""Forms of how a profile's posts go out."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp
from wtforms.widgets import HiddenInput

from branding.core import clock
from branding.publishing.values.connections import ConnectionView, ConnectRequest
from branding.publishing.values.states import Flavour
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l

_FLAVOURS = [
    SelectChoice(Flavour.FACEBOOK_LOGIN.value, _l("By a Facebook Page (recommended)")),
    SelectChoice(Flavour.INSTAGRAM_LOGIN.value, _l("By Instagram alone")),
]


class ConnectForm(Form):
    """The account, and the token that opens it."""

    flavour = RadioField(_l("How is the Instagram profile set up?"), choices=_FLAVOURS)
    account_id = StringField(
        _l("Account number"),
        [needed(), longest(80), Regexp(r"[0-9]+$", message=_l("Write the number only, without letters."))],
        filters=[strip],
    )
    token = PasswordField(_l("Token"), [longest(2000)], filters=[strip])
    expires_on = DateField(_l("The token runs out on"), [Optional()])
    version = IntegerField(widget=HiddenInput())

    @classmethod
    def for_connection(cls, found: ConnectionView, *, is_instagram: bool) -> ConnectForm:
        form = cls(
            flavour=(found.flavour or Flavour.FACEBOOK_LOGIN).value,
            account_id=found.account_id,
            expires_on=clock.local(found.token_expires_at).date() if found.token_expires_at else None,
            version=found.version,
        )
        if not is_instagram:
            del form.flavour
        return form

    def to_values(self) -> ConnectRequest:
        until = self.expires_on.data
        flavour: Any = self._fields.get("flavour")
        return ConnectRequest(
            account_id=self.account_id.data or "",
            token="".join((self.token.data or "").split()),
            version=self.version.data or 0,
            flavour=Flavour(flavour.data) if flavour is not None and flavour.data else None,
            expires_at=clock.at_local(until) if until else None,
        )


class HandForm(Form):
    """Who posts by hand; the view offers the people."""

    user_id = SelectField(_l("Who posts by hand"), coerce=int)
    version = IntegerField(widget=HiddenInput())
