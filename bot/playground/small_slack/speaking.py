"""What people say: messages, edits, deletions, commands; each reaches the bot as Slack would send it."""

from collections.abc import Sequence

from bot.playground.small_slack import typed
from bot.playground.small_slack.courier import Delivery
from bot.playground.small_slack.hands import Hands
from bot.playground.small_slack.interactions import command_form
from bot.playground.small_slack.model import Answer, Json, Message, Room, Ticket


class Speaking(Hands):
    """With the keyboard."""

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

    async def command(self, person: str, channel: str, command: str, text: str) -> Answer:
        """Use a slash command. Raises ValueError for a stranger: other workspaces do not have it."""
        one = self._insider(person)
        room = self._workspace.dm(person) if channel == person else self._workspace.room(channel)
        handles = {each.id: each.handle for each in self._workspace.world.person}
        written = typed.as_command(text, self._names(), handles)
        ticket = self._ticket(room.id, person)
        form = command_form(
            one, room, command, written, self._workspace.world, is_org=self._workspace.keyring.is_org
        )
        form |= {"trigger_id": self._workspace.trigger(person), "response_url": self._url(ticket)}
        return self._shown(ticket, await self._form(form))

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

    def _shown(self, ticket: Ticket, answer: Answer) -> Answer:
        """What a command is answered with at once is shown to its speaker, or to all."""
        body = answer.body if isinstance(answer.body, dict) else {"text": answer.body or ""}
        if answer.ok and (body.get("text") or body.get("blocks")):
            self._responding.answer(ticket, body)
        return answer

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
