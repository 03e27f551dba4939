"""The small Slack: people speak and press here, the bot's Web API calls arrive here, all in memory."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.playground.changes import Changes
from bot.playground.small_slack.courier import Courier, Delivery
from bot.playground.small_slack.files import Files
from bot.playground.small_slack.methods import methods_of, open_methods_of
from bot.playground.small_slack.model import Call, Json, Message, Room, Waiting
from bot.playground.small_slack.schedule_methods import ScheduleMethods
from bot.playground.small_slack.speaking import Speaking
from bot.playground.small_slack.stamps import Stamps
from bot.playground.small_slack.tokens import Keyring, Tokens
from bot.playground.small_slack.trouble import Trouble
from bot.playground.small_slack.viewing import Viewing
from bot.playground.small_slack.web_api import WebApi
from bot.playground.small_slack.wire import farewell
from bot.playground.small_slack.workspace import Change, Workspace, dm_id
from bot.playground.world import Citizen, World

KEPT_CALLS = 5000

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "chat:write",
    "commands",
    "files:write",
    "im:history",
    "im:write",
    "links:read",
    "links:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
HISTORY = ("channels:history", "groups:history", "mpim:history")


class SmallSlack(Speaking, Viewing):
    """Serve `app` where the bot's Web API base URL points (`…/api/`), and set `events_url` and `public_url`.

    What people do is in `Speaking`, `Interacting` and `Viewing`; what goes wrong on purpose in `trouble`; who
    follows, in `changes`.
    `clock` gives messages their timestamps; signatures carry the real time. Without a `bot_token` the bot is
    not in the workspace, until it is given one (`SlackSite`).
    """

    def __init__(
        self, world: World, *, signing_secret: str, bot_token: str | None, clock: Callable[[], datetime]
    ) -> None:
        self.world = world
        self.changes: Changes[Change] = Changes()
        self.trouble = Trouble()
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.app_token: str | None = None  # for apps.connections.open
        self.socket_url: str | None = None
        self.tokens = Tokens(clock, bot_token)
        self.keyring = Keyring(self.tokens)
        self.tokens.on_change = lambda: self.changes.tell(Change("installed"))
        courier = Courier(signing_secret, self.trouble)
        courier.listens = lambda: self.keyring.is_installed
        super().__init__(Workspace(world, Stamps(clock), self.changes, self.keyring), courier)
        methods = methods_of(self._workspace, self._speech)
        self.files = Files(lambda: self.public_url, methods["chat.postMessage"])
        methods["files.getUploadURLExternal"] = self.files.address
        methods["files.completeUploadExternal"] = self.files.complete
        self._later = ScheduleMethods(self._workspace, self._speech, self._look_at)
        methods |= self._later.methods
        self.api = WebApi(
            methods,
            self._responding.respond,
            check=self.keyring.check,
            trouble=self.trouble,
            calls=self.calls,
            open_methods=open_methods_of(lambda: (self.app_token, self.socket_url)),
            scopes=lambda: (*SCOPES, *(HISTORY if self.hears_channels else ())),
        )
        self.app: Starlette = self.api.app(self.files.route)

    # Settings

    @property
    def events_url(self) -> str | None:
        """Where events, interactions and commands go; None: nowhere."""
        return self._courier.url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self._courier.url = url

    def tune(
        self,
        *,
        retry_delays: Sequence[float] | None = None,
        ack_seconds: float | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Change the seconds before each retry and for an ack, and the way to the bot. Before use."""
        self._courier.retry_delays = self._courier.retry_delays if retry_delays is None else retry_delays
        self._courier.ack_seconds = self._courier.ack_seconds if ack_seconds is None else ack_seconds
        self._courier.transport = transport or self._courier.transport

    @property
    def hears_channels(self) -> bool:
        """Whether the app is given the channels' messages (an optional scope) besides its mentions."""
        return self._speech.hears_channels

    @hears_channels.setter
    def hears_channels(self, hears: bool) -> None:
        self._speech.hears_channels = hears

    @property
    def unfurls(self) -> tuple[str, ...]:
        """The domains to which links are told the app (an optional scope)."""
        return self._speech.domains

    @unfurls.setter
    def unfurls(self, domains: tuple[str, ...]) -> None:
        self._speech.domains = domains

    # What has been said

    @property
    def rooms(self) -> tuple[Room, ...]:
        """All channels and the direct messages that were opened."""
        return tuple(self._workspace.rooms.values())

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The events sent to the bot, with what each attempt was answered."""
        return tuple(self._courier.deliveries)

    def messages(self, channel: str, thread_ts: str | None = None) -> tuple[Message, ...]:
        """What stands in a channel, by everybody, in order; or in one thread, its root first."""
        said = self._workspace.messages(channel)
        return tuple(one for one in said if thread_ts is None or thread_ts in (one.ts, one.thread_ts))

    def message(self, channel: str, ts: str) -> Message:
        """A message as it stands now. Raises Refused."""
        return self._workspace.message(channel, ts)

    @property
    def scheduled(self) -> tuple[Waiting, ...]:
        """What the bot has scheduled and is still to be posted, the first first."""
        return tuple(self._workspace.waiting())

    def whispers(self, person: str, channel: str | None = None) -> tuple[Message, ...]:
        """The ephemerals that this person sees."""
        seen = [one for one in self._workspace.whispered.values() if one.only_for == person]
        return tuple(one for one in seen if channel in (None, one.channel))

    def room(self, channel: str) -> Room:
        """A channel or direct messages. Raises Refused."""
        return self._workspace.room(channel)

    def now(self) -> datetime:
        """The time in this world."""
        return self._workspace.stamps.now()

    def seen_by(self, person: str, channel: str, ts: str) -> Message:
        """A message or one's own ephemeral, as it stands now. Raises Refused."""
        whisper = next((one for one in self.whispers(person, channel) if one.ts == ts), None)
        return whisper or self.message(channel, ts)

    def dm_id(self, person: str) -> str:
        """What `dm_channel` gives, without opening it."""
        return dm_id(person)

    def dm_channel(self, person: str) -> str:
        """The id of the direct messages between the bot and this person. Raises Refused."""
        return self._workspace.dm(person).id

    def dms(self, person: str) -> tuple[Message, ...]:
        """What the bot said to this person directly."""
        return tuple(one for one in self.messages(self.dm_channel(person)) if one.by_bot)

    # What happens to the workspace

    def remove_bot_from(self, channel: str) -> None:
        """The bot is no longer a member of the channel."""
        self._change_room(channel, bot_is_member=False)

    def invite_bot_to(self, channel: str) -> None:
        """The bot is a member of the channel."""
        self._change_room(channel, bot_is_member=True)

    def archive(self, channel: str) -> None:
        """Nobody can speak there any more."""
        self._change_room(channel, archived=True)

    def share(self, channel: str) -> None:
        """The channel is shared with another organisation."""
        self._change_room(channel, shared=True)

    def add_group(self, group_id: str, handle: str, people: Sequence[str]) -> None:
        """Add a user group; `@handle` mentions it."""
        self._workspace.groups[group_id] = tuple(people)
        self._workspace.group_handles[handle] = group_id

    @property
    def groups(self) -> dict[str, str]:
        """Every user group's handle by its id."""
        return {group: handle for handle, group in self._workspace.group_handles.items()}

    def deactivate(self, person: str) -> None:
        """Their account is switched off."""
        self._workspace.gone_people.add(person)

    def appoint(self, person: str, *, admin: bool) -> None:
        """They are an admin of the workspace from now on, or no longer."""
        self._workspace.change_person(person, admin=admin)

    def speak(self, person: str, locale: str) -> None:
        """Their Slack is in this language from now on."""
        self._workspace.change_person(person, locale=locale)

    def citizen(self, person: str) -> Citizen:
        """Somebody as they are now. Raises KeyError."""
        return self._workspace.world.citizen(person)

    @property
    def is_installed(self) -> bool:
        """Whether the bot is in this workspace."""
        return self.keyring.is_installed

    async def uninstall(self) -> tuple[Delivery, ...]:
        """An admin takes the bot out: its tokens die, and it is told so."""
        return await self._leave(("tokens_revoked", "app_uninstalled"))

    def uninstall_later(self) -> None:
        """The same, told in the background: a call of the bot's is answered before it hears of its effect."""
        self._courier.background(self._left(self.uninstall()))

    async def revoke_tokens(self) -> tuple[Delivery, ...]:
        """The tokens die, and the bot is told of that only."""
        return await self._leave(("tokens_revoked",))

    async def _left(self, leaving: Coroutine[Any, Any, object]) -> None:
        await asyncio.sleep(0)
        await leaving

    async def _leave(self, kinds: Sequence[str]) -> tuple[Delivery, ...]:
        is_org = self.keyring.is_org
        self.keyring.revoke()
        return tuple([await self._courier.last_event(Delivery(self._farewell(one, is_org))) for one in kinds])

    def _farewell(self, kind: str, is_org: bool) -> Json:
        stamps = self._workspace.stamps
        event: Json = {"type": kind, "event_ts": stamps.ts()}
        if kind == "tokens_revoked":
            event["tokens"] = {"oauth": [], "bot": [self.world.bot.user]}
        at = int(stamps.now().timestamp())
        event_id = stamps.next_id("Ev")
        return farewell(event, event_id=event_id, event_time=at, world=self.world, is_org=is_org)

    # Life

    def time_passed(self) -> None:
        """Post what is due by now. A clock that runs by itself needs no call; one moved by hand does."""
        self._later.post_due()

    def _look_at(self, at: datetime) -> None:
        seconds = max(0.0, (at - self.now()).total_seconds())
        asyncio.get_running_loop().call_later(seconds, self.time_passed)

    def reset(self) -> None:
        """Forget what was said, the calls and the trouble; the cast and the settings stay."""
        self._workspace.reset()
        self._courier.deliveries.clear()
        self.calls.clear()
        self.files.handed.clear()
        self.trouble.end()

    async def settled(self) -> None:
        """Wait until every event is delivered or given up, those of the bot's own messages included."""
        await self._courier.settled()

    async def drop_deliveries(self) -> None:
        """End every delivery on its way, the retries to come included."""
        await self._courier.drop()

    async def close(self) -> None:
        """End deliveries; close the HTTP client."""
        await self._courier.close()

    def _change_room(self, channel: str, **change: bool) -> None:
        self._workspace.keep_room(self._workspace.room(channel).model_copy(update=change))
