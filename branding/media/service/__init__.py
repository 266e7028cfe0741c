"""Use cases of media, by subject; import from the modules themselves."""
