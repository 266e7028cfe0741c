"""Making reports, keeping them, and sending them."""
