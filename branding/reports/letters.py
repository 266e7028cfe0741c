"""Mails with a report, written in Danish: the list may hold people whom Stafet does not know."""

from __future__ import annotations

from sqlmodel import Session

from branding.core.text import Text
from branding.organisation import queries as organisation
from branding.outbox.values import Attachment, Mail
from branding.reports.models import ReportFile
from branding.reports.queries.archive import order_of
from branding.reports.values.orders import MEDIA_TYPES, TITLES, Form
from branding.reports.wording import period_text
from branding.reports.writing import file_name
from branding.web.mailing import render_mail
from branding.web.stafet import stafet


def report(session: Session, row: ReportFile, address: str, token: str) -> Mail:
    """With the file, or with a link when there is a token."""
    order, form = order_of(row), Form(row.form)
    title: Text = TITLES[order.kind]
    subject, text = render_mail(
        "reports/mail/report.txt",
        row.language,
        title=title,
        period=period_text(order.first, order.last),
        link=f"{stafet().settings.base_url}/r/{token}" if token else "",
        organisation=organisation.find_organisation(session),
    )
    files = () if token else (Attachment(file_name(order, form), MEDIA_TYPES[form], row.content or b""),)
    return Mail(address, subject, text, files, row.language)
