"""What is missing or wrong in an installation, in plain words: ``branding doctor`` and production's start."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.core import clock
from branding.core.db import Database
from branding.core.files import PACKAGE
from branding.core.settings import Settings
from branding.migrations import schema
from branding.organisation import queries as organisation
from branding.outbox import queries as outbox
from branding.rotation import queries as rotation


@dataclass(frozen=True, slots=True)
class Finding:
    """``stops_production``: ``branding serve`` refuses to start until it is put right."""

    text: str
    stops_production: bool = False


def findings(settings: Settings, database: Database) -> list[Finding]:
    """Everything there is to say, the serious first."""
    found = [*_of_settings(settings), *_of_assets()]
    try:
        if not schema.is_current(database):
            found.append(
                Finding("The database is not up to date: run `branding migrate`.", stops_production=True)
            )
        else:
            with database.reader() as session:
                found += _of_data(session)
    except SQLAlchemyError as error:
        found.append(
            Finding(f"The database does not answer ({type(error).__name__}).", stops_production=True)
        )
    return sorted(found, key=lambda finding: not finding.stops_production)


def _of_settings(settings: Settings) -> list[Finding]:
    found = []
    if not settings.base_url:
        found.append(
            Finding("STAFET_BASE_URL is not set: links in mails would lead nowhere.", stops_production=True)
        )
    elif not settings.is_https:
        found.append(
            Finding("STAFET_BASE_URL is not https: sign-ins could be read on the way.", stops_production=True)
        )
    if min(map(len, (settings.secret_key, settings.audit_key, settings.data_key))) < 32:
        text = "STAFET_SECRET_KEY, STAFET_AUDIT_KEY and STAFET_DATA_KEY need at least 32 characters."
        found.append(Finding(text, stops_production=True))
    keys = settings.data_dir / "keys"
    if keys.exists() and keys.stat().st_mode & 0o077:
        found.append(
            Finding("Others on this machine can open the folder with the keys.", stops_production=True)
        )
    if not settings.sends_mail:
        found.append(Finding("SMTP_HOST is not set: no mail leaves Stafet."))
    elif not settings.mail_from:
        found.append(Finding("STAFET_MAIL_FROM is not set: mails have no sender.", stops_production=True))
    if settings.rate_limit_store == "memory://":
        text = (
            "Rate limits are counted in each process on its own; set STAFET_RATE_LIMIT_STORE to share them."
        )
        found.append(Finding(text))
    return found


def _of_assets() -> list[Finding]:
    stamp, lock = PACKAGE / "static" / "vendor" / "package-lock.stamp", PACKAGE.parent / "package-lock.json"
    if not stamp.exists():
        return [Finding("The design system's files are missing: pages use Stafet's own look only.")]
    if lock.exists() and stamp.read_text() != lock.read_text():
        return [
            Finding("The design system's files are older than package-lock.json: install the package again.")
        ]
    return []


def _of_data(session: Session) -> list[Finding]:
    found = []
    own = organisation.find_organisation(session)
    if own is None:
        found.append(Finding("There is no organisation yet: run `branding init`.", stops_production=True))
    elif own.is_demo:
        found.append(
            Finding(
                "The database holds the example data: run `branding init --replace-demo`.",
                stops_production=True,
            )
        )
    elif not (own.contact_phone or own.contact_email):
        found.append(
            Finding("Hosts are not told whom to call: fill in the contact on the page Organisation.")
        )
    for year in rotation.missing_holiday_years(session, clock.today()):
        found.append(Finding(f"The holiday table has no weeks for {year}."))
    failed = outbox.failed_count(session)
    if failed:
        found.append(Finding(f"{failed} mails could not be sent; see the page Mails."))
    if own and not own.is_demo and len(accounts.admin_ids(session)) < 2:
        found.append(Finding("Only one person is administrator: nobody can help if that account is lost."))
    return found
