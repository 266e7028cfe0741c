"""The person's own pages, by a receipt's link or a card: see it, say that it is right, take it back."""

from __future__ import annotations

from typing import Any

from flask import Response, session

from branding.consent import letters, proof
from branding.consent.forms.withdrawing import OwnForm
from branding.consent.queries import links as queries
from branding.consent.service import links, oral
from branding.consent.service import withdrawing as service
from branding.consent.values.names import CHANNELS
from branding.consent.values.withdrawals import OpenedCard
from branding.consent.views.blueprint import bp
from branding.consent.views.signing import in_danish
from branding.core import clock
from branding.core.errors import RuleBroken
from branding.core.text import say
from branding.organisation import queries as organisation
from branding.web.guards import actor, public, requires, user
from branding.web.i18n import translate
from branding.web.limits import SECRET_TRIES, limiter
from branding.web.pages import attachment, go, page
from branding.web.transaction import db


@bp.get("/my-consent/<token>")
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def my_consent_page(token: str) -> Any:
    """What the person said yes to, until when and where it is shown."""
    opened = queries.find_card(db(), token, clock.now())
    if opened is None:
        return _unknown(token)
    return _shown("consent/receipt.html", token, opened, can_confirm=not _is_staff_or_host())


@bp.post("/my-consent/<token>/confirm")
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def confirm_consent(token: str) -> Any:
    """One tap of the person's own; whoever wrote the answer down cannot do it on the own device."""
    if queries.find_card(db(), token, clock.now()) is None:
        return _unknown(token)
    if _is_staff_or_host():
        raise RuleBroken("own_tap", say("Only the person can say that it is right, on a phone of the own."))
    oral.confirm(db(), token, now=clock.now())
    return go("consent.my_consent_page", token=token)


@bp.route("/withdraw/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def withdraw_link_page(token: str) -> Any:
    """One heading, one sentence, one button.  Who comes back sees that it is done."""
    opened = queries.find_card(db(), token, clock.now())
    if opened is None:
        return _unknown(token)
    form = OwnForm()
    form.channels.choices = [(one.value, str(translate(CHANNELS[one]))) for one in opened.consent.left]
    if form.validate_on_submit():
        service.withdraw_by_link(db(), token, form.chosen, letters.withdrawn, now=clock.now())
        return go("consent.withdraw_link_page", token=token)
    return _shown("consent/withdraw.html", token, opened, form=form, status=form.status)


@bp.get("/withdraw/<token>/card.pdf")
@public
@limiter.limit(SECRET_TRIES)
@in_danish
def card_pdf(token: str) -> Any:
    """The card to print: a code and where it leads, no name."""
    if queries.find_card(db(), token, clock.now()) is None:
        return _unknown(token)
    return _card(token)


@bp.post("/consent/consents/<id:consent_id>/card")
@requires("consent:consent:ask")
def new_card(consent_id: str) -> Response:
    """A card for somebody who has none."""
    token = links.card_by_staff(db(), actor(), consent_id, now=clock.now())
    return _card(token)


def _card(token: str) -> Response:
    content = proof.card(letters.card_link(token), at=clock.now())
    return attachment(content, "application/pdf", "kort.pdf", inline=True)


def _is_staff_or_host() -> bool:
    return not user().is_anonymous or "host_link" in session


def _shown(template: str, token: str, opened: OpenedCard, *, status: int = 200, **context: Any) -> Any:
    own = opened.consent
    return page(
        template,
        status=status,
        token=token,
        own=own,
        unit=organisation.unit_by_id(db(), own.unit_id),
        channel_names=CHANNELS,
        down_by=service.down_by(own.withdrawn_at or clock.now()),
        **context,
    )


def _unknown(token: str) -> Any:
    was_ours = queries.was_revoked(db(), token)
    return page("consent/withdraw_closed.html", status=410 if was_ours else 404, was_ours=was_ours)
