"""The way through Cal.com's consent in a browser: out by a link, back by a state; each serves once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Final, Literal, Protocol

from bot.accounts.model import LinkedAccount
from bot.calcom.access.tokens import TokenPair
from bot.connecting.linking import Linking, Refused, WhyNot
from bot.connecting.notes import Connecting, Consenting, Invited, N, Notes, Unconfirmed, Used, When
from bot.connecting.offers import PATH
from bot.connecting.tokens import linked_by_tokens
from bot.connecting.words import to_confirm
from bot.conversation.ports import Clock
from bot.conversation.replies import say
from bot.scheduling.errors import CalendarError, DirectoryUnavailable, ReconnectNeeded
from bot.scheduling.model import Account

BACK: Final = f"{PATH}/callback"
COOKIE: Final = "slotwise_connect_"

Over = Literal["over", "declined", "unavailable", "untold"]  # how it can end, beside being refused


class Ended(Exception):
    """Nothing was connected, and this attempt is over."""

    def __init__(self, how: Over | WhyNot) -> None:
        super().__init__(how)
        self.how: Over | WhyNot = how


class OAuth(Protocol):
    """Cal.com's consent."""

    def authorize_url(self, *, redirect_uri: str, state: str, verifier: str) -> str:
        """Where a person gives it."""

    async def exchange(self, code: str, *, redirect_uri: str, verifier: str) -> TokenPair:
        """The first tokens. Raises ReconnectNeeded when the code is not good, CalendarError."""


@dataclass(frozen=True)
class Begun:
    """Where the browser goes, and what it is given to keep meanwhile."""

    url: str
    cookie: str
    secret: str


@dataclass(frozen=True)
class Asked:
    """It is to be confirmed in Slack; or here before, where the address is not the person's (`link`)."""

    email: str
    name: str = ""
    link: str | None = None


@dataclass(frozen=True)
class Consent:
    """`server`: its API's address. `whose`: the account that a pair of tokens opens."""

    oauth: OAuth
    server: str
    public_url: str
    linking: Linking
    notes: Notes
    clock: Clock
    new_secret: Callable[[], str]  # 43 to 128 letters, digits, - and _
    whose: Callable[[TokenPair], Awaitable[Account]]

    async def begin(self, ticket: str) -> Begun:
        """Follow a link that was offered. Raises Ended, StoreUnavailable."""
        note = await self._spent("connect", ticket, Invited)
        try:
            await self.linking.member(note.team, note.person)
        except (Refused, DirectoryUnavailable) as error:
            raise await self._ended(error, note) from error
        state, verifier, secret = self.new_secret(), self.new_secret(), self.new_secret()
        asked = Consenting(
            team=note.team,
            person=note.person,
            waiting=note.waiting,
            verifier=verifier,  # type: ignore[arg-type]  # pydantic makes a secret of it
            browser=hashed(secret),
        )
        await self.notes.put("oauth", state, asked)
        url = self.oauth.authorize_url(redirect_uri=self._back, state=state, verifier=verifier)
        return Begun(url, cookie_for(state), secret)

    async def finish(self, state: str, code: str, cookies: Mapping[str, str]) -> Asked:
        """Come back from Cal.com; without a `code` they have declined. Raises Ended, StoreUnavailable."""
        note = await self._spent("oauth", state, Consenting)
        try:
            if not _is_same(cookies.get(cookie_for(state), ""), note.browser):
                raise Refused("other_browser")
            if not code:
                raise Ended("declined")
            return await self._ask(await self._account(code, note), note)
        except (Refused, CalendarError, DirectoryUnavailable) as error:
            raise await self._ended(error, note) from error

    async def is_mine(self, name: str, cookies: Mapping[str, str]) -> Asked:
        """Whoever holds the browser says that it is this person's. Raises Ended, StoreUnavailable."""
        note = await self.notes.take("mine", name, Unconfirmed)
        if note is None:
            raise Ended("over")
        if not any(_is_same(one, note.browser) for key, one in cookies.items() if key.startswith(COOKIE)):
            raise await self._ended(Refused("other_browser"), note)
        try:
            return await self._in_slack(note)
        except (Refused, DirectoryUnavailable) as error:
            raise await self._ended(error, note) from error

    @property
    def _back(self) -> str:
        return f"{self.public_url}{BACK}"

    async def _account(self, code: str, note: Consenting) -> LinkedAccount:
        """Raises CalendarError, and Refused where the code is not one for this attempt."""
        verifier = note.verifier.get_secret_value()
        try:
            pair = await self.oauth.exchange(code, redirect_uri=self._back, verifier=verifier)
        except ReconnectNeeded as error:
            raise Refused("code") from error
        account = await self.whose(pair)
        fresh = LinkedAccount(
            id=self.new_secret(), server=self.server, account=account, connected_at=self.clock()
        )
        return linked_by_tokens(fresh, pair)

    async def _ask(self, account: LinkedAccount, note: Consenting) -> Asked:
        """Raises Refused, DirectoryUnavailable, StoreUnavailable."""
        person = await self.linking.member(note.team, note.person)
        unconfirmed = Unconfirmed(
            team=note.team,
            person=note.person,
            waiting=note.waiting,
            account=account,
            browser=note.browser,
        )
        if await self.linking.is_own(note.team, person, account.account):
            return await self._in_slack(unconfirmed)
        name = self.new_secret()
        await self.notes.put("mine", name, unconfirmed)
        return Asked(account.account.email, person.name, f"{PATH}/mine/{name}")

    async def _in_slack(self, note: Unconfirmed) -> Asked:
        name, person = self.new_secret(), await self.linking.member(note.team, note.person)
        await self.notes.put("pending", name, note)
        lines, buttons = to_confirm(note.account, person, name)
        if not await self.linking.tell(note.team, note.person, *lines, buttons=buttons):
            raise Ended("untold")
        return Asked(note.account.account.email, person.name)

    async def _spent(self, kind: When, name: str, into: type[N]) -> N:
        """What the link or the state stands for, once. Raises Ended; whose it was hears of a second time."""
        note = await self.notes.spend(kind, name, into)
        if note is not None:
            return note
        if used := await self.notes.take("used", name, Used):
            await self.linking.refuse(Refused("replayed"), used.team, used.person, say("connect.replayed"))
        raise Ended("over")

    async def _ended(self, error: Exception, note: Connecting) -> Ended:
        """What the page says; of a refusal the person hears in Slack, too."""
        if isinstance(error, Refused):
            await self.linking.refuse(error, note.team, note.person, say(f"connect.refused.{error.why}"))
            return Ended(error.why)
        return Ended("unavailable")


def cookie_for(state: str) -> str:
    """The name of an attempt's cookie: two at once in one browser do not disturb each other."""
    return f"{COOKIE}{hashed(state)[:12]}"


def hashed(secret: str) -> str:
    """What is kept instead of it."""
    return sha256(secret.encode()).hexdigest()


def _is_same(secret: str, kept: str) -> bool:
    return bool(secret) and compare_digest(hashed(secret), kept)
