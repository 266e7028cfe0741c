"""Decisions of indicators, by subject; pure."""
