"""How an indicator could count itself, judged by its name: a suggestion that people see and can change."""

from __future__ import annotations

from branding.indicators.values.measures import Kind, Measure

_CHANNELS = ("linkedin", "facebook", "instagram")


def suggested(name: str, kind: Kind) -> tuple[Measure, str]:
    """The measure and what it counts; by hand when the name says nothing."""
    words = name.casefold()
    channel = next((one for one in _CHANNELS if one in words), "")
    if kind is Kind.SHARE and "rustet" in words:
        return Measure.EQUIPPED, ""
    if kind not in (Kind.COUNT, Kind.AT_LEAST, Kind.INCREASE):
        return Measure.HAND, ""
    if "følgere" in words and channel:
        return Measure.FOLLOWERS, channel
    if "visninger" in words and channel:
        return Measure.VIEWS, channel
    return _counted(words, channel) if kind is Kind.COUNT else (Measure.HAND, "")


def _counted(words: str, channel: str) -> tuple[Measure, str]:
    if words.startswith("opslag på") and channel:
        return Measure.CHANNEL, channel
    if words.startswith("takeover"):
        return Measure.TAKEOVERS, ""
    if "intranet" in words:
        return Measure.CHANNEL, "intranet"
    if "indlæg bragt" in words or "presse" in words:
        return Measure.CHANNEL, "press"
    if "messe" in words:
        return Measure.CHANNEL, "fair"
    return Measure.HAND, ""
