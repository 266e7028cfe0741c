"""The content plan: every activity on every channel beside the takeovers, recurring formats, ambassadors."""
