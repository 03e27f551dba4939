"""What is had once is not lost where the store stumbles, and what is new is not ended by what is old."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.accounts.model import LinkedAccount, PersonAccounts
from bot.accounts.remembered import RememberedAccounts
from bot.calcom.access.tokens import TokenAccess, TokenPair
from bot.connecting import tokens
from bot.connecting.notes import Notes
from bot.connecting.tokens import AccountTokens, KeptAccount, LinkedKey
from bot.conversation.ports import StoreUnavailable
from bot.conversation.turns import SlashCommand
from bot.scheduling.errors import NotAllowed, ReconnectNeeded
from bot.scheduling.model import Account

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
ANA = Account(id=7, username="ana", email="ana@acme.example", name="Ana")
SERVER = "https://api.cal.com/v2"


def linked(**secrets: str) -> LinkedAccount:
    given = {name: SecretStr(one) for name, one in secrets.items()}
    return LinkedAccount(id="a1", server=SERVER, account=ANA, connected_at=NOW, **given)


class Kept:
    """`Accounts` in memory, which cannot be written to `away` times."""

    refusal = None

    def __init__(self, account: LinkedAccount, away: int = 0) -> None:
        self.kept = PersonAccounts(team="T1", person="U1", accounts=(account,))
        self.away = away
        self.entering = asyncio.Event()
        self.enter = asyncio.Event()
        self.enter.set()

    async def of(self, team: str, person: str) -> PersonAccounts:
        return self.kept

    async def keep(self, accounts: PersonAccounts) -> None:
        if self.away:
            self.away -= 1
            raise StoreUnavailable("away")
        self.kept = accounts

    @asynccontextmanager
    async def alone(self, team: str, person: str):
        self.entering.set()
        await self.enter.wait()
        yield


async def test_a_pair_that_cannot_be_kept_at_once_is_kept_a_little_later(monkeypatch):
    monkeypatch.setattr(tokens, "SAVING", (0.0, 0.0, 0.0))
    accounts = Kept(linked(access="old", refresh="burned"), away=3)
    keeper = AccountTokens(KeptAccount(accounts, "T1", "U1", *accounts.kept.accounts))

    async def refresh(pair: TokenPair) -> TokenPair:
        return TokenPair("new", "fresh")

    access = TokenAccess(keeper, keeper.refreshing(refresh), lambda: NOW)
    assert await access.renewed({"Authorization": "Bearer old"})

    [now] = accounts.kept.accounts
    assert now.refresh.get_secret_value() == "fresh"


async def test_a_refused_key_does_not_end_the_one_that_was_connected_in_its_place():
    accounts = Kept(linked(key="cal_old"))

    async def whose() -> None:
        accounts.kept = accounts.kept.having(linked(key="cal_new"))
        raise NotAllowed("401")

    access = LinkedKey("cal_old", KeptAccount(accounts, "T1", "U1", *accounts.kept.accounts), whose)
    with pytest.raises(ReconnectNeeded):
        await access.renewed({})

    assert not accounts.kept.accounts[0].ended


async def test_who_waited_for_the_lock_changes_the_newest_not_what_was_looked_at_meanwhile():
    accounts = Kept(linked(access="old", refresh="burned"))
    remembered = RememberedAccounts(accounts)
    accounts.enter.clear()

    async def change() -> None:
        async with remembered.alone("T1", "U1"):
            mine = await remembered.of("T1", "U1")
            await remembered.keep(mine.model_copy(update={"hosts": "them"}))

    changing = asyncio.create_task(change())
    await accounts.entering.wait()
    await remembered.of("T1", "U1")
    accounts.kept = accounts.kept.having(linked(access="new", refresh="fresh"))  # by whoever has the lock
    accounts.enter.set()
    await changing

    assert accounts.kept.accounts[0].refresh.get_secret_value() == "fresh"


class Drawer:
    """`Tickets` in memory."""

    def __init__(self) -> None:
        self.notes: dict[tuple[str, str], bytes] = {}

    async def put(self, kind: str, ticket: str, note: bytes, seconds: int) -> None:
        self.notes[kind, ticket] = note

    async def take(self, kind: str, ticket: str) -> bytes | None:
        return self.notes.pop((kind, ticket), None)


@pytest.mark.parametrize(("team", "person"), [("T1", "U2"), ("T2", "U1")])
async def test_anothers_request_goes_on_for_nobody_else(team, person):
    notes = Notes(Drawer())
    request = SlashCommand(id="c1", team="T1", channel="C1", speaker="U1", text="book", at=NOW)
    await notes.wait("name", request, "T1")

    assert await notes.waited("name", team, person) is None
    assert await notes.waited("", "T1", "U1") == request
