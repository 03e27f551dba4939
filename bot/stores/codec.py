"""Seals what is stored or queued, when keys are given; otherwise marks it as plain and leaves it readable.

Layout: `00 data`, or `01 n key-id(n) nonce(12) ciphertext+tag`. AES-256-GCM; what a value is bound to (its
key in Redis) and all bytes before the nonce are authenticated with it: moved elsewhere it does not open.
What is kept for long stands in an envelope, `02 n key-id(n) nonce(12) data-key+tag(48) ciphertext+tag`: its
data key is fresh, seals nothing else (hence no nonce) and is itself sealed with the named key, so that to
change keys is to seal the data key anew. A plain value opens also when there are keys, for the day they are
set: what nobody else may put there asks for `open_sealed`. An older value of the same owner in the place of a
newer one opens. Random nonces: give a new key before four billion values were sealed with one (NIST SP
800-38D, 8.3).
"""

import hmac
import re
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PLAIN = b"\x00"
SEALED = b"\x01"
ENVELOPE = b"\x02"
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_BYTES = 32
HASH_BYTES = 18
WRAPPED_BYTES = KEY_BYTES + TAG_BYTES
ONLY_NONCE = bytes(NONCE_BYTES)  # of a data key: it seals once
KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


class BadKeys(ValueError):
    """ENCRYPTION_KEYS cannot be used. The message says why, and never holds a key."""


class Unreadable(Exception):
    """A value that does not open: damaged, moved, tampered with, or not ours."""


class UnknownKey(Unreadable):
    """Sealed with a key that this process does not have. Somebody else can read it: keep it as it is."""


class Codec:
    """The first key seals, all open, plain values stay readable. Without keys nothing is sealed."""

    def __init__(
        self, keys: Mapping[str, bytes], *, random_bytes: Callable[[int], bytes] = token_bytes
    ) -> None:
        self._ciphers = {key_id.encode("ascii"): AESGCM(key) for key_id, key in keys.items()}
        self._hash_keys = tuple(_derived(key) for key in keys.values())
        self._random_bytes = random_bytes

    @classmethod
    def from_setting(cls, text: str | None, *, random_bytes: Callable[[int], bytes] = token_bytes) -> "Codec":
        """Read `id:base64-of-32-bytes,id2:…`. None or blank: nothing is sealed. Raises BadKeys."""
        return cls(read_keys(text or ""), random_bytes=random_bytes)

    def __repr__(self) -> str:
        return f"Codec(keys={[key_id.decode() for key_id in self._ciphers]})"

    @property
    def seals(self) -> bool:
        """Whether there are keys."""
        return bool(self._ciphers)

    def seal(self, data: bytes, bound_to: str) -> bytes:
        """Close `data` so that it opens only as `bound_to`."""
        return self._encrypted(SEALED, data, bound_to) if self._ciphers else PLAIN + data

    def enclose(self, data: bytes, bound_to: str) -> bytes:
        """Close `data` in an envelope, for long. Without keys it is plain."""
        if not self._ciphers:
            return PLAIN + data
        data_key = self._random_bytes(KEY_BYTES)
        sealed = AESGCM(data_key).encrypt(ONLY_NONCE, data, ENVELOPE + bound_to.encode())
        return self._encrypted(ENVELOPE, data_key, bound_to) + sealed

    def open(self, data: bytes, bound_to: str) -> bytes:
        """The data again. Raises Unreadable, UnknownKey."""
        if data[:1] == PLAIN:
            return data[1:]
        return self.open_sealed(data, bound_to)

    def open_sealed(self, data: bytes, bound_to: str) -> bytes:
        """The same of what must not be plain: somebody else may have put that there."""
        if data[:1] == SEALED:
            return self._decrypted(data, bound_to)
        if data[:1] != ENVELOPE:
            raise Unreadable("not a value of this layout")
        end = _head_bytes(data) + NONCE_BYTES + WRAPPED_BYTES
        data_key = self._decrypted(data[:end], bound_to)
        return _opened(AESGCM(data_key), ONLY_NONCE, data[end:], ENVELOPE + bound_to.encode())

    def renewed(self, data: bytes, bound_to: str) -> bytes | None:
        """The same value sealed with the first key; None: it is already. Raises Unreadable, UnknownKey."""
        if not self._ciphers or self.is_current(data):
            return None
        if data[:1] != ENVELOPE:
            return self.seal(self.open(data, bound_to), bound_to)
        end = _head_bytes(data) + NONCE_BYTES + WRAPPED_BYTES
        return self._encrypted(ENVELOPE, self._decrypted(data[:end], bound_to), bound_to) + data[end:]

    def is_current(self, data: bytes) -> bool:
        """Whether it was sealed with the first key."""
        is_sealed = data[:1] in (SEALED, ENVELOPE) and len(data) > 1
        return is_sealed and data[2 : _head_bytes(data)] == next(iter(self._ciphers), None)

    def hashes(self, text: str, purpose: str) -> tuple[str, ...]:
        """Keyed hashes, to find what must not stand in clear: one a key, the first is to be written."""
        return tuple(_keyed(key, f"{purpose}:{text}") for key in self._hash_keys)

    def _encrypted(self, layout: bytes, data: bytes, bound_to: str) -> bytes:
        key_id, cipher = next(iter(self._ciphers.items()))
        head = layout + bytes([len(key_id)]) + key_id
        nonce = self._random_bytes(NONCE_BYTES)
        return head + nonce + cipher.encrypt(nonce, data, head + bound_to.encode())

    def _decrypted(self, data: bytes, bound_to: str) -> bytes:
        start = _head_bytes(data)
        head, nonce, sealed = data[:start], data[start : start + NONCE_BYTES], data[start + NONCE_BYTES :]
        if len(sealed) < TAG_BYTES:
            raise Unreadable("cut short")
        cipher = self._ciphers.get(head[2:])
        if cipher is None:
            raise UnknownKey("sealed with a key that ENCRYPTION_KEYS does not hold")
        return _opened(cipher, nonce, sealed, head + bound_to.encode())


def _head_bytes(data: bytes) -> int:
    return 2 + data[1] if len(data) > 1 else 2


def _opened(cipher: AESGCM, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, bound_to)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a tag
        raise Unreadable("damaged, moved, or sealed with another key of the same id") from error


def read_keys(text: str) -> dict[str, bytes]:
    """Keys by id, in order. Raises BadKeys."""
    keys: dict[str, bytes] = {}
    for place, entry in enumerate((part.strip() for part in text.split(",") if part.strip()), start=1):
        key_id, _, encoded = entry.partition(":")
        if not KEY_ID.fullmatch(key_id):
            raise BadKeys(f"key {place}: write id:base64, with a short id of letters, digits and _.-")
        if key_id in keys:
            raise BadKeys(f"key {place}: the id {key_id} is there twice")
        keys[key_id] = _key(key_id, encoded.strip())
    return keys


def _derived(key: bytes) -> bytes:
    """Another key for hashing: what seals does nothing else."""
    return hmac.digest(key, b"slotwise: keyed hashes", "sha256")


def _keyed(key: bytes, text: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")[:HASH_BYTES]).decode("ascii")


def _key(key_id: str, encoded: str) -> bytes:
    try:
        key = b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (NotBase64, ValueError):  # the cause is dropped: it may show the key
        raise BadKeys(f"key {key_id}: not base64") from None
    if len(key) != KEY_BYTES:
        raise BadKeys(f"key {key_id}: {len(key)} bytes, 32 are needed (openssl rand -base64 32)")
    return key
