"""Tables of indicators: the strategy map with its indicators, and key figures."""

from branding.indicators.models.figures import KeyFigure, KeySeries
from branding.indicators.models.tree import Indicator, IndicatorReading, MapNode

__all__ = ["Indicator", "IndicatorReading", "KeyFigure", "KeySeries", "MapNode"]
