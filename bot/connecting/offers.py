"""Lets people of one workspace connect, and says what they have connected."""

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.accounts.model import LinkedAccount, PersonAccounts
from bot.accounts.ports import Accounts, RulesBook
from bot.connecting.notes import Invited, Notes
from bot.conversation.connecting import Linked, Offer, Refusal
from bot.conversation.correlation import GOES_ON
from bot.conversation.turns import SlashCommand, Turn

PATH = "/connect"  # under the bot's own address
NAMES = {
    "api.cal.com": "Cal.com",
    "127.0.0.1": "Cal.com on this machine",
    "localhost": "Cal.com on this machine",
}


class WorkspaceConnections:
    """Implements `Connections`. `public_url`: where the bot's pages are, where Cal.com knows the bot."""

    def __init__(
        self,
        team: str,
        accounts: Accounts,
        rules: RulesBook,
        notes: Notes,
        new_ticket: Callable[[], str],
        public_url: str | None,
    ) -> None:
        self._team = team
        self._accounts = accounts
        self._rules = rules
        self._notes = notes
        self._new_ticket = new_ticket
        self._public_url = public_url

    async def offer(self, person: str, waiting: Turn | None = None) -> Offer:
        """Let this person connect. Nothing is made for those who cannot."""
        if refusal := await refusal_in(self._team, self._accounts, self._rules):
            return Offer(refusal=refusal)
        name = self._new_ticket() if waiting else ""
        if waiting:
            await self._notes.wait(name, _to_go_on(waiting), self._team)
        return Offer(url=await self._link(person, name), waiting=name)

    async def of(self, person: str) -> tuple[Linked, ...]:
        """What they have connected."""
        if self._accounts.refusal:
            return ()
        found = await self._accounts.of(self._team, person)
        return tuple(_linked(one, found) for one in found.accounts)

    async def refusal(self) -> Refusal | None:
        """Why nobody here can connect."""
        return await refusal_in(self._team, self._accounts, self._rules)

    async def _link(self, person: str, waiting: str) -> str | None:
        if self._public_url is None:
            return None
        ticket = self._new_ticket()
        await self._notes.put("connect", ticket, Invited(team=self._team, person=person, waiting=waiting))
        return f"{self._public_url}{PATH}/{ticket}"


async def refusal_in(team: str, accounts: Accounts, rules: RulesBook) -> Refusal | None:
    """Why nobody of this workspace can connect; None: they can. Raises StoreUnavailable."""
    if accounts.refusal:
        return accounts.refusal
    return "shared" if (await rules.of(team)).calendars == "shared" else None


def host_of(server: str) -> str:
    """A server's name, for people."""
    host = urlsplit(server).hostname or server
    return NAMES.get(host, host)


def _linked(one: LinkedAccount, found: PersonAccounts) -> Linked:
    return Linked(
        id=one.id,
        email=one.account.email,
        server=host_of(one.server),
        serves=one is found.default,
        has_ended=one.ended,
    )


def _to_go_on(turn: Turn) -> Turn | SlashCommand:
    """The request under a new id, as if it came now. A command that was answered privately has no thread."""
    if not turn.id.endswith(GOES_ON) or turn.card:
        return turn.model_copy(update={"id": f"{turn.id}:connected"})
    return SlashCommand(
        id=f"{turn.id.removesuffix(GOES_ON)}:connected",
        team=turn.thread.team,
        channel=turn.thread.channel,
        speaker=turn.speaker,
        text=turn.text,
        at=turn.at,
    )
