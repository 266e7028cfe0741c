"""Forms of sign-in, invitations and one's own account."""

from __future__ import annotations

from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from branding.accounts.values import OwnRequest
from branding.core.actor import Role
from branding.web.forms import Form, email, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class SignInForm(Form):
    email = EmailField(_l("Mail"), [needed(), longest(254)], filters=[strip])
    password = PasswordField(_l("Password"), [needed(), longest(200)])
    next = HiddenField(validators=[longest(500)])


class LinkForm(Form):
    email = EmailField(_l("Mail"), [needed(), longest(254), email()], filters=[strip])
    next = HiddenField(validators=[longest(500)])


class ButtonForm(Form):
    """Nothing but a button."""


class CodeForm(Form):
    code = StringField(_l("Code"), [needed(), longest(40)], filters=[strip])


class SetUpForm(CodeForm):
    current = PasswordField(_l("Present password"), [longest(200)])
    #: The new secret, sealed: it is stored when its first code is right.
    sealed = HiddenField(validators=[longest(300)])


class RequirementForm(Form):
    """One tick a role; the page names them."""

    roles = SelectMultipleField(choices=[SelectChoice(role.value, "") for role in Role])


class NewPasswordForm(Form):
    password = PasswordField(_l("Choose a password"), [needed(), longest(200)])


class ChangePasswordForm(Form):
    current = PasswordField(_l("Present password"), [longest(200)])
    password = PasswordField(_l("New password"), [needed(), longest(200)])


class OwnForm(Form):
    name = StringField(_l("Name"), [needed(), longest(120)], filters=[strip])
    language = SelectField(
        _l("Language"), choices=[SelectChoice("da", "Dansk"), SelectChoice("en", "English")]
    )
    version = IntegerField(_l("Version"), [needed()], widget=HiddenInput())

    def to_values(self) -> OwnRequest:
        return OwnRequest(self.name.data, self.language.data, self.version.data)
