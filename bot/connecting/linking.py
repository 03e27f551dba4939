"""Whether an account may be connected for somebody, and keeping it; then what waited for it goes on."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Literal

from bot.accounts.model import LinkedAccount, PersonAccounts
from bot.accounts.ports import Accounts, RulesBook
from bot.connecting.notes import Notes
from bot.connecting.offers import refusal_in
from bot.conversation.auditing import DeedStep, deed
from bot.conversation.letters import Connected, Letter
from bot.conversation.ports import ChannelClosed, DeliveryFailed, QueueUnavailable
from bot.conversation.replies import Button, Card, Phrase, Tell
from bot.conversation.rounds import Round
from bot.means import Means
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Account, CalendarRef, Person

log = logging.getLogger(__name__)

MeansOf = Callable[[str], Awaitable[Means | None]]

WhyNot = Literal[
    "volatile",
    "unsealed",
    "shared",
    "nobody",
    "guest",
    "other_member",
    "server",
    "too_many",
    "other_browser",
    "replayed",
    "code",
]


class Refused(Exception):
    """Nothing was connected. `why`: a short word of ours, for the words and for the audit log."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why: WhyNot = why


class Linking:
    """Knows the rules of who may connect what. `means_of`: None where the bot is not installed."""

    def __init__(self, accounts: Accounts, rules: RulesBook, notes: Notes, means_of: MeansOf) -> None:
        self._accounts = accounts
        self._rules = rules
        self._notes = notes
        self._means_of = means_of

    async def member(self, team: str, person_id: str) -> Person:
        """The person, who may connect something. Raises Refused, DirectoryUnavailable, StoreUnavailable."""
        if refusal := await refusal_in(team, self._accounts, self._rules):
            raise Refused(refusal)
        try:
            person = await (await self.means(team)).directory.person(person_id)
        except UnknownPerson as error:
            raise Refused("nobody") from error
        if person.standing != "member":
            raise Refused("guest")
        return person

    async def means(self, team: str) -> Means:
        """What there is in this workspace. Raises Refused where the bot is not installed any more."""
        means = await self._means_of(team)
        if means is None:
            raise Refused("nobody")
        return means

    async def is_own(self, team: str, person: Person, account: Account) -> bool:
        """Whether it has this person's own address. Raises Refused where it is another member's."""
        if person.email and _same(person.email, account.email):
            return True
        found = await (await self.means(team)).directory.by_email(account.email)
        others = (await self._accounts.by_email(team, account.email), found.id if found else None)
        if any(other not in (None, person.id) for other in others):
            raise Refused("other_member")
        return False

    async def keep(self, team: str, person_id: str, account: LinkedAccount, waiting: str) -> bool:
        """Connect it, as the one that serves them; whether something that waited goes on.

        Raises Refused, StoreUnavailable, LockLost.
        """
        means = await self.means(team)
        async with self._accounts.alone(team, person_id):
            before = await self._accounts.of(team, person_id)
            after = _connected(before, account)
            if _names(before) - _names(after):
                raise Refused("too_many")
            await self.note("connected", team, person_id, what="key" if account.key else "consent")
            await self._accounts.keep(after)
        log.info("connected team=%s person=%s", team, person_id)
        await _answer_for_them(team, person_id, account.id, means)
        await _listen(team, person_id, after.accounts[0].id, means)
        return await self._go_on(waiting, team, person_id, means)

    async def change(
        self, team: str, person_id: str, account_id: str, *, parts: bool
    ) -> LinkedAccount | None:
        """Disconnect one (`parts`), or let it serve; it as it was, None where there is none.

        Raises Refused, StoreUnavailable, LockLost.
        """
        if parts:
            hooks = (await self.means(team)).hooks
            await hooks.drop(CalendarRef(person=person_id, account=account_id))
        async with self._accounts.alone(team, person_id):
            before = await self._accounts.of(team, person_id)
            account = before.account(account_id)
            if account is None:
                return None
            if parts:
                await self.note("disconnected", team, person_id)
            after = before.without(account_id) if parts else before.serving(account_id)
            await self._accounts.keep(after)
        return account

    async def note(
        self, step: DeedStep, team: str, person: str, *, why: str | None = None, what: str | None = None
    ) -> None:
        """In the audit log. Raises Refused, StoreUnavailable."""
        means = await self.means(team)
        await means.audit.note(deed(step, team=team, person=person, at=means.clock(), why=why, what=what))

    async def refuse(self, refused: Refused, team: str, person_id: str, phrase: Phrase | None = None) -> None:
        """Note it, and tell the person alone, if there is a `phrase`. Raises StoreUnavailable.

        Where the bot is not installed any more, nobody is told, and nothing is written of it.
        """
        log.warning("refused to connect team=%s person=%s why=%s", team, person_id, refused.why)
        with suppress(Refused):
            await self.note("refused", team, person_id, why=refused.why, what="connect")
            if phrase:
                await self.tell(team, person_id, phrase)

    async def tell(self, team: str, person_id: str, *lines: Phrase, buttons: tuple[Button, ...] = ()) -> bool:
        """A direct message; whether it went out."""
        means = await self.means(team)
        try:
            person = await means.directory.person(person_id)
            card = Card(lines=lines, buttons=buttons, zone=person.zone, language=person.locale)
            await means.messenger.deliver(Tell(person=person_id, card=card))
        except (ChannelClosed, DeliveryFailed, DirectoryUnavailable, UnknownPerson) as error:
            log.warning("not told team=%s person=%s error=%s", team, person_id, type(error).__name__)
            return False
        return True

    async def _go_on(self, waiting: str, team: str, person_id: str, means: Means) -> bool:
        request = await self._notes.waited(waiting, team, person_id)
        if request is None:
            return False
        try:
            await means.queue.put(request)
        except QueueUnavailable:
            log.warning("what waited cannot go on work=%s", request.id)
            await self._notes.wait(waiting or request.id, request, team)  # for the next time they connect
            return False
        return True


async def _answer_for_them(team: str, person_id: str, account_id: str, means: Means) -> None:
    """What they were asked by others is answered by their calendar from now on."""
    name = f"connected:{person_id}:{account_id}"
    word = Letter(id=name, team=team, person=person_id, about=Connected(), at=means.clock())
    with suppress(QueueUnavailable):
        await means.queue.put(word)


async def _listen(team: str, person_id: str, account_id: str, means: Means) -> None:
    """Its first round: from here on its news reach us. The next one makes up for it where this cannot be."""
    now = means.clock()
    name = f"round:{team}:{person_id}:{account_id}:connected:{now.timestamp():.0f}"
    calendar = CalendarRef(person=person_id, account=account_id)
    with suppress(QueueUnavailable):
        await means.queue.put(Round(id=name, team=team, calendar=calendar, at=now))


def _connected(before: PersonAccounts, account: LinkedAccount) -> PersonAccounts:
    """A copy with it as the one that serves. Connected again it keeps its id: old cards go on meaning it."""
    known = (one for one in before.accounts if (one.server, one.account.id) == _name(account))
    old = next(known, None)
    if old is None:
        return before.having(account)
    return before.having(account.model_copy(update={"id": old.id})).serving(old.id)


def _name(account: LinkedAccount) -> tuple[str, int]:
    return account.server, account.account.id


def _names(accounts: PersonAccounts) -> set[tuple[str, int]]:
    """Which accounts they are, at which servers."""
    return {_name(one) for one in accounts.accounts}


def _same(email: str, other: str) -> bool:
    return email.strip().casefold() == other.strip().casefold()
