"""Tables of media, by subject; private to this room, which imports them from here."""

from branding.media.models.items import MediaEdition, MediaItem
from branding.media.models.people import MediaPerson
from branding.media.models.uploads import MediaUpload

__all__ = ["MediaEdition", "MediaItem", "MediaPerson", "MediaUpload"]
