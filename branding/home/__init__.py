"""The front page and the calendar: reads many, owns nothing."""
