"""A set of hashtags."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField, TextAreaField

from branding.drafts.values.hashtags import NewSet
from branding.web.forms import Form, longest, needed, strip
from branding.web.forms import gettext_lazy as _l


class HashtagForm(Form):
    """The choices of the selects are set by the view; an empty one means everybody."""

    name = StringField(_l("Name"), filters=[strip], validators=[needed(), longest(80)])
    tags = TextAreaField(_l("Hashtags"), filters=[strip], validators=[needed(), longest(600)])
    profile_id = SelectField(_l("Profile"))
    unit_id = SelectField(_l("Unit"))
    profession_id = SelectField(_l("Profession"))
    version = HiddenField()

    @property
    def version_number(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0

    def to_values(self) -> NewSet:
        return NewSet(
            self.name.data or "",
            self.tags.data or "",
            int(self.profile_id.data) if self.profile_id.data else None,
            int(self.unit_id.data) if self.unit_id.data else None,
            int(self.profession_id.data) if self.profession_id.data else None,
        )
