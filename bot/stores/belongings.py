"""All that is kept of a workspace, or of one person in it: handed out without its secrets, or deleted.

Whoever works with what is deleted loses their lock, and writes nothing of it back. What nobody can tell to be
somebody's goes by itself: tickets within an hour, notes of who makes a write within a day. What others said
of a person is theirs. docs/privacy.md is written from this file.
"""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any, cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.accounts.ports import Accounts, Installations, RulesBook
from bot.conversation.auditing import ENTRY, Entry
from bot.conversation.polls import Slip
from bot.conversation.rounds import Round
from bot.conversation.state import Conversation, ThreadState
from bot.conversation.turns import MeetingNews, SlashCommand, Turn, Uninstalled, Work, team_of_work
from bot.conversation.visits import DataRequest
from bot.scheduling.model import BookingEvent, Value
from bot.stores.codec import Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.conversations import RedisConversationStore
from bot.stores.keys import Keys, lane_in
from bot.stores.later import CANCEL
from bot.stores.preferences import RedisPreferences
from bot.stores.snapshots import RedisSnapshots
from bot.stores.walking import Kept, Walk


class Belongings:
    """What is kept of whom. All of it raises StoreUnavailable; deleting of a person also LockLost."""

    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        codec: Codec,
        accounts: Accounts,
        rules: RulesBook,
        installations: Installations,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._accounts = accounts
        self._rules = rules
        self._installations = installations
        self._preferences = RedisPreferences(redis, keys, codec)
        self._snapshots = RedisSnapshots(redis, keys, codec)
        self._threads = RedisConversationStore(redis, keys, codec)
        self._walk = Walk(redis, keys, codec)
        self._cancel = redis.register_script(CANCEL)

    async def export(self, team: str, person: str | None = None) -> AsyncGenerator[str, None]:
        """A line of JSON for each thing: what is `kept`, and the thing. Secrets are stars."""
        if person is None:
            installation = await self._installations.of(*_place(team))
            if installation:
                yield _line("installation", installation)
            yield _line("rules", await self._rules.of(team))
        async for who in self._people(self._keys.people(team), person):
            yield _line("connected", await self._accounts.of(team, who))
        async for who in self._people(self._keys.preferences(team), person):
            yield _line("prefers", await self._preferences.of(team, who))
        if person and (shown := await self._snapshots.of(team, person)):
            yield _line("shown", shown)
        async for lane in self._lanes(team):
            for one in _in(await self._threads.peek(lane), person):
                yield _line("conversation" if isinstance(one, Conversation) else "asked", one, lane=lane)
        async for kept in self._walk.works(_meant(team, person)):
            yield _line("work", kept.work)
        async for _, entry in self._audited(team, person):
            yield _line("audit", entry)

    async def delete(self, team: str, person: str | None = None, *, keeps_audit: bool = False) -> int:
        """Forget all of it, but for the audit log where that is to stay; how many things there were."""
        if person is None:
            return await self._delete_team(team, keeps_audit=keeps_audit)
        count = await self._delete_works(team, person) + await self._delete_person(team, person)
        return count + (0 if keeps_audit else await self._delete_entries(team, person))

    async def _delete_team(self, team: str, *, keeps_audit: bool) -> int:
        """The installation first: nobody works for a workspace that has none."""
        is_installed = await self._installations.of(*_place(team)) is not None
        await self._installations.forget(*_place(team))
        await self._rules.forget(team)
        count = int(is_installed) + await self._delete_works(team, None)
        return count + await self._delete_keys(team, keeps_audit=keeps_audit)

    async def _delete_person(self, team: str, person: str) -> int:
        count = len((await self._accounts.of(team, person)).accounts)
        await self._accounts.forget(team, person)
        count += len([one async for one in self._people(self._keys.preferences(team), person)])
        await self._preferences.forget(team, person)
        count += await self._gone(self._keys.snapshot(team, person))
        async for lane in self._lanes(team):
            if _in(await self._threads.peek(lane), person):
                count += await self._delete_talks(lane, person)
        async for key in self._walk.keys(f"{{{team}:*}}:aside"):  # whose it was nobody can read
            count += await self._gone(key)
        async for key in self._walk.keys("ledger:*"):
            count += await self._delete_note(key, person)
        return count

    async def _delete_talks(self, lane: str, person: str) -> int:
        async with self._threads.open(lane) as session:
            state = session.state
            await session.save(_without(state, person))
            return len(_in(state, person))

    async def _delete_note(self, key: str, person: str) -> int:
        async with answers():
            raw = cast("bytes | None", await self._redis.get(key))
        try:
            is_theirs = raw is not None and self._codec.open(raw, key).decode() == person
        except Unreadable:
            return 0
        return await self._gone(key) if is_theirs else 0

    async def _delete_entries(self, team: str, person: str) -> int:
        count, stream = 0, self._keys.audit(team)
        async for entry_id, _ in self._audited(team, person):
            async with answers():
                count += await self._redis.xdel(stream, entry_id)
        return count

    async def _delete_works(self, team: str, person: str | None) -> int:
        return sum([await self._strike(kept) async for kept in self._walk.works(_meant(team, person))])

    async def _strike(self, kept: Kept) -> int:
        async with answers():
            if kept.field:
                names = [self._keys.later_due(), self._keys.later_works()]
                return int(await self._cancel(keys=names, args=[kept.field]))
            return int(await self._redis.lrem(kept.key, 1, cast("str", kept.item)))

    async def _delete_keys(self, team: str, *, keeps_audit: bool) -> int:
        """Threads with their locks, connections, the audit log: all that has the workspace in its tag."""
        audit, count = self._keys.audit(team).rpartition(":")[0], 0
        for is_inbox in (False, True):  # the last to go: who asked for this, should we die before it is done
            async for key in self._walk.keys(f"*{{{team}[:}}]*"):
                if key.endswith(":inbox") is is_inbox and not (keeps_audit and key.startswith(audit)):
                    count += await self._gone(key)
        for names in (self._keys.lanes(), self._keys.dead_lanes()):
            async with answers():
                async for lane, _ in self._redis.zscan_iter(names, match=f"{team}:*", count=500):
                    await self._redis.zrem(names, lane)
        if not keeps_audit:
            async with answers():
                await self._redis.srem(self._keys.audit_teams(), team)
        return count

    async def _gone(self, key: str) -> int:
        async with answers():
            return int(await self._redis.unlink(key))

    async def _people(self, key: str, person: str | None) -> AsyncIterator[str]:
        """Who has something in this hash."""
        async for one, _ in self._walk.fields(key):
            if person in (None, one):
                yield one

    async def _lanes(self, team: str) -> AsyncIterator[str]:
        async for key in self._walk.keys(f"{{{team}:*}}:state"):
            yield lane_in(key)

    async def _audited(self, team: str, person: str | None) -> AsyncIterator[tuple[bytes, Entry]]:
        stream = self._keys.audit(team)
        async for entry_id, fields in self._walk.entries(stream):
            entry = self._entry(stream, fields)
            if entry and person in (None, entry.person):
                yield entry_id, entry

    def _entry(self, stream: str, fields: dict[bytes, bytes]) -> Entry | None:
        try:
            bound = f"{stream}:{fields[b'of'].decode('ascii', 'replace')}"
            return ENTRY.validate_json(self._codec.open(fields[b"entry"], bound))
        except (KeyError, Unreadable, ValidationError):
            return None


