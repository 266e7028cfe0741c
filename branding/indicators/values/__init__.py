"""What crosses the layers of indicators, by subject."""
