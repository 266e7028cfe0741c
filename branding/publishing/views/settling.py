"""Is it out?  Somebody has looked at the profile and says so."""

from __future__ import annotations

from typing import Any

from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.publishing.forms.settling import YES, SettleForm
from branding.publishing.service import settling
from branding.publishing.views.blueprint import bp
from branding.publishing.views.plan import shown
from branding.web.guards import actor, requires
from branding.web.pages import go
from branding.web.transaction import db


@bp.route("/publishing/<id:publication_id>/is-it-out", methods=["GET", "POST"])
@requires(settling.SETTLE)
def settle_page(publication_id: str) -> Any:
    """The page of the publication with its two answers."""
    form, now = SettleForm(), clock.now()
    if form.validate_on_submit():
        version, address = form.version_number, form.permalink.data or ""
        try:
            if form.answer.data == YES:
                settling.say_published(db(), actor(), publication_id, address, version, now=now)
                notice = say("Thank you. The post is written down as out.")
            else:
                settling.say_not_published(db(), actor(), publication_id, version, now=now)
                notice = say("Thank you. The post is not out. Choose whether it is to be sent again.")
        except RuleBroken as error:
            form.refuse(error)
        else:
            return go("publishing.publication_page", publication_id=publication_id, notice=notice)
    return shown(publication_id, settle=form if form.is_submitted() else None)
