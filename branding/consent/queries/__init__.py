"""Reads of consent, by subject; import from the modules themselves."""
