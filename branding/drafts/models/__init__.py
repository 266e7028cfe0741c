"""Tables of posts in the making, by subject; private to this room, which imports them from here."""

from branding.drafts.models.drafts import Draft, DraftMedia, DraftVersion
from branding.drafts.models.talk import DraftComment, HashtagSet
from branding.drafts.models.views import Preview, ReviewLink

__all__ = ["Draft", "DraftComment", "DraftMedia", "DraftVersion", "HashtagSet", "Preview", "ReviewLink"]
