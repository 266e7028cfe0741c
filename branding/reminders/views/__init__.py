"""The pages of reminders, by subject."""

from branding.reminders.views import answering, looking, rules, switching
from branding.reminders.views.blueprint import bp

__all__ = ["answering", "bp", "looking", "rules", "switching"]
