"""What is done with reminders, by subject; import from the modules themselves."""
