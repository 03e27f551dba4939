"""What is done at the counter about people's own calendars: connect by a key, confirm, choose, disconnect."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from pydantic import SecretStr

from bot.accounts.model import LinkedAccount
from bot.connecting.linking import Linking, Refused
from bot.connecting.notes import Notes, Unconfirmed
from bot.connecting.offers import host_of
from bot.connecting.words import connected, whose
from bot.conversation.connecting import Connections
from bot.conversation.forms import (
    ChoiceField,
    Filled,
    Form,
    FormOption,
    NoOptions,
    Reply,
    TextField,
    Visit,
    Wanted,
    Wrong,
)
from bot.conversation.forms import words as window
from bot.conversation.ports import LockLost, StoreUnavailable
from bot.conversation.replies import Card, Link, Phrase, say
from bot.scheduling.errors import CalendarError, DirectoryUnavailable, NotAllowed
from bot.scheduling.model import Account, Person

PATIENCE: Final = 1.7  # seconds for Cal.com to answer while a window waits; Slack's end after three
NAME: Final = "connect"  # under which kinds of forms of it begin

ServersOf = Callable[[str], Awaitable[tuple[str, ...]]]  # by workspace: that of the settings first
Whose = Callable[[str, str], Awaitable[Account]]  # by server and key
ConnectionsOf = Callable[[str], Connections]


class ConnectClerk(NoOptions):
    """Implements `Counter` for kinds that begin with `connect`."""

    def __init__(
        self,
        linking: Linking,
        notes: Notes,
        connections_of: ConnectionsOf,
        servers_of: ServersOf,
        whose: Whose,
        new_id: Callable[[], str],
        patience: float = PATIENCE,
    ) -> None:
        self._linking = linking
        self._notes = notes
        self._connections_of = connections_of
        self._servers_of = servers_of
        self._whose = whose
        self._new_id = new_id
        self._patience = patience

    async def asked(self, wanted: Wanted) -> Reply:
        """A form, or what is done without one."""
        try:
            return await self._asked(wanted)
        except Refused as refused:
            return window(await self._refused(refused, wanted))
        except DirectoryUnavailable:
            return window(say("trouble.directory"))

    async def filled(self, filled: Filled) -> Reply:
        """A key was pasted, or an account confirmed."""
        try:
            if filled.form == "connect.key":
                return await self._key(filled, await self._member(filled))
            if filled.form == "connect.confirm":
                return _as_window(await self._confirmed(filled, await self._member(filled)))
        except Refused as refused:
            return window(await self._refused(refused, filled))
        except DirectoryUnavailable:
            return window(say("trouble.directory"))
        return window(say("press.stale"))

    async def _asked(self, wanted: Wanted) -> Reply:
        match wanted.form:
            case "connect.start":
                return await self._start(wanted, await self._member(wanted))
            case "connect.key":
                return await self._form(wanted, await self._member(wanted))
            case "connect.confirm":
                return await self._confirmed(wanted, await self._member(wanted))
            case "connect.drop":
                return await self._dropped(wanted)
            case "connect.disconnect" | "connect.default":
                return await self._changed(wanted)
        return window(say("press.stale"))

    async def _member(self, visit: Visit) -> Person:
        """Raises Refused, DirectoryUnavailable, StoreUnavailable."""
        if visit.person_team:
            raise Refused("guest")
        return await self._linking.member(visit.team, visit.person)

    async def _refused(self, refused: Refused, visit: Visit) -> Phrase:
        await self._linking.refuse(refused, visit.team, visit.person)
        return say(f"connect.refused.{refused.why}")

    # Connecting

    async def _start(self, wanted: Wanted, person: Person) -> Reply:
        """From where no link can stand for long: the Home tab."""
        offer = await self._connections_of(wanted.team).offer(wanted.person)
        if offer.url is None:
            return await self._form(wanted, person)
        link = Link(url=offer.url, text="Cal.com")
        lines = (say("connect.here", link=link), say("connect.private"))
        return window(*lines, zone=person.zone, language=person.locale)

    async def _form(self, wanted: Wanted, person: Person) -> Form:
        return key_form(await self._servers_of(wanted.team), wanted.about, person)

    async def _key(self, filled: Filled, person: Person) -> Reply:
        servers = await self._servers_of(filled.team)
        server, key = filled.text("server") or servers[0], filled.text("key")
        if server not in servers:
            raise Refused("server")
        try:
            async with asyncio.timeout(self._patience):
                account = await self._whose(server, key)
        except NotAllowed:
            return _wrong("connect.key_refused", person, server)
        except (CalendarError, TimeoutError):
            return _wrong("connect.key_unchecked", person, server)
        linked = LinkedAccount(
            id=self._new_id(), server=server, account=account, key=SecretStr(key), connected_at=filled.at
        )
        return await self._checked(linked, filled, person)

    async def _checked(self, linked: LinkedAccount, filled: Filled, person: Person) -> Reply:
        """One's own address needs no question: who pasted the key is known. Any other is asked about."""
        if await self._linking.is_own(filled.team, person, linked.account):
            card = await self._kept(linked, filled, filled.about, person)
            return _as_window(card)
        name = self._new_id()
        note = Unconfirmed(team=filled.team, person=filled.person, waiting=filled.about, account=linked)
        await self._notes.put("pending", name, note)
        return Form(
            kind="connect.confirm",
            about=name,
            title=say("connect.title"),
            lines=(*whose(linked, person), say("connect.sure")),
            submit=say("connect.confirm_short"),
            zone=person.zone,
            language=person.locale,
        )

    async def _confirmed(self, visit: Visit, person: Person) -> Card | Form:
        """A second press changes nothing, and leaves the card that says what came of the first."""
        note = await self._note(visit)
        if note is None:
            return window(say("connect.too_late"), zone=person.zone, language=person.locale)
        try:
            await self._linking.is_own(
                visit.team, person, note.account.account
            )  # who is who may have changed
            return await self._kept(note.account, visit, note.waiting, person)
        except (DirectoryUnavailable, LockLost, StoreUnavailable):
            with suppress(StoreUnavailable):  # it can be said again
                await self._notes.put("pending", visit.about, note)
            raise

    async def _kept(self, linked: LinkedAccount, visit: Visit, waiting: str, person: Person) -> Card:
        goes_on = await self._linking.keep(visit.team, visit.person, linked, waiting)
        return _card(person, *connected(linked, goes_on=goes_on))

    async def _dropped(self, wanted: Wanted) -> Card | Form:
        note = await self._note(wanted)
        if note is None:
            return window(say("connect.too_late"))
        await self._linking.note("refused", wanted.team, wanted.person, why="dropped", what="connect")
        return Card(lines=(say("connect.dropped"),))

    async def _note(self, visit: Visit) -> Unconfirmed | None:
        """The account that waits for this very person's word, once."""
        note = await self._notes.take("pending", visit.about, Unconfirmed)
        if note and (note.team, note.person) != (visit.team, visit.person):
            await self._notes.put("pending", visit.about, note)
            raise Refused("other_member")
        return note

    # Changing

    async def _changed(self, wanted: Wanted) -> Card | Form:
        parts = wanted.form == "connect.disconnect"
        account = await self._linking.change(wanted.team, wanted.person, wanted.about, parts=parts)
        if account is None:
            return window(say("connect.gone"))
        key = "connect.parted" if parts else "connect.serves_now"
        return Card(lines=(say(key, email=account.account.email, server=host_of(account.server)),))


def key_form(servers: tuple[str, ...], about: str, person: Person) -> Form:
    """Where a key is pasted; and for which server, where there are several."""
    key = TextField(name="key", label=say("connect.key"), hint=say("connect.key_where"), most=500)
    options = tuple(FormOption(value=one, label=say("connect.at", server=host_of(one))) for one in servers)
    at = ChoiceField(name="server", label=say("connect.server"), options=options, chosen=servers[:1])
    return Form(
        kind="connect.key",
        about=about,
        title=say("connect.title"),
        lines=(say("connect.key_kept"),),
        fields=(key, at) if len(servers) > 1 else (key,),
        submit=say("connect.submit"),
        zone=person.zone,
        language=person.locale,
    )


def _wrong(key: str, person: Person, server: str) -> Wrong:
    return Wrong(fields={"key": say(key, server=host_of(server))}, language=person.locale)


def _card(person: Person, *lines: Phrase) -> Card:
    return Card(lines=lines, zone=person.zone, language=person.locale)


def _as_window(card: Card | Form) -> Form:
    return card if isinstance(card, Form) else window(*card.lines, zone=card.zone, language=card.language)
