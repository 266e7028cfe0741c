"""What the text step sends: every text with the mark of what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from branding.consent.values.records import Channel
from branding.drafts.values.content import Content, digest


@dataclass(frozen=True, slots=True)
class Alt:
    """What is said of a picture to those who cannot see it, or why nothing is."""

    alt: str = ""
    decorative_because: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a post as somebody wrote them."""

    caption: str = ""
    first_comment: str = ""
    place: str = ""
    collaborators: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = (Channel.INSTAGRAM,)
    texts: Mapping[Channel, str] = field(default_factory=dict)
    #: By picture.
    alts: Mapping[str, Alt] = field(default_factory=dict)
    #: By the key of a finding.
    reasons: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Content) -> Words:
        return cls(
            content.caption,
            content.first_comment,
            content.place,
            content.collaborators,
            content.tags,
            content.channels,
            content.texts,
            {one.item_id: Alt(one.alt, one.decorative_because) for one in content.pictures},
            content.reasons,
        )

    def marks(self) -> dict[str, str]:
        """A short mark for each text: what a form sends back to say what it was made from."""
        values: dict[str, object] = {
            "caption": self.caption,
            "first_comment": self.first_comment,
            "place": self.place,
            "collaborators": list(self.collaborators),
            "tags": list(self.tags),
            "channels": [one.value for one in self.channels],
            "texts": {channel.value: text for channel, text in self.texts.items() if text},
            "reasons": {key: text for key, text in self.reasons.items() if text},
        }
        values |= {f"alt-{item}": [one.alt, one.decorative_because] for item, one in self.alts.items()}
        return {name: digest(value)[:16] for name, value in values.items()}
