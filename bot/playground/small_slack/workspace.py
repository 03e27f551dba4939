"""The small Slack's memory: rooms, messages, ephemerals, views, tickets. Nothing here speaks to the bot."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, NamedTuple

from bot.playground.changes import Changes
from bot.playground.small_slack.elements import named
from bot.playground.small_slack.model import (
    Json,
    Message,
    Refused,
    Room,
    Ticket,
    Trigger,
    Waiting,
)
from bot.playground.small_slack.stamps import Stamps
from bot.playground.small_slack.tokens import Keyring
from bot.playground.small_slack.views import Views
from bot.playground.world import World

KEPT_TRIGGERS = 1000


class Change(NamedTuple):
    """What happened, for pages. `person`: the one who may know; None: everybody."""

    kind: Literal["message", "gone", "room", "view", "scheduled", "people", "reset", "installed"]
    channel: str = ""
    ts: str = ""
    message: Message | None = None
    person: str | None = None


def dm_id(person: str) -> str:
    """The id of the direct messages between the bot and this person, opened or not."""
    return f"D0{person[1:]}"


class Workspace:
    """Keeps what was said and tells `changes`."""

    def __init__(self, world: World, stamps: Stamps, changes: Changes[Change], keyring: Keyring) -> None:
        self.world = self._cast = world
        self.stamps = stamps
        self.changes = changes
        self.keyring = keyring
        self.groups: dict[str, tuple[str, ...]] = {}
        self.group_handles: dict[str, str] = {}
        self.gone_people: set[str] = set()
        self._empty()

    def _empty(self) -> None:
        channels = self.world.channel
        self.rooms = {
            c.id: Room(
                id=c.id, name=c.name, bot_is_member=c.bot_is_member, archived=c.archived, shared=c.shared
            )
            for c in channels
        }
        self.said: dict[str, dict[str, Message]] = {}
        self.whispered: dict[str, Message] = {}
        self.scheduled: dict[str, Waiting] = {}  # to be posted later, by id
        self.plans: set[str] = set()  # the streamed messages whose tasks make one plan
        self.tickets: dict[str, Ticket] = {}
        self.triggers: dict[str, Trigger] = {}
        self.suggested: dict[tuple[str, str, str], dict[str, Json]] = {}  # in external selects, by value
        self.views = Views(
            self.world, self.stamps, lambda person: self.changes.tell(Change("view", person=person))
        )

    def reset(self) -> None:
        """Forget everything; ids and timestamps go on, so that nothing of before is repeated."""
        self.world = self._cast
        self._empty()
        self.stamps.reset()
        self.changes.tell(Change("reset"))

    def change_person(self, person: str, **change: object) -> None:
        """Somebody of the cast is otherwise from now on. Raises KeyError for a stranger to the cast."""
        self.world.citizen(person)
        people = tuple(
            one.model_copy(update=change) if one.id == person else one for one in self.world.person
        )
        self.world = self.world.model_copy(update={"person": people})
        self.changes.tell(Change("people", person=person))

    # Rooms

    def room(self, channel: str) -> Room:
        """The room. Raises Refused."""
        if channel not in self.rooms:
            raise Refused("channel_not_found")
        return self.rooms[channel]

    def keep_room(self, room: Room) -> Room:
        """Add or change a room."""
        self.rooms[room.id] = room
        self.changes.tell(Change("room", room.id))
        return room

    def dm(self, person: str) -> Room:
        """The direct messages between the bot and this person, opened when needed. Raises Refused."""
        channel = dm_id(person)
        if channel in self.rooms:
            return self.rooms[channel]
        if all(person != one.id for one in self.world.person):
            raise Refused("user_not_found")
        return self.keep_room(Room(id=channel, name="directmessage", bot_is_member=True, partner=person))

    # Messages

    def message(self, channel: str, ts: str) -> Message:
        """A message as it stands. Raises Refused."""
        found = self.said.get(self.room(channel).id, {}).get(ts)
        if found is None:
            raise Refused("message_not_found")
        return found

    def messages(self, channel: str) -> Iterable[Message]:
        """Everything in a room, threads included, in order."""
        return self.said.get(channel, {}).values()

    def keep(self, message: Message) -> Message:
        """Add a message or put it in the place of its former self."""
        unfurls = (one.model_copy(update={"blocks": self._named(one.blocks)}) for one in message.unfurls)
        named_all = {"blocks": self._named(message.blocks), "unfurls": tuple(unfurls)}
        message = message.model_copy(update=named_all)
        shelf = self.whispered if message.only_for else self.said.setdefault(message.channel, {})
        shelf[message.ts] = message
        self._tell("message", message)
        return message

    def _named(self, blocks: Iterable[Json]) -> tuple[Json, ...]:
        return tuple(named(one, self.stamps.next_id) for one in blocks)

    def drop(self, message: Message) -> None:
        """Take a message away."""
        shelf = self.whispered if message.only_for else self.said.get(message.channel, {})
        if shelf.pop(message.ts, None):
            self._tell("gone", message)

    def replies(self, channel: str, ts: str) -> list[Message]:
        """What stands in the thread under this root."""
        return [one for one in self.messages(channel) if one.thread_ts == ts and one.ts != ts]

    def _tell(self, kind: Literal["message", "gone"], message: Message) -> None:
        person = message.only_for or self.room(message.channel).partner
        self.changes.tell(Change(kind, message.channel, message.ts, message, person))

    def waiting(self) -> list[Waiting]:
        """What is to be posted later, the first first."""
        return sorted(self.scheduled.values(), key=lambda one: one.at)

    def schedule(self, waiting: Waiting) -> None:
        """Add what is to be posted later."""
        self.scheduled[waiting.id] = waiting
        self.changes.tell(Change("scheduled", waiting.message.channel))

    def unschedule(self, waiting: Waiting) -> None:
        """Take it away: it was posted, or never shall be."""
        del self.scheduled[waiting.id]
        self.changes.tell(Change("scheduled", waiting.message.channel))

    # Tickets

    def ticket(self, ticket: Ticket) -> str:
        """Keep what a response_url stands for; its id."""
        name = secrets.token_urlsafe(12)
        self.tickets[name] = ticket
        return name

    def trigger(self, person: str, view_id: str | None = None) -> str:
        """A new trigger_id of this person's; `view_id`: the modal in which they did something."""
        name = f"{self.stamps.next_id('1')}.{self.stamps.next_id('2')}.{secrets.token_hex(8)}"
        until = self.stamps.now() + timedelta(seconds=3)
        while len(self.triggers) >= KEPT_TRIGGERS:
            self.triggers.pop(next(iter(self.triggers)))
        self.triggers[name] = Trigger(person=person, until=until, view_id=view_id)
        return name

    def redeem(self, trigger_id: str) -> Trigger:
        """Use a trigger_id up. Raises Refused."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.stamps.now() > trigger.until:
            raise Refused("expired_trigger_id")
        self.triggers[trigger_id] = trigger.model_copy(update={"used": True})
        return trigger
