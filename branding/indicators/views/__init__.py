"""The pages of indicators, by subject."""

from branding.indicators.views import (
    figures,
    figures_import,
    imports,
    indicators,
    nodes,
    placing,
    readings,
    strategy,
    tying,
)
from branding.indicators.views.blueprint import bp

__all__ = [
    "bp",
    "figures",
    "figures_import",
    "imports",
    "indicators",
    "nodes",
    "placing",
    "readings",
    "strategy",
    "tying",
]
