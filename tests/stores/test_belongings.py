"""All that is kept of a workspace or a person: handed out without its secrets, deleted without a trace."""

import json
from datetime import timedelta

import pytest

from bot.accounts.model import Rules
from bot.conversation.auditing import deed
from bot.conversation.ports import LockLost
from bot.conversation.preferences import Preferences
from bot.conversation.state import ThreadState
from bot.conversation.visits import Snapshot
from bot.scheduling.model import Person
from bot.stores.accounts import RedisAccounts
from bot.stores.audit import RedisAuditLog
from bot.stores.belongings import Belongings
from bot.stores.codec import Codec
from bot.stores.conversations import RedisConversationStore
from bot.stores.dead import RedisDead
from bot.stores.inbox import RedisInbox
from bot.stores.installations import RedisInstallations
from bot.stores.keys import Keys
from bot.stores.later import RedisLater
from bot.stores.ledger import RedisWriteLedger
from bot.stores.preferences import RedisPreferences
from bot.stores.rules import RedisRules
from bot.stores.snapshots import RedisSnapshots
from tests.stores.conftest import FIRST, all_keys
from tests.stores.connections import NOW, connected, installed, linked
from tests.stores.threads import conversation
from tests.works import turn


class Everything:
    """A Redis on which each store keeps something."""

    def __init__(self, redis):
        of = redis, Keys("test"), Codec.from_setting(FIRST)
        self.redis, self.keys, _ = of
        self.accounts, self.rules = RedisAccounts(*of), RedisRules(*of)
        self.installations, self.later = RedisInstallations(*of), RedisLater(*of)
        self.threads, self.inbox, self.ledger = (
            RedisConversationStore(*of),
            RedisInbox(*of),
            RedisWriteLedger(*of),
        )
        self.audit, self.dead = RedisAuditLog(*of, days=400), RedisDead(*of[:2])
        self.preferences = RedisPreferences(*of)
        self.snapshots = RedisSnapshots(*of)
        self.belongings = Belongings(*of, self.accounts, self.rules, self.installations)

    async def fill(self, team, *people):
        """A workspace in which these people talk, each in a thread of their own and all in one."""
        await self.installations.keep(installed(team))
        await self.rules.keep(Rules(team=team, guests="public"))
        for person in people:
            await self.accounts.keep(connected(team, person, linked(email=f"{person}@acme.example")))
            await self.preferences.keep(Preferences(team=team, person=person, minutes=25))
            await self.snapshots.keep(Snapshot(team=team, who=Person(id=person, name="A"), at=NOW), 7)
            await self.talk(team, f"{team}:D{person}:dm", person)
            await self.audit.note(deed("asked", team=team, person=person, at=NOW))
            await self.ledger.note(f"uid-{person}", person)
            said = _said(team, person)
            await self.inbox.add(said.thread.lane, said)
            await self.later.put(said, NOW + timedelta(days=1))
            await self.give_up(_said(team, person, "hopeless"))
        await self.talk(team, f"{team}:C1:1.0", *people)

    async def talk(self, team, lane, *people):
        async with self.threads.open(lane) as session:
            await session.save(ThreadState(conversations=tuple(_talk(one) for one in people)))

    async def give_up(self, work):
        await self.inbox.add(work.thread.lane, work)
        item = await self.redis.lindex(self.keys.inbox(work.thread.lane), -1)
        await self.dead.bury(work.thread.lane, item, "KeyError")

    async def exported(self, team, person=None):
        return [line async for line in self.belongings.export(team, person)]


def _talk(owner):
    return conversation(f"c-{owner}").model_copy(update={"owner": owner})


def _said(team, person, text="hello"):
    said = turn(text, id=f"{team}:{person}:{text}")
    thread = said.thread.model_copy(update={"team": team, "channel": f"D{person}", "thread": "dm"})
    return said.model_copy(update={"speaker": person, "thread": thread})


@pytest.fixture
def all_of_it(redis):
    return Everything(redis)


async def test_a_workspace_that_is_deleted_leaves_nothing_and_another_everything(all_of_it, redis):
    await all_of_it.fill("T1", "U1", "U2")
    await all_of_it.belongings.delete("T1")
    assert [key for key in await all_keys(redis) if b"T1" in key] == []
    assert not await all_of_it.later.count()
    await all_of_it.ledger.forget("uid-U1")
    await all_of_it.ledger.forget("uid-U2")
    assert await all_keys(redis) == []

    await all_of_it.fill("T10", "U1")
    before = await all_of_it.exported("T10")
    await all_of_it.fill("T1", "U1", "U2")
    await all_of_it.belongings.delete("T1")

    assert sorted(await all_of_it.exported("T10")) == sorted(before)
    assert [json.loads(line)["kept"] for line in await all_of_it.exported("T1")] == ["rules"]


async def test_a_person_who_is_deleted_leaves_nothing_and_others_everything(all_of_it, redis):
    await all_of_it.fill("T1", "U1", "U2")
    before = await all_of_it.exported("T1", "U2")

    count = await all_of_it.belongings.delete("T1", "U1")

    assert await all_of_it.exported("T1", "U1") == []
    assert sorted(await all_of_it.exported("T1", "U2")) == sorted(before)
    assert await all_of_it.ledger.author("uid-U1") is None
    assert await all_of_it.ledger.author("uid-U2") == "U2"
    assert await all_of_it.accounts.by_email("T1", "U1@acme.example") is None
    # An account, what they prefer, what their page showed, two talks, a note, an entry; three works.
    assert count == 10
    assert await all_of_it.belongings.delete("T1", "U1") == 0


async def test_the_audit_log_may_stay(all_of_it):
    await all_of_it.fill("T1", "U1", "U2")

    await all_of_it.belongings.delete("T1", "U1", keeps_audit=True)
    await all_of_it.belongings.delete("T1", keeps_audit=True)

    assert [one.person async for one in all_of_it.audit.entries("T1") if one] == ["U1", "U2"]
    assert await all_of_it.audit.teams() == ("T1",)


async def test_an_export_holds_all_and_no_secret(all_of_it):
    await all_of_it.fill("T1", "U1", "U2")

    whole, own = await all_of_it.exported("T1"), await all_of_it.exported("T1", "U1")

    kinds = sorted(json.loads(line)["kept"] for line in own)
    assert kinds == ["audit", "connected", *["conversation"] * 2, "prefers", "shown", *["work"] * 3]
    assert {json.loads(line)["kept"] for line in whole} - set(kinds) == {"installation", "rules"}
    assert [one for one in ("c-U2", "DU2", "U2@") if one in "".join(own)] == []
    assert "u1@acme.example" in "".join(own).casefold()
    assert [one for one in ("xoxb", "xoxe", '"access": "access"', '"refresh"') if one in _values(whole)] == []


async def test_who_works_on_a_thread_that_is_deleted_writes_nothing_back(all_of_it):
    await all_of_it.fill("T1", "U1")
    async with all_of_it.threads.open("T1:C1:1.0") as session:
        await all_of_it.belongings.delete("T1")

        with pytest.raises(LockLost):
            await session.save(session.state)


async def test_a_workspace_that_comes_again_has_an_audit_log_again(all_of_it):
    await all_of_it.fill("T1", "U1")
    await all_of_it.belongings.delete("T1")

    await all_of_it.audit.note(deed("installed", team="T1", person="U1", at=NOW))

    assert await all_of_it.audit.teams() == ("T1",)


def _values(lines):
    return "".join(lines).replace('"refresh": "**********"', "").replace('"refresh": null', "")
