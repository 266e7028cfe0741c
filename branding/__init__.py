"""Stafet: planning of Instagram takeovers for Danish public employers."""
