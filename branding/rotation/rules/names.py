"""Which unit a name in a table means, and which names are near one that nobody knows."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches

from branding.organisation.values import UnitKind, UnitView

#: Looking for near names is slow, and nobody reads fifty suggestions.
_MOST_SUGGESTIONS = 50


def fold(name: str) -> str:
    """The same for names that differ only in case and spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


class UnitNames:
    """The known units by name.  With ``area_id`` only that specialområde and its afdelinger count."""

    def __init__(self, units: Sequence[UnitView], area_id: int | None = None) -> None:
        self._found: dict[str, list[UnitView]] = defaultdict(list)
        self._shown: dict[str, str] = {}
        self._suggested: dict[str, list[str]] = {}
        self.is_empty = not units
        for unit in units:
            if area_id is not None and unit.area_id != area_id:
                continue
            for name in {fold(unit.name), fold(unit.short_name)} - {""}:
                self._found[name].append(unit)
                self._shown[name] = unit.name if name == fold(unit.name) else unit.short_name

    def find(self, name: str, area: str = "") -> list[UnitView]:
        """Nobody, the one, or all that share the name.  A specialområde wins over an afdeling."""
        found = self._found.get(fold(name), [])
        if area and len(found) > 1:
            home = {unit.id for unit in self._found.get(fold(area), []) if unit.kind == UnitKind.AREA}
            found = [unit for unit in found if unit.area_id in home] or found
        areas = [unit for unit in found if unit.kind == UnitKind.AREA]
        return areas if len(areas) == 1 else found

    def near(self, name: str) -> list[str]:
        """Up to three known names that look like this one."""
        wanted = fold(name)
        if wanted not in self._suggested:
            if len(self._suggested) >= _MOST_SUGGESTIONS:
                return []
            close = get_close_matches(wanted, self._shown, n=3, cutoff=0.6)
            starts = [
                known for known in self._shown if wanted and known.startswith(wanted) and known not in close
            ]
            self._suggested[wanted] = [self._shown[known] for known in (close + starts)[:3]]
        return self._suggested[wanted]
