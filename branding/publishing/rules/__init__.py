"""Decisions of publishing, by subject: pure, and tested without a database."""
