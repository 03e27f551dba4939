"""Saying, editing and deleting: the workspace changes, and the bot is told of it where it may hear."""

import asyncio

from bot.playground.small_slack.courier import Courier, Delivery
from bot.playground.small_slack.model import Json, Message, Room
from bot.playground.small_slack.unfurl_methods import shared_event
from bot.playground.small_slack.wire import deleted_event, edited_event, envelope, said_events
from bot.playground.small_slack.workspace import Workspace


class Speech:
    """`hears_channels`: whether the app is given the channels' messages (an optional scope) too.

    `domains`: those to which links are told it (another optional scope).
    """

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self.hears_channels = True
        self.domains: tuple[str, ...] = ()
        self._workspace = workspace
        self._courier = courier

    def post(self, message: Message) -> list[Json]:
        """Keep a new message; the events to tell."""
        kept = self._workspace.keep(message)
        room = self._workspace.room(message.channel)
        root = self._root(kept)
        return [
            *self._told(said_events(kept, room, root, self._workspace.world), room),
            *self._shared(kept, room),
        ]

    def edit(self, before: Message, after: Message) -> list[Json]:
        """Put a message in the place of another; the events to tell."""
        stamps = self._workspace.stamps
        kept = self._workspace.keep(after)
        room = self._workspace.room(after.channel)
        return self._told([edited_event(before, kept, room, stamps.ts(), self._workspace.world)], room)

    def delete(self, message: Message) -> list[Json]:
        """Take a message away; a root with replies leaves a tombstone, as in Slack. The events to tell."""
        if self._workspace.replies(message.channel, message.ts):
            return self.edit(message, _tombstone(message))
        self._workspace.drop(message)
        room = self._workspace.room(message.channel)
        event = deleted_event(message, room, self._workspace.stamps.ts(), self._workspace.world)
        return self._told([event], room)

    async def tell(self, events: list[Json]) -> list[Delivery]:
        """Deliver events in order, each once; retries go on in the background."""
        return [await self._courier.event(event) for event in events]

    def tell_later(self, events: list[Json]) -> None:
        """Deliver events in the background: a call of the bot's is answered before it hears of its effect."""
        self._courier.background(self._tell_later(events))

    async def _tell_later(self, events: list[Json]) -> None:
        await asyncio.sleep(0)
        await self.tell(events)

    def _root(self, message: Message) -> Message | None:
        if message.thread_ts is None or message.thread_ts == message.ts:
            return None
        return self._workspace.said.get(message.channel, {}).get(message.thread_ts)

    def _shared(self, message: Message, room: Room) -> list[Json]:
        """Links are told also where the app is not a member."""
        event = shared_event(message, room, self.domains, self._workspace.stamps)
        return [self.enveloped(event, room)] if event else []

    def _told(self, events: list[Json], room: Room) -> list[Json]:
        if not room.bot_is_member:
            return []  # app_mention too: only "in conversations that the app is in"
        heard = [one for one in events if room.is_dm or self.hears_channels or one["type"] == "app_mention"]
        return [self.enveloped(event, room) for event in heard]

    def enveloped(self, event: Json, room: Room) -> Json:
        """An event of this room as it is delivered."""
        stamps = self._workspace.stamps
        return envelope(
            event,
            event_id=stamps.next_id("Ev"),
            event_time=int(stamps.now().timestamp()),
            shared=room.shared,
            world=self._workspace.world,
            is_org=self._workspace.keyring.is_org,
        )


def _tombstone(message: Message) -> Message:
    words = "This message was deleted."  # Slack's, not the bot's
    return message.model_copy(update={"text": words, "blocks": (), "files": (), "subtype": "tombstone"})
