"""The gate: one pure function decides whether a post may go out, with every reason why not.

``may_publish`` never raises: what cannot be judged is refused.  There is no override.
"""

from branding.consent.rules.gate.instants import earliest_lawful
from branding.consent.rules.gate.judging import judge, may_publish

__all__ = ["earliest_lawful", "judge", "may_publish"]
