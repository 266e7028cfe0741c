"""Real accounts, from the environment; skipped everywhere else."""
