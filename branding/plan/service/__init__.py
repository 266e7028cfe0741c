"""What one can do with the content plan, by subject."""
