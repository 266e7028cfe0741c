"""The kernel: knows no feature and no HTTP."""
