"""What a post consists of: one frozen value, stored as JSON in each version of a draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from branding.consent.values.records import Channel
from branding.drafts.values.kinds import PostKind
from branding.media.values.pictures import Focus, Ratio


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or film of the post.  ``focus`` holds where each shape is cut; without one, the middle."""

    item_id: str
    alt: str = ""
    #: Why it needs no alt text; empty when it has one.
    decorative_because: str = ""
    focus: Mapping[Ratio, Focus] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        focus = {ratio.value: [one.x, one.y, one.zoom] for ratio, one in sorted(self.focus.items())}
        return {"item": self.item_id, "alt": self.alt, "decorative": self.decorative_because, "focus": focus}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Picture:
        focus = {Ratio(ratio): Focus(*one) for ratio, one in raw["focus"].items()}
        return cls(raw["item"], raw["alt"], raw["decorative"], focus)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything of a post that people write, choose or cut; who is seen in it, media knows."""

    kind: PostKind = PostKind.DAILY
    pictures: tuple[Picture, ...] = ()
    caption: str = ""
    first_comment: str = ""
    #: The place that is shown over the post, in words.
    place: str = ""
    #: Handles of co-authors, without the @.
    collaborators: tuple[str, ...] = ()
    #: Handles of accounts that are tagged in the pictures, without the @.
    tags: tuple[str, ...] = ()
    #: Where it goes; the takeover's own channel first.
    channels: tuple[Channel, ...] = (Channel.INSTAGRAM,)
    #: What another channel says instead of the caption.
    texts: Mapping[Channel, str] = field(default_factory=dict)
    #: The shape in the feed.
    ratio: Ratio = Ratio.PORTRAIT
    #: Why a finding of the lint is all right: the finding's key and the author's words.
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def item_ids(self) -> tuple[str, ...]:
        return tuple(one.item_id for one in self.pictures)

    def text_for(self, channel: Channel) -> str:
        """The words on a channel: its own, or the caption."""
        return self.texts.get(channel) or self.caption

    def all_texts(self) -> dict[str, str]:
        """Every text that people will see, by its name: what the lint reads."""
        found = {"caption": self.caption, "first_comment": self.first_comment, "place": self.place}
        found |= {channel.value: text for channel, text in self.texts.items()}
        found |= {"collaborators": " ".join(self.collaborators), "tags": " ".join(self.tags)}
        found |= {f"alt_{n}": one.alt for n, one in enumerate(self.pictures, 1)}
        return {name: text for name, text in found.items() if text}

    def with_picture(self, item_id: str, **changes: Any) -> Content:
        """The same with one picture changed."""
        pictures = (replace(one, **changes) if one.item_id == item_id else one for one in self.pictures)
        return replace(self, pictures=tuple(pictures))

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "pictures": [one.to_json() for one in self.pictures],
            "caption": self.caption,
            "first_comment": self.first_comment,
            "place": self.place,
            "collaborators": list(self.collaborators),
            "tags": list(self.tags),
            "channels": [one.value for one in self.channels],
            "texts": {channel.value: text for channel, text in sorted(self.texts.items())},
            "ratio": self.ratio.value,
            "reasons": dict(sorted(self.reasons.items())),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Content:
        return cls(
            PostKind(raw["kind"]),
            tuple(Picture.from_json(one) for one in raw["pictures"]),
            raw["caption"],
            raw["first_comment"],
            raw["place"],
            tuple(raw["collaborators"]),
            tuple(raw.get("tags", ())),
            tuple(Channel(one) for one in raw["channels"]),
            {Channel(channel): text for channel, text in raw["texts"].items()},
            Ratio(raw["ratio"]),
            dict(raw["reasons"]),
        )


def digest(value: Any) -> str:
    """SHA-256 of JSON that is written in one way, in hex."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
