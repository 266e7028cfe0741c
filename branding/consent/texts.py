"""The texts that people are asked with: one file per version, never changed once it was used."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from branding.consent.values.records import Audience
from branding.core import files


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its drawing (a name in the icon set), and one idea a line."""

    heading: str
    icon: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormText:
    """A form; ``choices`` maps what is asked for (photo, instagram, name ...) to the line people answer."""

    id: str
    audience: Audience
    number: int
    language: str
    title: str
    sections: tuple[Section, ...]
    choices: Mapping[str, str]
    #: What stands above the signature: the words that are signed.
    declaration: tuple[str, ...]
    #: SHA-256 of the file, in hex.
    sha256: str

    def filled(self, blanks: Mapping[str, str]) -> FormText:
        """With ``{unit}``, ``{until}`` and so on put in; a blank that is missing is an error.

        A line that an empty blank leaves empty is not there.
        """
        return replace(
            self,
            title=self.title.format_map(blanks),
            sections=tuple(
                replace(part, lines=tuple(filter(None, (line.format_map(blanks) for line in part.lines))))
                for part in self.sections
            ),
            choices={key: line.format_map(blanks) for key, line in self.choices.items()},
            declaration=tuple(filter(None, (line.format_map(blanks) for line in self.declaration))),
        )

    def asking(self, keys: Iterable[str]) -> FormText:
        """With only those lines to answer that somebody is asked."""
        return replace(self, choices={key: self.choices[key] for key in keys if key in self.choices})

    @property
    def words(self) -> str:
        """Everything that is shown, one idea a line: what is measured and hashed."""
        parts = [self.title]
        for section in self.sections:
            parts += [section.heading, *section.lines]
        return "\n".join([*parts, *self.choices.values(), *self.declaration])

    @property
    def words_sha256(self) -> str:
        return hashlib.sha256(self.words.encode()).hexdigest()


@cache
def forms() -> Mapping[str, FormText]:
    """Every version of every form, by id."""
    folder = files.shipped("templates") / "consent" / "texts"
    return {path.stem: _read(path.stem, path.read_bytes()) for path in sorted(folder.glob("*.toml"))}


def form(form_id: str) -> FormText:
    return forms()[form_id]


def newest(audience: Audience, language: str = "da") -> FormText:
    """The version with the highest number."""
    found = [one for one in forms().values() if one.audience == audience and one.language == language]
    return max(found, key=lambda one: one.number)


def _read(form_id: str, content: bytes) -> FormText:
    audience, number, language = form_id.split("-")
    raw = tomllib.loads(content.decode())
    return FormText(
        id=form_id,
        audience=Audience(audience),
        number=int(number),
        language=language,
        title=raw["title"],
        sections=tuple(
            Section(part["heading"], part.get("icon", ""), tuple(part["lines"]))
            for part in raw.get("sections", ())
        ),
        choices=dict(raw.get("choices", {})),
        declaration=tuple(raw.get("declaration", ())),
        sha256=hashlib.sha256(content).hexdigest(),
    )
