"""The table of who is in a picture or film."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from branding.core.db import UtcDateTime, values_in
from branding.media.values.items import Answer, FoundBy


class MediaPerson(SQLModel, table=True):
    """A face box, a person, or both.  No picture of the face, and nothing that could find it elsewhere."""

    __tablename__ = "media_person"
    __table_args__ = (
        CheckConstraint(values_in("found_by", FoundBy), name="found_by"),
        CheckConstraint(values_in("answer", Answer), name="answer"),
    )

    #: Random.
    id: str = Field(primary_key=True, max_length=32)
    #: Which item.
    item_id: str = Field(foreign_key="media_item.id", index=True, max_length=32)
    #: [x, y, w, h] as fractions of the picture; empty for a person without a box.
    box: list[Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    #: detector or person.
    found_by: str
    #: How certain the detector is, in per cent.
    certainty: int | None = Field(default=None)
    #: What was said of it; empty until somebody did.
    answer: str | None = Field(default=None)
    #: The person on the register, as consent knows it.
    subject_id: str = Field(default="", index=True, max_length=32)
    #: Why the person cannot be recognised.
    because: str = Field(default="", max_length=300)
    #: Whether the person can be heard in the film.
    is_heard: bool = Field(default=False)
    #: Who said so, as a reference.
    answered_by: str = Field(default="", max_length=40)
    #: When.
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: The second person who agreed that nobody can recognise it, as a reference.
    confirmed_by: str = Field(default="", max_length=40)
    #: When.
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    #: When the row came.
    made_at: datetime = Field(sa_type=UtcDateTime)
