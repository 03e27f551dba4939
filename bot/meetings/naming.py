"""Under what a meeting is known, however often it is moved."""

from hashlib import sha256
from typing import Final

DIGITS: Final = 32


def key_of(uid: str) -> str:
    """The name of the meeting that began with this uid, for lanes and buttons. It opens nothing: a uid is a
    secret, and this is its hash."""
    return sha256(f"meeting:{uid}".encode()).hexdigest()[:DIGITS]
