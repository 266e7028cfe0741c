"""Sign-in, users, roles and invitations."""
