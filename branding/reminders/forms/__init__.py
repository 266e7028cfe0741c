"""Forms of reminders, by subject; import from the modules themselves."""
