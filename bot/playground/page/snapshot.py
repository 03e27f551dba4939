"""What the page knows: the cast, the rooms, what was said. The page sets all of it as text."""

from typing import Any

from bot.playground.small_slack import Change, Message, Room, SmallSlack
from bot.playground.world import World

Json = dict[str, Any]


def snapshot(slack: SmallSlack, world: World) -> Json:
    """Everything, for a page that has just been opened."""
    said = [message for room in slack.rooms for message in slack.messages(room.id)]
    whispers = [message for one in world.person for message in slack.whispers(one.id)]
    return {
        "now": slack.now().isoformat(),
        "command": world.command,
        "bot": {"id": world.bot.user, "name": world.bot.name},
        "people": [
            {
                "id": one.id,
                "name": one.name,
                "handle": one.handle,
                "zone": one.zone,
                "standing": one.standing,
                "dm": slack.dm_id(one.id),
            }
            for one in world.person
        ],
        "rooms": [_room(room) for room in slack.rooms],
        "messages": [_message(message) for message in (*said, *whispers)],
    }


def change_seen(change: Change, slack: SmallSlack) -> Json | None:
    """One change, as the page is told; None for what it does not show."""
    if change.kind == "room":
        return {"kind": "room", "room": _room(slack.room(change.channel))}
    if change.message is None:
        return None
    return {"kind": change.kind, "message": _message(change.message)}


def _room(room: Room) -> Json:
    return {
        "id": room.id,
        "name": room.name,
        "partner": room.partner,
        "bot_is_member": room.bot_is_member,
        "archived": room.archived,
    }


def _message(message: Message) -> Json:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "author": message.author,
        "by_bot": message.by_bot,
        "text": message.text,
        "blocks": list(message.blocks),
        "thread_ts": message.thread_ts,
        "subtype": message.subtype,
        "files": [one["name"] for one in message.files],
        "reactions": list(message.reactions),
        "edited": message.edited_ts is not None,
        "only_for": message.only_for,
    }
