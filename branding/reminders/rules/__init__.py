"""Decisions about reminders, by subject; import from the modules themselves."""
