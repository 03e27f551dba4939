"""What people do: say, edit, delete, press, choose, command; each reaches the bot as Slack would send it."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.playground.small_slack import typed
from bot.playground.small_slack.courier import Courier, Delivery
from bot.playground.small_slack.interactions import (
    action_of,
    block_actions,
    command_form,
    found_element,
    found_option,
)
from bot.playground.small_slack.model import Answer, Json, Message, Room, Ticket
from bot.playground.small_slack.responding import Responding
from bot.playground.small_slack.speech import Speech
from bot.playground.small_slack.wire import wire
from bot.playground.small_slack.workspace import Workspace

URL_LIFE = timedelta(minutes=30)


class Acting:
    """`public_url`: where the bot reaches this small Slack; response_urls start with it."""

    def __init__(self, workspace: Workspace, courier: Courier) -> None:
        self.public_url = ""
        self._last_form: dict[str, str] = {}
        self._workspace = workspace
        self._courier = courier
        self._speech = Speech(workspace, courier)
        self._responding = Responding(workspace, self._speech)

    async def say(
        self,
        person: str,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        files: Sequence[str] = (),
        raw: bool = False,
    ) -> Message:
        """Say something; returns when the bot has acknowledged it, or has failed to once.

        `text` is as typed (`@ben` and `<@UBEN>` mention, `& < >` are escaped) unless `raw`. `channel`: an id;
        a person's own id means their direct messages with the bot. `files`: names of files shared with it.
        """
        room = self._workspace.dm(person) if channel == person else self._workspace.room(channel)
        self._may_speak(person, room)
        message = Message(
            channel=room.id,
            ts=self._workspace.stamps.ts(),
            author=person,
            text=text if raw else typed.as_message(text, self._names()),
            thread_ts=thread_ts,
            subtype="file_share" if files else "thread_broadcast" if broadcast else None,
            files=tuple(self._file(name) for name in files),
        )
        await self._speech.tell(self._speech.post(message))
        return message

    async def edit(self, message: Message, text: str) -> Message:
        """Edit what one has said."""
        change = {"text": typed.as_message(text, self._names()), "edited_ts": self._workspace.stamps.ts()}
        after = message.model_copy(update=change)
        await self._speech.tell(self._speech.edit(message, after))
        return after

    async def delete_message(self, message: Message) -> None:
        """Delete a message, one's own or (as an admin would) the bot's."""
        await self._speech.tell(self._speech.delete(message))

    async def press(
        self,
        person: str,
        message: Message,
        *,
        label: str | None = None,
        action_id: str | None = None,
        value: str | None = None,
        option: str | None = None,
    ) -> Answer:
        """Press the button with this label, action_id or value; or choose a menu's `option` by either.

        `message` is used as it is handed in: an old copy is an old card. Raises LookupError.
        """
        ts = self._workspace.stamps.ts()
        if option is not None:
            element, chosen = found_option(message, option=option, action_id=action_id)
            return await self._act(person, message, action_of(element, ts, chosen))
        element = found_element(message, label=label, action_id=action_id, value=value)
        return await self._act(person, message, action_of(element, ts))

    async def command(self, person: str, channel: str, command: str, text: str) -> Answer:
        """Use a slash command. Raises ValueError for a stranger: other workspaces do not have it."""
        one = self._workspace.world.citizen(person)
        if one.standing == "stranger":
            raise ValueError("strangers have no commands of this workspace")
        room = self._workspace.dm(person) if channel == person else self._workspace.room(channel)
        handles = {each.id: each.handle for each in self._workspace.world.person}
        written = typed.as_command(text, self._names(), handles)
        ticket = self._ticket(room.id, person)
        form = command_form(one, room, command, written, self._workspace.world)
        form |= {"trigger_id": self._workspace.trigger(person), "response_url": self._url(ticket)}
        self._last_form = form
        return self._shown(ticket, await self._courier.form(form))

    async def deliver_again(self, what: Message | Delivery) -> tuple[Answer, ...]:
        """Deliver the same events once more, as Slack does when an acknowledgement was lost."""
        told = [what] if isinstance(what, Delivery) else self.deliveries_of(what)
        return tuple([await self._courier.again(one) for one in told])

    def deliveries_of(self, message: Message) -> list[Delivery]:
        """The events that told of this message when it was said."""
        same = (message.channel, message.ts)
        return [
            one for one in self._courier.deliveries if (one.event.get("channel"), one.event.get("ts")) == same
        ]

    async def press_again(self) -> Answer:
        """Deliver the last interaction or command once more, byte for byte."""
        return await self._courier.form(self._last_form)

    async def _act(self, person: str, message: Message, action: Json) -> Answer:
        one = self._workspace.world.citizen(person)
        room = self._workspace.room(message.channel)
        replies = len(self._workspace.replies(message.channel, message.ts))
        shown = wire(message, self._workspace.world, replies)
        payload = block_actions(one, message, room, action, shown=shown, world=self._workspace.world)
        payload["trigger_id"] = self._workspace.trigger(person)
        payload["response_url"] = self._url(self._ticket(room.id, person, message))
        self._last_form = {"payload": json.dumps(payload)}
        return await self._courier.form(self._last_form)

    def _shown(self, ticket: Ticket, answer: Answer) -> Answer:
        """What a command is answered with at once is shown to its speaker, or to all."""
        body = answer.body if isinstance(answer.body, dict) else {"text": answer.body or ""}
        if answer.ok and (body.get("text") or body.get("blocks")):
            self._responding.answer(ticket, body)
        return answer

    def _ticket(self, channel: str, person: str, message: Message | None = None) -> Ticket:
        until = self._workspace.stamps.now() + URL_LIFE
        place: dict[str, Any] = {}
        if message is not None:
            place = {"whisper_ts" if message.only_for else "message_ts": message.ts}
        return Ticket(channel=channel, person=person, until=until, **place)

    def _url(self, ticket: Ticket) -> str:
        return f"{self.public_url}/respond/{self._workspace.ticket(ticket)}"

    def _may_speak(self, person: str, room: Room) -> None:
        self._workspace.world.citizen(person)
        if room.archived:
            raise ValueError(f"{room.id} is archived")
        if room.partner not in (None, person):
            raise ValueError(f"{room.id} is somebody else's")

    def _names(self) -> dict[str, str]:
        return typed.names_of(self._workspace.world, self._workspace.group_handles)

    def _file(self, name: str) -> Json:
        kind = name.rpartition(".")[2]
        return {
            "id": self._workspace.stamps.next_id("F"),
            "name": name,
            "title": name,
            "filetype": kind,
            "size": 1,
        }
