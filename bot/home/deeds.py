"""What somebody did lately, as the audit log has it, in words: without titles and texts, as that is."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from bot.accounts.model import Rules
from bot.conversation.auditing import AuditEntry, Deed, Entry
from bot.conversation.replies import Moment, Phrase, say

SHOWN: Final = 8
READ: Final = 60  # entries; several make one line
ENDS: Final = {
    "done": "done",
    "found_done": "done",
    "not_done": "not_done",
    "found_not_done": "not_done",
    "unknown": "unknown",
}
DONE: Final = frozenset(step for step, end in ENDS.items() if end == "done")
# Why somebody was refused, where there are words for it.
KNOWN: Final = frozenset({"channel", "not_yours", "stale", "not_admin"})
ASKED: Final = frozenset({"meet", "move", "call_off", "notice", "adjust"})
SETTABLE: Final = frozenset({*Rules.model_fields, "preferences"})
TOLD: Final = frozenset({"connected", "disconnected", "exported", "deleted"})


def lately(entries: Iterable[Entry]) -> tuple[Phrase, ...]:
    """A line each, the newest first. `entries`: the newest first."""
    lines = (line(one) for one in entries)
    return tuple(islice((one for one in lines if one), SHOWN))


def line(entry: Entry) -> Phrase | None:
    """What it says; None where it only leads up to something that is told as well."""
    told = _write(entry) if isinstance(entry, AuditEntry) else _deed(entry)
    return say("home.deed", at=Moment(at=entry.at), told=told) if told else None


def _write(entry: AuditEntry) -> Phrase | None:
    end = ENDS.get(entry.step)
    return say(f"home.{end}.{entry.write}") if end else None


def _deed(entry: Deed) -> Phrase | None:
    if entry.step == "asked":
        return say(f"home.asked.{entry.what}") if entry.proposals and entry.what in ASKED else None
    if entry.step == "refused":
        return say(f"home.refused.{entry.why if entry.why in KNOWN else 'something'}")
    if entry.step == "setting" and entry.what in SETTABLE:
        return say(f"home.set.{entry.what}")
    return say(f"home.{entry.step}") if entry.step in TOLD else None
