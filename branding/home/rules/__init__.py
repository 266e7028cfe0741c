"""How turns lie on a calendar and what waits for whom: pure, by subject."""
