"""The features in dependency order, low to high: the app, the migrations and the tests read it."""

FEATURES = (
    "audit",
    "outbox",
    "accounts",
    "organisation",
    "consent",
    "media",
    "rotation",
    "takeovers",
    "drafts",
    "publishing",
    "plan",
    "indicators",
    "reminders",
    "reports",
    "home",
)
#: What a room above shows: they have no pages of their own.
WITHOUT_PAGES = frozenset({"media"})
