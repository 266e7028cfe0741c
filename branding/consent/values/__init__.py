"""What consent speaks of, by subject; import from the modules themselves."""
