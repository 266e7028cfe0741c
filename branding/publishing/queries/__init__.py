"""Reads of publishing, by subject."""