def _place(team: str) -> tuple[str | None, str | None]:
    """Where its installation is kept: a workspace's, or an organisation's, under whose id then all is."""
    return (None, team) if team.startswith("E") else (team, None)


def _meant(team: str, person: str | None) -> Callable[[Work], bool]:
    def is_meant(work: Work) -> bool:
        """A request for the data is not: it may be the one that is being done."""
        is_theirs = team_of_work(work) == team and person in (None, _person_of(work))
        return is_theirs and not isinstance(work, DataRequest)

    return is_meant


def _person_of(work: Work) -> str:
    match work:
        case Turn() | SlashCommand():
            return work.speaker
        case BookingEvent() | MeetingNews() | Round() | Uninstalled():
            return ""
        case _:
            return work.person


def _in(state: ThreadState, person: str | None) -> tuple[Conversation | Slip, ...]:
    """What this person said and was asked in a thread; None: what anybody did."""
    talks = (one for one in state.conversations if person in (None, one.owner))
    return (*talks, *(one for one in state.slips if person in (None, one.person)))


def _without(state: ThreadState, person: str) -> ThreadState:
    """A copy without that, and what is still to be said of it."""
    theirs = {one.id for one in state.conversations if one.owner == person}
    return state.model_copy(
        update={
            "conversations": tuple(one for one in state.conversations if one.owner != person),
            "outbox": tuple(one for one in state.outbox if one.card_of not in theirs),
            "slips": tuple(one for one in state.slips if one.person != person),
            "reminders": tuple(one for one in state.reminders if one.person != person),
            "errands": tuple(one for one in state.errands if _person_of(one) != person),
        }
    )


def _line(kept: str, value: Value, **more: Any) -> str:
    return json.dumps({"kept": kept, **more, **value.model_dump(mode="json")}, ensure_ascii=False)
