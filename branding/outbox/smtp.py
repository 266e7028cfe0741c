"""The mail server: one mail at a time, as text and as HTML, with its files."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from branding.core.errors import Outside
from branding.core.settings import Settings
from branding.core.text import say
from branding.outbox.as_html import as_html
from branding.outbox.values import Claimed

_TIMEOUT_S = 20


def send(settings: Settings, claimed: Claimed) -> None:
    """Hand the mail to the server; Outside says whether it pays to try again.

    RFC 5321 section 4.2.1: a 5yz reply is permanent, a 4yz reply is transient.
    """
    try:
        message = _message(settings, claimed)
    except (ValueError, IndexError) as error:  # what the standard library says of an address it cannot write
        raise _outside("unwritable", permanent=True) from error
    try:
        _deliver(settings, message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _outside(f"smtp_{code}", permanent=code >= 500) from error
    except smtplib.SMTPAuthenticationError as error:
        # A wrong password is put right by people, so the mails must still be there when it is.
        raise _outside("smtp_login", permanent=False) from error
    except smtplib.SMTPResponseException as error:
        raise _outside(f"smtp_{error.smtp_code}", permanent=error.smtp_code >= 500) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _outside(type(error).__name__, permanent=False) from error


def _message(settings: Settings, claimed: Claimed) -> EmailMessage:
    message = EmailMessage()
    sender = settings.mail_from
    message["From"] = sender
    message["To"] = claimed.mail.to
    message["Subject"] = claimed.mail.subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<{claimed.message_id}@{sender.rsplit('@', 1)[-1].strip('>') or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(claimed.mail.text)
    html = as_html(claimed.mail.subject, claimed.mail.text, claimed.mail.language)
    message.add_alternative(html, subtype="html")
    for one in claimed.mail.attachments:
        kind, _, subkind = one.media_type.partition("/")
        message.add_attachment(one.content, maintype=kind, subtype=subkind, filename=one.name)
    message["Content-Language"] = claimed.mail.language  # last: the lines above write headers of their own
    return message


def _deliver(settings: Settings, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.smtp_host, settings.smtp_port, timeout=_TIMEOUT_S, context=context
        )
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_TIMEOUT_S)
    with server:
        # A misspelt setting must not send passwords in the clear.
        if settings.smtp_security not in ("tls", "none"):
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        try:
            server.send_message(message)
        except smtplib.SMTPNotSupportedError as error:  # an address that this server has no letters for
            raise _outside("unwritable", permanent=True) from error


def _outside(code: str, *, permanent: bool) -> Outside:
    return Outside(code, say("The mail server did not take the mail."), permanent=permanent)
