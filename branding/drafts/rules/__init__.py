"""Decisions about posts in the making, by subject."""
