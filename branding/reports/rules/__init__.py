"""What stands in each report, from plain facts."""
