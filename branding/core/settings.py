"""Settings: one frozen class, read from the environment.

The law for defaults: a default must be right for production and fit to be
published.  Secrets therefore have none, and neither has the public address.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

#: What is in braces is filled in; the words are those of a Danish gateway.
_SMS_FORM = '{"sender": "{from}", "message": "{text}", "recipients": [{"msisdn": "{to}"}]}'


@dataclass(frozen=True, slots=True)
class Settings:
    #: Where the database, the keys and other runtime files lie.
    data_dir: Path
    #: SQLAlchemy address; SQLite in ``data_dir`` when nothing is said.
    database_url: str
    #: The address that people use, without a slash at the end; goes into mails.
    base_url: str
    #: Signs cookies and tokens.
    secret_key: str
    #: Keys the audit chain's hashes.
    audit_key: str
    #: Encrypts what must be read again; whoever loses it loses that.
    data_key: str
    #: One key for each person whose consent is kept; never in a backup that is kept in versions.
    key_store: Path = Path("var/people-keys")
    #: What people put in: consent forms and photos.
    uploads: Path = Path("uploads")
    #: Empty: nothing is sent, and an admin page shows what would have been.
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    #: starttls, tls or none.
    smtp_security: str = "starttls"
    #: The sender of Stafet's mails.
    mail_from: str = ""
    #: Where messages to Teams go; whoever knows it can write there, so it is a secret.
    teams_webhook: str = ""
    #: An SMS gateway that takes JSON, its token, the sender's name, and the form of its message.
    sms_url: str = ""
    sms_token: str = ""
    sms_sender: str = "Stafet"
    sms_form: str = _SMS_FORM
    #: How many trusted proxies stand in front and set X-Forwarded-For.
    proxies: int = 0
    #: Where rate limits are counted; processes that share the load must share it.
    rate_limit_store: str = "memory://"
    #: A TOML file whose entries replace those of ``publishing/apis.toml``.
    apis: Path | None = None

    @property
    def sends_mail(self) -> bool:
        return bool(self.smtp_host)

    @property
    def has_keys(self) -> bool:
        return bool(self.secret_key and self.audit_key and self.data_key)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    def with_keys(self, keys: Keys) -> Settings:
        """Fill in the secrets that the environment did not give."""
        return replace(
            self,
            secret_key=self.secret_key or keys.secret_key,
            audit_key=self.audit_key or keys.audit_key,
            data_key=self.data_key or keys.data_key,
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        env = os.environ if environment is None else environment
        data_dir = Path(env.get("STAFET_DATA_DIR") or "var").resolve()
        return cls(
            data_dir=data_dir,
            database_url=_driver(env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'stafet.db'}"),
            base_url=env.get("STAFET_BASE_URL", "").rstrip("/"),
            secret_key=env.get("STAFET_SECRET_KEY", ""),
            audit_key=env.get("STAFET_AUDIT_KEY", ""),
            data_key=env.get("STAFET_DATA_KEY", ""),
            key_store=Path(env.get("STAFET_KEY_STORE") or data_dir / "people-keys").resolve(),
            uploads=_uploads(env, data_dir),
            smtp_host=env.get("SMTP_HOST", ""),
            smtp_port=_number(env, "SMTP_PORT", 587),
            smtp_user=env.get("SMTP_USER", ""),
            smtp_password=env.get("SMTP_PASSWORD", ""),
            smtp_security=env.get("SMTP_SECURITY") or "starttls",
            mail_from=env.get("STAFET_MAIL_FROM", ""),
            teams_webhook=_web_address(env, "STAFET_TEAMS_WEBHOOK"),
            sms_url=_web_address(env, "STAFET_SMS_URL"),
            sms_token=env.get("STAFET_SMS_TOKEN", ""),
            sms_sender=env.get("STAFET_SMS_SENDER") or "Stafet",
            sms_form=_form(env, "STAFET_SMS_FORM") or _SMS_FORM,
            proxies=_number(env, "STAFET_PROXIES", 0),
            rate_limit_store=env.get("STAFET_RATE_LIMIT_STORE") or "memory://",
            apis=Path(env["STAFET_APIS"]).resolve() if env.get("STAFET_APIS") else None,
        )


def _uploads(env: Mapping[str, str], data_dir: Path) -> Path:
    """``uploads/`` of the project, or of the data folder when that is set."""
    is_elsewhere = "STAFET_DATA_DIR" in env and not env.get("STAFET_UPLOADS")
    return data_dir / "uploads" if is_elsewhere else Path(env.get("STAFET_UPLOADS") or "uploads").resolve()


def _number(env: Mapping[str, str], name: str, otherwise: int) -> int:
    try:
        return int(env.get(name) or otherwise)
    except ValueError:
        raise ValueError(f"{name} must be a whole number.") from None


def _web_address(env: Mapping[str, str], name: str) -> str:
    """Messages and tokens go there: encrypted, or not beyond this machine."""
    address = env.get(name, "")
    parts = urlsplit(address)
    if address and parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f"{name} must begin with https://.")
    return address


def _form(env: Mapping[str, str], name: str) -> str:
    form = env.get(name, "")
    try:
        json.loads(form or "{}")
    except ValueError:
        raise ValueError(f"{name} must be JSON.") from None
    if form and not all(place in form for place in ("{to}", "{text}")):
        raise ValueError(f"{name} must say where {{to}} and {{text}} go.")
    return form


def _driver(url: str) -> str:
    """PostgreSQL addresses come without a driver's name; ours is psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


@dataclass(frozen=True, slots=True)
class Keys:
    secret_key: str
    audit_key: str
    data_key: str


def keys_in(folder: Path) -> Keys:
    """Read the keys of a folder that only its owner may open; make them the first time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return Keys(*(_key(folder / f"{name}.key") for name in ("secret", "audit", "data")))


def _key(path: Path) -> str:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass  # made at an earlier start: it must stay the same
    for _ in range(40):
        if key := path.read_text().strip():
            return key
        time.sleep(0.05)  # another process has made the file this moment and is about to fill it
    raise ValueError(f"{path} is empty: restore it from a backup, or remove it in a new installation.")
