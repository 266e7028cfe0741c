"""Use cases of indicators, by subject."""
