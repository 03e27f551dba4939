"""Writes a thread as one JSON document and reads it again, without losing what this version cannot read.

During a rolling update two versions share a thread. Unknown fields are kept by the models themselves. A
conversation or a message still to be said that does not fit our models (a kind of plan or delivery that only
a newer version knows) is left out of what we work with, and put back where it stood when we save: to this
version it does not exist, for the newer one it was never gone. `version` is kept as read.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.conversation.state import CONVERSATIONS_KEPT, Conversation, Outgoing, ThreadState
from bot.stores.codec import Unreadable
from bot.stores.packing import packed, unpacked

Strange = tuple[int, Any]  # the place where it stood, and what stood there

READERS: dict[str, TypeAdapter[Any]] = {
    "conversations": TypeAdapter(Conversation),
    "outbox": TypeAdapter(Outgoing),
}
STRANGE_KEPT = CONVERSATIONS_KEPT  # of each sort; a thread must not grow without bound


@dataclass(frozen=True)
class Document:
    """A thread as we can read it, and by field the entries that we cannot."""

    state: ThreadState
    strange: dict[str, tuple[Strange, ...]]

    @property
    def strangers(self) -> int:
        """How many entries only another version can read."""
        return sum(len(entries) for entries in self.strange.values())


EMPTY = Document(ThreadState(), {})


def read_document(data: bytes) -> Document:
    """Read a thread. Raises Unreadable when the document as a whole makes no sense."""
    try:
        fields = json.loads(unpacked(data))
        if not isinstance(fields, dict):
            raise Unreadable("not a thread")
        strange = {name: _set_apart(fields, name) for name in READERS}
        return Document(ThreadState.model_validate(fields), strange)
    except (ValueError, TypeError) as error:  # ValueError: not JSON, not UTF-8, ValidationError
        raise Unreadable("not a thread") from error


def write_document(state: ThreadState, strange: dict[str, tuple[Strange, ...]]) -> bytes:
    """Write a thread, with the entries that were set apart back in their places."""
    if not any(strange.values()):
        return packed(state.model_dump_json().encode())
    fields = state.model_dump(mode="json")
    for name, entries in strange.items():
        for place, entry in entries[-STRANGE_KEPT:]:
            fields[name].insert(place, entry)
    return packed(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode())


def _set_apart(fields: dict[str, Any], name: str) -> tuple[Strange, ...]:
    entries: Sequence[Any] = fields.get(name, ())
    if not isinstance(entries, list | tuple):
        raise TypeError(name)
    strange = tuple((place, one) for place, one in enumerate(entries) if not _fits(READERS[name], one))
    fields[name] = [one for place, one in enumerate(entries) if (place, one) not in strange]
    return strange


def _fits(reader: TypeAdapter[Any], entry: Any) -> bool:
    try:
        reader.validate_python(entry)
    except ValidationError:
        return False
    return True
