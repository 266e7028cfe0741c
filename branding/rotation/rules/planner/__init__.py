"""Filling a period fairly: tiles, a first answer, its score, and why weeks stay empty."""
