"""One takeover in one place: hosts, invitation, guide, checklist."""
