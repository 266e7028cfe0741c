"""What reports are made of, and what is ordered."""
