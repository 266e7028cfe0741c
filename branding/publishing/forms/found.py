"""What somebody says about a post that Stafet did not publish."""

from __future__ import annotations

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from branding.web.forms import Form
from branding.web.forms import gettext_lazy as _l

FINE, DOWN, BIND, GONE = "fine", "down", "bind", "gone"


class FoundForm(Form):
    """``publication`` is set by the view: ours that it may be."""

    answer = RadioField(
        _l("What is it?"),
        choices=[
            SelectChoice(FINE, _l("Fine: nobody can be recognised, or the consents are kept elsewhere")),
            SelectChoice(DOWN, _l("It must come down")),
            SelectChoice(GONE, _l("It is gone already")),
            SelectChoice(BIND, _l("It is one of ours")),
        ],
        validators=[InputRequired(_l("Look at the post and choose."))],
    )
    publication = SelectField(_l("Which of ours?"), validate_choice=False)
