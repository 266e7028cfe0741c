"""HTTP and HTML machinery: knows no feature."""
