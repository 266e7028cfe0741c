"""Keeping and opening what proves an answer."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlmodel import Session

from branding.consent import vault
from branding.consent.models import Evidence
from branding.consent.values.records import FileKind
from branding.core.ids import new_id


def keep(
    session: Session,
    consent_id: str,
    subject_id: str,
    kind: FileKind,
    content: bytes,
    mime: str,
    *,
    source: bytes | None = None,
    now: datetime,
) -> str:
    """Seal a file and note what it proves; returns its id.  ``source``: as it came, when that differs."""
    evidence_id = new_id()
    file = vault.put(session, subject_id, evidence_id, content)
    session.add(
        Evidence(
            id=evidence_id,
            consent_id=consent_id,
            kind=kind,
            mime=mime,
            size=file.size,
            sha256=file.sha256,
            source_sha256=hashlib.sha256(content if source is None else source).hexdigest(),
            file_name=file.name,
            wrapped_key=file.wrapped_key,
            stored_at=now,
        )
    )
    session.flush()
    return evidence_id
