"""Decisions of the content plan, by subject; pure."""
