"""What makes a Stafet speak to the simulator: the hosts of its ``apis.toml``, and what to connect with."""

from __future__ import annotations

from branding.simulator.world import (
    FACEBOOK_TOKEN,
    IG_ACCOUNT,
    INSTAGRAM_TOKEN,
    LINKEDIN_TOKEN,
    ORGANISATION,
    PAGE,
)

#: Host names of apis.toml, and where the simulator plays them.
_HOSTS = {
    "facebook_login": "/graph",
    "instagram_login": "/igraph",
    "rupload": "/rupload",
    "facebook": "/graph",
    "linkedin": "/linkedin",
    "linkedin_upload": "/linkedin",
}


def apis_toml(address: str) -> str:
    """For the file that STAFET_APIS names."""
    lines = [f'{name} = "{address}{path}"' for name, path in _HOSTS.items()]
    return "\n".join(["[hosts]", *lines, ""])


def in_words(address: str, file: str) -> str:
    """What to type where, for whoever tries it by hand."""
    rows = (
        ("Instagram by Facebook Login", IG_ACCOUNT, FACEBOOK_TOKEN),
        ("Instagram by Instagram Login", IG_ACCOUNT, INSTAGRAM_TOKEN),
        ("Facebook Page", PAGE, FACEBOOK_TOKEN),
        ("LinkedIn organisation", ORGANISATION, LINKEDIN_TOKEN),
    )
    told = [f"    {what:<29} account {account:<18} token {token}" for what, account, token in rows]
    return "\n".join(
        (
            f"\n  Instagram, Facebook and LinkedIn are played on {address}   (Ctrl+C stops)\n",
            "  Start Stafet in another terminal with:\n",
            f"    STAFET_APIS={file} ./run\n",
            "  Then connect a profile with:\n",
            *told,
            f"\n  What was posted: {address}/__sim__/state\n",
        )
    )
