"""What somebody who posts by hand answers."""

from __future__ import annotations

from wtforms import StringField

from branding.web.forms import Form, longest, strip
from branding.web.forms import gettext_lazy as _l


class DoneForm(Form):
    """``do`` is the pressed button: open, done or cannot."""

    do = StringField(validators=[longest(10)])
    permalink = StringField(_l("The post's address"), filters=[strip], validators=[longest(300)])
