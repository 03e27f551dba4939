"""A work as it lies in its lane on Redis: an id of its own, then the sealed work, bound to place and id."""

from pydantic import TypeAdapter

from bot.conversation.turns import Work
from bot.stores.codec import Codec

ID_CHARACTERS = 16
REFERENCE_CHARACTERS = 8

WORK: TypeAdapter[Work] = TypeAdapter(Work)


def sealed(work: Work, item_id: str, inbox: str, codec: Codec) -> bytes:
    """The item of this id for the inbox under this key."""
    return item_id.encode("ascii") + codec.seal(WORK.dump_json(work), f"{inbox}:{item_id}")


def opened(item: bytes, inbox: str, codec: Codec) -> Work:
    """The work again. Raises UnknownKey, Unreadable, and ValidationError for one of another version."""
    return WORK.validate_json(codec.open(item[ID_CHARACTERS:], f"{inbox}:{id_of(item)}"))


def id_of(item: bytes) -> str:
    """Its id."""
    return item[:ID_CHARACTERS].decode("ascii", "replace")


def reference_of(item: bytes) -> str:
    """A short name for an item of which nothing else is known."""
    return id_of(item)[:REFERENCE_CHARACTERS]
