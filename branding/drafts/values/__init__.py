"""What posts in the making speak of, by subject; import from the modules themselves."""
