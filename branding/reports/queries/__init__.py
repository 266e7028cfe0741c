"""What reports are written from, kind by kind, and the archive."""
