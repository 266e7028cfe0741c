"""An idea for a post."""

from __future__ import annotations

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from branding.drafts.forms.words import plain
from branding.drafts.values.drafts import Start
from branding.drafts.values.kinds import GUIDES, PostKind
from branding.web.forms import Form, longest, needed
from branding.web.forms import gettext_lazy as _l
from branding.web.i18n import translate


class IdeaForm(Form):
    """The units are set by the view."""

    caption = TextAreaField(_l("The idea"), filters=[plain], validators=[needed(), longest(2200)])
    unit_id = SelectField(_l("Unit"), validators=[needed()])
    kind = RadioField(
        _l("Kind of post"),
        choices=[SelectChoice(one.value, one.value) for one in PostKind],
        default=PostKind.DAILY.value,
    )

    def label_kinds(self) -> None:
        """The kinds in the reader's language."""
        self.kind.choices = [
            SelectChoice(key.value, str(translate(one.label))) for key, one in GUIDES.items()
        ]

    def to_values(self) -> Start:
        return Start(
            PostKind(self.kind.data), unit_id=int(self.unit_id.data), caption=self.caption.data or ""
        )
