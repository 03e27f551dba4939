"""The Web API's chat.*Stream methods: a message that is written while people look."""

from bot.playground.small_slack.chat_methods import ChatMethods, metadata_of
from bot.playground.small_slack.model import Json, Message, Refused, Room
from bot.playground.small_slack.streams import chunks_of, grown, text_in


class StreamMethods(ChatMethods):
    """Start, append, stop; afterwards the message is one like any other."""

    def start_stream(self, args: Json) -> Json:
        """`chat.startStream`: a reply, in a channel to one named person."""
        room = self.open_room(self.addressed(args))
        _check_place(room, args)
        chunks = chunks_of(args)
        blocks: tuple[Json, ...] = ()
        in_plan = args.get("task_display_mode") == "plan"
        for chunk in chunks:
            blocks = grown(blocks, chunk, in_plan=in_plan)
        message = Message(
            channel=room.id,
            ts=self._workspace.stamps.ts(),
            author=self._workspace.world.bot.user,
            text=text_in(chunks),
            blocks=blocks,
            thread_ts=args.get("thread_ts"),
            by_bot=True,
            streaming=True,
        )
        if in_plan:
            self._workspace.plans.add(message.ts)
        self._speech.tell_later(self._speech.post(message))
        return {"channel": room.id, "ts": message.ts}

    def append_stream(self, args: Json) -> Json:
        """`chat.appendStream`."""
        message, chunks = self._streaming(args), chunks_of(args)
        if not chunks:
            raise Refused("no_text")
        self._workspace.keep(self._longer(message, chunks))
        return {"channel": message.channel, "ts": message.ts}

    def stop_stream(self, args: Json) -> Json:
        """`chat.stopStream`: the last words, and blocks under them."""
        message = self._streaming(args)
        last = [{"type": "blocks", "blocks": args["blocks"]}] if args.get("blocks") else []
        longer = self._longer(message, [*chunks_of(args), *last])
        change = {"streaming": False, "metadata": metadata_of(args) or message.metadata}
        self._speech.tell_later(self._speech.edit(message, longer.model_copy(update=change)))
        return self.answer_of(self._workspace.message(message.channel, message.ts))

    def _longer(self, message: Message, chunks: list[Json]) -> Message:
        blocks = message.blocks
        for chunk in chunks:
            blocks = grown(blocks, chunk, in_plan=message.ts in self._workspace.plans)
        return message.model_copy(update={"text": message.text + text_in(chunks), "blocks": blocks})

    def _streaming(self, args: Json) -> Message:
        message = self.own(args, "message_not_owned_by_app")
        if not message.streaming:
            raise Refused("message_not_in_streaming_state")
        return message


def _check_place(room: Room, args: Json) -> None:
    if room.is_dm and not args.get("thread_ts"):
        raise Refused("invalid_arguments")  # a stream of its own is for channels only
    for name in ("recipient_user_id", "recipient_team_id"):
        if not room.is_dm and not args.get(name):
            raise Refused(f"missing_{name}")
