"""The Web API's chat.* and reactions.* methods."""

from typing import Any

from bot.playground.small_slack.model import Json, Message, Refused, Room
from bot.playground.small_slack.speech import Speech
from bot.playground.small_slack.wire import wire
from bot.playground.small_slack.workspace import Workspace

MAX_TEXT = 40_000


class ChatMethods:
    """What the bot says, changes and takes back."""

    def __init__(self, workspace: Workspace, speech: Speech) -> None:
        self._workspace = workspace
        self._speech = speech

    def post_message(self, args: Json) -> Json:
        """`chat.postMessage`; a user's id opens the direct messages with them."""
        room = self.open_room(self.addressed(args))
        thread = args.get("thread_ts")
        subtype = "thread_broadcast" if thread and args.get("reply_broadcast") else None
        metadata = metadata_of(args)
        message = self._new(room, args, thread_ts=thread, subtype=subtype, metadata=metadata)
        self._speech.tell_later(self._speech.post(message))
        return self.answer_of(self._workspace.message(room.id, message.ts))

    def update(self, args: Json) -> Json:
        """`chat.update`: only the bot's own; blocks that are not given stay."""
        before = self.own(args, "cant_update_message")
        if before.streaming:
            raise Refused("streaming_state_conflict")
        if self._workspace.room(before.channel).archived:
            raise Refused("is_archived")
        _content(args)
        change: Json = {"text": args.get("text", before.text)} | {
            "metadata": metadata_of(args) or before.metadata
        }
        if "blocks" in args:
            change["blocks"] = _blocks(args)
        if not change.get("blocks", before.blocks):
            change["edited_ts"] = self._workspace.stamps.ts()  # Slack says so of plain words only
        after = before.model_copy(update=change)
        self._speech.tell_later(self._speech.edit(before, after))
        return self.answer_of(self._workspace.message(before.channel, before.ts)) | {"text": after.text}

    def delete(self, args: Json) -> Json:
        """`chat.delete`: only the bot's own."""
        message = self.own(args, "cant_delete_message")
        if message.streaming:
            raise Refused("cant_delete_message")
        self._speech.tell_later(self._speech.delete(message))
        return {"channel": message.channel, "ts": message.ts}

    def post_ephemeral(self, args: Json) -> Json:
        """`chat.postEphemeral`."""
        room = self.open_room(self._workspace.room(args.get("channel", "")))
        person = args.get("user", "")
        if all(person != one.id for one in self._workspace.world.person) or room.partner not in (
            None,
            person,
        ):
            raise Refused("user_not_in_channel")
        message = self._new(room, args, thread_ts=args.get("thread_ts"), only_for=person)
        self._workspace.keep(message)
        return {"message_ts": message.ts}

    def add_reaction(self, args: Json) -> Json:
        """`reactions.add`."""
        message = self._workspace.message(args.get("channel", ""), args.get("timestamp", ""))
        name = args.get("name") or ""
        if not name:
            raise Refused("invalid_name")
        if name in message.reactions:
            raise Refused("already_reacted")
        self._workspace.keep(message.model_copy(update={"reactions": (*message.reactions, name)}))
        return {}

    def addressed(self, args: Json) -> Room:
        """The room that a call is meant for. Raises Refused."""
        channel = args.get("channel") or ""
        if channel[:1] not in ("U", "W"):
            return self._workspace.room(channel)
        try:
            return self._workspace.dm(channel)
        except Refused as error:
            raise Refused("channel_not_found") from error

    def open_room(self, room: Room) -> Room:
        """The same room, if the bot may speak there. Raises Refused."""
        if room.archived:
            raise Refused("is_archived")
        if not room.bot_is_member:
            raise Refused("not_in_channel")
        return room

    def own(self, args: Json, otherwise: str) -> Message:
        """The bot's own message that a call is about. Raises Refused, `otherwise` for others' messages."""
        message = self._workspace.message(args.get("channel", ""), args.get("ts", ""))
        if not message.by_bot or message.subtype == "tombstone":
            raise Refused(otherwise)
        return message

    def _new(self, room: Room, args: Json, **more: Any) -> Message:
        _content(args)
        return Message(
            channel=room.id,
            ts=self._workspace.stamps.ts(),
            author=self._workspace.world.bot.user,
            text=args.get("text") or "",
            blocks=_blocks(args),
            by_bot=True,
            **more,
        )

    def answer_of(self, message: Message) -> Json:
        """What a call that made or changed a message is answered."""
        replies = len(self._workspace.replies(message.channel, message.ts))
        shown = wire(message, self._workspace.world, replies)
        return {"channel": message.channel, "ts": message.ts, "message": shown}


def _content(args: Json) -> None:
    if not args.get("text") and not args.get("blocks") and not args.get("attachments"):
        raise Refused("no_text")
    if len(args.get("text") or "") > MAX_TEXT:
        raise Refused("msg_too_long")


def _blocks(args: Json) -> tuple[Json, ...]:
    blocks = args.get("blocks") or []
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if len(blocks) > 50 or any(not isinstance(one, dict) or "type" not in one for one in blocks):
        raise Refused("invalid_blocks")
    return tuple(blocks)


def metadata_of(args: Json) -> Json | None:
    """The metadata given with a message. Raises Refused."""
    metadata = args.get("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= metadata.keys():
        raise Refused("invalid_metadata_format")
    return metadata
