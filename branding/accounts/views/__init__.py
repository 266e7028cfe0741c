"""Pages of accounts, by subject in the modules beside."""

from branding.accounts.views import account, links, permissions, second_step, signing_in
from branding.accounts.views.blueprint import bp

__all__ = ["account", "bp", "links", "permissions", "second_step", "signing_in"]
