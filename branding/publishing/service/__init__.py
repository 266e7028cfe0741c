"""What can be done with publications, by subject."""
