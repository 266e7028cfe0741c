"""The forms of plan, by subject."""
