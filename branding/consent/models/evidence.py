"""Tables of evidence: sealed files, apart from the records they prove."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from branding.consent.values.records import FileKind
from branding.core.db import UtcDateTime, values_in


class Evidence(SQLModel, table=True):
    """A sealed file under ``uploads/evidence``.  Its key is wrapped by the person's, that by the master's."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint(values_in("kind", FileKind), name="kind"),
        UniqueConstraint("file_name"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: What it proves.
    consent_id: str = Field(foreign_key="consent.id", index=True)
    #: signature, scan or record.
    kind: str
    #: image/jpeg, image/svg+xml, application/pdf or application/json, as we found it, not as we were told.
    mime: str = Field(max_length=40)
    #: Bytes before sealing.
    size: int
    #: SHA-256 before sealing, in hex.
    sha256: str = Field(max_length=64)
    #: SHA-256 of the file as it came, before pictures were made anew; in hex.
    source_sha256: str = Field(max_length=64)
    #: What the sealed file is called: random, says nothing.
    file_name: str = Field(max_length=40)
    #: The file's own key, sealed with the person's.
    wrapped_key: str = Field(max_length=200)
    #: When it was put away.
    stored_at: datetime = Field(sa_type=UtcDateTime)
    #: Set when the file was found missing or changed: the gate no longer counts on it.
    damaged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: Set when the file was removed: no longer needed, or the person was erased.
    purged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
