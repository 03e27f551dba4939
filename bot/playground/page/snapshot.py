"""What the page is told of the world: the cast, the rooms, what was said. The page sets all of it as text."""

from typing import Any

from bot.playground.controls import Controls
from bot.playground.features import AppFeatures
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Change, Message, Room, SmallSlack
from bot.playground.world import Citizen

Json = dict[str, Any]


def snapshot(slack: SmallSlack, calcom: SmallCalcom, features: AppFeatures, controls: Controls) -> Json:
    """Everything, for a page that has just been opened."""
    world = slack.world
    said = [message for room in slack.rooms for message in slack.messages(room.id)]
    whispers = [message for one in world.person for message in slack.whispers(one.id)]
    shown = [views_seen(one.id, slack) for one in world.person]
    return {
        "now": slack.now().isoformat(),
        "command": world.command,
        "bot": {"id": world.bot.user, "name": world.bot.name},
        "people": [_person(one, slack) for one in world.person],
        "rooms": [_room(room) for room in slack.rooms],
        "messages": [_message(message) for message in (*said, *whispers)],
        "features": features.model_dump(),
        "clock": _clock(controls),
        "switches": controls.standing(),
        "stacks": {one["person"]: one["stack"] for one in shown if one["stack"]},
        "scheduled": scheduled_seen(slack),
        "homes": {one["person"]: one["home"] for one in shown if one["home"]},
        "menu": calcom.menu({one.id for one in world.person}),
        "groups": [{"id": group, "handle": handle} for group, handle in slack.groups.items()],
    }


def world_seen(controls: Controls) -> Json:
    """The time and the trouble."""
    return {**_clock(controls), "switches": controls.standing()}


def views_seen(person: str, slack: SmallSlack) -> Json:
    """What lies over the messages for this person: the open modals, bottom to top, and the Home tab."""
    home = slack.home(person)
    stack = [_view(one.view) for one in slack.stack(person)]
    return {"person": person, "stack": stack, "home": _view(home) if home else None}


def scheduled_seen(slack: SmallSlack) -> list[Json]:
    """What Slack is to post later by itself, the first first. `person`: in whose direct messages."""
    return [
        {
            "id": one.id,
            "at": one.at.isoformat(),
            "channel": one.message.channel,
            "person": slack.room(one.message.channel).partner,
            "text": one.message.text,
        }
        for one in slack.scheduled
    ]


def change_seen(change: Change, slack: SmallSlack) -> Json | None:
    """One change of rooms or messages, as the page is told; None for what is neither."""
    if change.kind == "room":
        return {"kind": "room", "room": _room(slack.room(change.channel))}
    if change.message is None:
        return None
    return {"kind": change.kind, "message": _message(change.message)}


def _clock(controls: Controls) -> Json:
    clock = controls.clock
    return {"now": clock().isoformat(), "standing": clock.is_standing, "start": clock.start.isoformat()}


def _person(one: Citizen, slack: SmallSlack) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "handle": one.handle,
        "zone": one.zone,
        "locale": slack.citizen(one.id).locale,
        "standing": one.standing,
        "dm": slack.dm_id(one.id),
    }


def _room(room: Room) -> Json:
    return {
        "id": room.id,
        "name": room.name,
        "partner": room.partner,
        "bot_is_member": room.bot_is_member,
        "archived": room.archived,
        "shared": room.shared,
        "prompts": [{"title": one["title"], "message": one["message"]} for one in room.prompts],
    }


def _message(message: Message) -> Json:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "author": message.author,
        "by_bot": message.by_bot,
        "text": message.text,
        "blocks": list(message.blocks),
        "unfurls": [{"url": one.url, "blocks": list(one.blocks)} for one in message.unfurls],
        "thread_ts": message.thread_ts,
        "subtype": message.subtype,
        "files": [one["name"] for one in message.files],
        "reactions": list(message.reactions),
        "edited": message.edited_ts is not None,
        "only_for": message.only_for,
        "streaming": message.streaming,
        "session": message.session,
        "session_title": message.session_title,
    }


def _view(view: Json) -> Json:
    """What is drawn of a view; its metadata is the app's own."""
    return {name: view.get(name) for name in ("id", "type", "title", "submit", "close", "blocks")}
