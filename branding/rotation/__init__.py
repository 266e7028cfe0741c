"""Which unit has which ISO weeks: plans, slots, holiday weeks, import."""
