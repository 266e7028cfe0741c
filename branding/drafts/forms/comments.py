"""A remark about a post."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from branding.drafts.forms.words import plain
from branding.drafts.values.comments import NewComment
from branding.web.forms import Form, longest
from branding.web.forms import gettext_lazy as _l


class CommentForm(Form):
    text = TextAreaField(_l("Comment"), filters=[plain], validators=[longest(2000)])
    to = RadioField(
        _l("Who reads it?"),
        choices=[SelectChoice("host", _l("Write to the host")), SelectChoice("staff", _l("Colleagues only"))],
        validators=[Optional()],
    )
    parent_id = HiddenField(validators=[longest(32)])

    def to_values(self) -> NewComment:
        return NewComment(self.text.data or "", self.to.data != "host", self.parent_id.data or None)
