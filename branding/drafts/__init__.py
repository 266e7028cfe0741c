"""Posts in the making: what hosts send from a phone, and what a second person approves."""
