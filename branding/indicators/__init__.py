"""The strategy map: goals, initiatives, indicators measured against the plan; key figures."""
