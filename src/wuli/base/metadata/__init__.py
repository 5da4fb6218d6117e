"""Pictures and films without what cameras write into them: place, device, owner, time, thumbnails, remarks.

Only containers are taken apart; not one pixel is coded anew, and the same file always gives the same bytes, so that
digests tell whether two are alike. Which way up a picture stays is all that is kept of what the camera said.
"""

from .boxes import heic, mp4
from .pictures import gif, jpeg, png, webp

__all__ = ["WAYS", "without_metadata"]

WAYS = {
    "image/jpeg": jpeg, "image/png": png, "image/gif": gif, "image/webp": webp, "image/heic": heic, "video/mp4": mp4,
}  # fmt: skip


def without_metadata(content: bytes, media_type: str) -> bytes:
    """`content` without metadata. What is no picture or film after all, so that nothing can be read, stays as it is."""
    way = WAYS.get(media_type)
    try:
        return way(content) if way else content
    except (IndexError, ValueError):
        return content
