"""Danish is complete: every message of every feature has a translation, and no translation is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from branding.features import FEATURES
from tests.house.sources import PACKAGE, TEMPLATES

KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "say": None, "say_n": (1, 2),
}  # fmt: skip
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
#: A catalogue, and the folders whose messages it holds.
CATALOGUES = {
    "web": (PACKAGE / "core", PACKAGE / "web", TEMPLATES / "web"),
    "layout": (TEMPLATES / "components", TEMPLATES / "failures", TEMPLATES),
    **{feature: (PACKAGE / feature, TEMPLATES / feature) for feature in FEATURES},
}


def key(message_id: object) -> str:
    return str(message_id[0] if isinstance(message_id, list | tuple) else message_id)


def said(name: str) -> set[str]:
    """Every msgid in the folders of a catalogue."""
    found = set()
    for folder in CATALOGUES[name]:
        only_top = folder == TEMPLATES
        for file, _, message, _, _ in extract_from_dir(str(folder), METHODS, keywords=KEYWORDS):
            if message and not (only_top and "/" in file):
                found.add(key(message))
    return found


def translated(name: str) -> dict[str, Message]:
    path: Path = PACKAGE / "locale" / "da" / f"{name}.po"
    with path.open("rb") as file:
        return {key(message.id): message for message in read_po(file, locale="da") if message.id}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_message_is_translated_and_none_is_left_over(name: str) -> None:
    wanted, there = said(name), translated(name)
    assert not wanted - {k for k, message in there.items() if message.string}, "missing in Danish"
    assert not set(there) - wanted, "translated but never said"


@pytest.mark.parametrize("name", CATALOGUES)
def test_translations_keep_the_values_of_their_messages(name: str) -> None:
    for msgid, message in translated(name).items():
        texts = message.string if isinstance(message.string, list | tuple) else [message.string]
        for text in texts:
            values = set(re.findall(r"%\((\w+)\)", str(text)))
            assert values <= set(re.findall(r"%\((\w+)\)", msgid)) | {"num"}, f"{name}: {msgid}"
        assert not message.fuzzy, msgid


def test_the_same_message_is_the_same_in_every_catalogue() -> None:
    first: dict[str, object] = {}
    for name in CATALOGUES:
        for msgid, message in translated(name).items():
            assert first.setdefault(msgid, message.string) == message.string, f"{name}: {msgid}"


def test_every_catalogue_file_belongs_to_a_room() -> None:
    assert {path.stem for path in (PACKAGE / "locale" / "da").glob("*.po")} == set(CATALOGUES)
