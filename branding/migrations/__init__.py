"""The database's history: one file a step, each with a way back."""
