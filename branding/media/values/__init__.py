"""What media speaks of, by subject; other rooms import it from here."""

from branding.media.values.items import (
    Answer,
    Depicted,
    Faces,
    FaceState,
    FoundBy,
    FoundFace,
    ItemView,
    MediaKind,
    PersonView,
)
from branding.media.values.pictures import Box, Focus, Ratio, Size
from branding.media.values.uploads import NewUpload, UploadState

__all__ = [
    "Answer",
    "Box",
    "Depicted",
    "FaceState",
    "Faces",
    "Focus",
    "FoundBy",
    "FoundFace",
    "ItemView",
    "MediaKind",
    "NewUpload",
    "PersonView",
    "Ratio",
    "Size",
    "UploadState",
]
