"""The table of files on their way in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime


class MediaUpload(SQLModel, table=True):
    """An upload that may stop and go on; its chunks lie sealed under ``uploads/media`` for a day at most."""

    __tablename__ = "media_upload"
    __table_args__ = (CheckConstraint("received BETWEEN 0 AND size", name="received"),)

    #: Random; also the name of its key in the key store.
    id: str = Field(primary_key=True, max_length=32)
    #: Where the item will belong.
    place: str = Field(max_length=64)
    #: Whose coordinator may see it.
    unit_id: int = Field(foreign_key="unit.id")
    #: Bytes that are to come.
    size: int
    #: Bytes that are here.
    received: int = Field(default=0)
    #: Who sends it, as a reference.
    made_by: str = Field(max_length=40)
    #: When it began.
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    #: The item that it became; its chunks are gone then.
    item_id: str | None = Field(default=None, foreign_key="media_item.id", max_length=32)
