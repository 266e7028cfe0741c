"""Decisions of consent, by subject."""
