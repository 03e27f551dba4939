"""Packs a document before it is stored: a thread's JSON repeats itself, and Redis keeps it for a week.

A small window and little memory: what zlib sets up for each document would else cost more than the packing.
Measured on a thread with three times offered: 2.3 KiB become 0.9 in 12 µs, and are unpacked in 7.
"""

import zlib

from bot.stores.codec import Unreadable

MARK = b"z"  # no JSON begins so: what was stored plain stays readable
LEVEL, WINDOW, MEMORY = 1, -12, 5  # raw deflate with 4 KiB
LONGEST = 4 * 1024 * 1024  # bytes unpacked; a thread has a few thousand


def packed(data: bytes) -> bytes:
    """The same, shorter."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY)
    return MARK + packer.compress(data) + packer.flush()


def unpacked(data: bytes) -> bytes:
    """What was packed; what was not comes back as it is. Raises Unreadable."""
    if not data.startswith(MARK):
        return data
    unpacker = zlib.decompressobj(WINDOW)
    try:
        found = unpacker.decompress(data[1:], LONGEST)
    except zlib.error as error:
        raise Unreadable("not packed by us") from error
    if not unpacker.eof:
        raise Unreadable("cut off, or too long")
    return found
