"""The features in dependency order, low to high: the app, the migrations and the tests read it."""

FEATURES = ("audit", "outbox", "accounts", "organisation", "consent", "rotation", "takeovers", "home")
