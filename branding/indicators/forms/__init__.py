"""Forms of indicators, by subject."""
