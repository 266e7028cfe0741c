"""Who must be told what today: rules that people edit, and what they lead to."""
