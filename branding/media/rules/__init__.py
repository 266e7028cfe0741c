"""Decisions about pictures and films, by subject; pure."""
