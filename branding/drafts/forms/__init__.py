"""Forms of posts in the making, by subject; import from the modules themselves."""
