"""States, posts on their way, what channels answer, and what people must be told."""
