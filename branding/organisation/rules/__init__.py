"""Decisions about units, handles and tables of units."""
