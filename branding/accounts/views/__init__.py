"""Pages of accounts, by subject in the modules beside."""

from branding.accounts.views import account, links, signing_in
from branding.accounts.views.blueprint import bp

__all__ = ["account", "bp", "links", "signing_in"]
