"""What a version is, and what its people are, as one number each (decisions.md 4).

The version's hash covers everything that is seen.  The people's covers media, depictions, names,
tags, place and channels only: a comma voids no declaration.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from branding.consent.values.gate import DepictionFacts
from branding.drafts.rules.caption import mentions
from branding.drafts.values.content import Content, digest


def version_hash(content: Content, files: Mapping[str, str]) -> str:
    """``files``: the SHA-256 of the file that would go out, by item."""
    return digest([_seen(content), [[item, files.get(item, "")] for item in content.item_ids]])


def people_hash(
    content: Content,
    files: Mapping[str, str],
    people: Collection[DepictionFacts],
    names: Collection[str],
) -> str:
    """``names``: people on the register whom the text names."""
    tagged = {name.lower() for text in content.all_texts().values() for name in mentions(text)}
    seen = {(one.media, one.subject_id, one.visibility.value, one.is_heard) for one in people}
    return digest(
        {
            "media": sorted([item, files.get(item, "")] for item in content.item_ids),
            "people": sorted(list(one) for one in seen),
            "names": sorted(names),
            "tags": sorted(tagged | {name.lower() for name in (*content.collaborators, *content.tags)}),
            "place": content.place,
            "channels": sorted(content.channels),
            "format": content.kind,
        }
    )


def _seen(content: Content) -> object:
    """Without the reasons given to the lint, which nobody sees.

    No tags count as nothing said of tags: what was approved before there were any has the same hash.
    """
    return {
        key: value
        for key, value in content.to_json().items()
        if key != "reasons" and (key, value) != ("tags", [])
    }
