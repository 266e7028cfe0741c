"""Instagram, Facebook and LinkedIn played on this machine, for trying and for tests."""
