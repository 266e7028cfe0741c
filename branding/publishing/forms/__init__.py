"""Forms of publishing, by subject."""
