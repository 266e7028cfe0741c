"""Reads of indicators; what other rooms need they import from here."""

from branding.indicators.queries.figures import key_figures
from branding.indicators.queries.history import standings
from branding.indicators.queries.tree import behind, behind_in, initiatives, strategy_map

__all__ = ["behind", "behind_in", "initiatives", "key_figures", "standings", "strategy_map"]
