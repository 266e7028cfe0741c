"""Messages waiting to leave: claim, deliver, retry."""
