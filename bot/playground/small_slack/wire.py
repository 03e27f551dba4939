"""How messages look in Slack's answers and payloads, and the events that tell of them. Pure."""

from bot.playground.small_slack.model import Json, Message, Room
from bot.playground.small_slack.people import APP_ID
from bot.playground.world import World


def team_of(world: World, person: str) -> str:
    """The team a person belongs to; our own for everybody but strangers."""
    return next((one.team for one in world.person if one.id == person and one.team), world.team)


def wire(message: Message, world: World, replies: int = 0) -> Json:
    """A message as answers, `message_changed` and interactions show it. `replies`: how many, under a root."""
    seen: Json = {"type": "message", "user": message.author, "text": message.text, "ts": message.ts}
    seen["team"] = team_of(world, message.author)
    if message.by_bot:
        seen |= {"bot_id": world.bot.bot_id, "app_id": APP_ID, "bot_profile": _profile(world)}
        seen["blocks"] = list(message.blocks)
    else:
        seen |= {"client_msg_id": f"c-{message.ts}", "blocks": [_rich_text(message)]}
    return seen | _extras(message, replies)


def _extras(message: Message, replies: int) -> Json:
    extras: Json = {}
    if message.thread_ts or replies:
        extras["thread_ts"] = message.thread_ts or message.ts
    if replies:
        extras["reply_count"] = replies
    if message.subtype:
        extras["subtype"] = message.subtype
    if message.files:
        extras |= {"files": list(message.files), "upload": False}
    if message.metadata:
        extras["metadata"] = message.metadata
    if message.unfurls:
        extras["attachments"] = [attachment(message, one.url) for one in message.unfurls]
    if message.edited_ts:
        extras["edited"] = {"user": message.author, "ts": message.edited_ts}
    return extras


def attachment(message: Message, url: str) -> Json:
    """What the app shows under this link, as Slack hands it back; they are counted from 1."""
    number, shown = next((n, one) for n, one in enumerate(message.unfurls, 1) if one.url == url)
    place = {"id": number, "app_unfurl_url": url, "from_url": url, "is_app_unfurl": True, "app_id": APP_ID}
    return {**place, "blocks": list(shown.blocks)}


def _profile(world: World) -> Json:
    return {"id": world.bot.bot_id, "app_id": APP_ID, "name": world.bot.name, "team_id": world.team}


def _rich_text(message: Message) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": message.text}]}
    return {"type": "rich_text", "block_id": f"r-{message.ts}", "elements": [section]}


def said_events(message: Message, room: Room, root: Message | None, world: World) -> list[Json]:
    """The events of something said: a mention in a channel is told as `app_mention` and as `message`."""
    event = wire(message, world) | _place(message, room) | _outside(message, world)
    if root is not None:
        event["parent_user_id"] = root.author
        if message.subtype == "thread_broadcast":
            event["root"] = wire(root, world)
    mentioned = f"<@{world.bot.user}>" in message.text and not room.is_dm and not message.by_bot
    told_twice = [event | {"type": "app_mention"}] if mentioned else []
    for mention in told_twice:
        mention.pop("channel_type")
        mention.pop("subtype", None)
    return [*told_twice, event]


def edited_event(before: Message, after: Message, room: Room, ts: str, world: World) -> Json:
    """`message_changed`: hidden, with its own ts."""
    return _hidden("message_changed", before, room, ts, world) | {"message": wire(after, world)}


def deleted_event(message: Message, room: Room, ts: str, world: World) -> Json:
    """`message_deleted`: hidden, with its own ts."""
    return _hidden("message_deleted", message, room, ts, world) | {"deleted_ts": message.ts}


def _hidden(subtype: str, message: Message, room: Room, ts: str, world: World) -> Json:
    event = {"type": "message", "subtype": subtype, "hidden": True, "ts": ts}
    return event | _place(message, room) | {"event_ts": ts, "previous_message": wire(message, world)}


def _place(message: Message, room: Room) -> Json:
    kind = "im" if room.is_dm else "channel"
    return {"channel": room.id, "event_ts": message.ts, "channel_type": kind}


def _outside(message: Message, world: World) -> Json:
    team = team_of(world, message.author)
    return {"user_team": team, "source_team": team} if team != world.team else {}


def envelope(
    event: Json, *, event_id: str, event_time: int, shared: bool, world: World, is_org: bool = False
) -> Json:
    """What Slack posts: the event in its envelope."""
    install = {"enterprise_id": world.enterprise, "user_id": world.bot.user, "is_enterprise_install": is_org}
    return {
        "token": "playground-verification",
        "team_id": world.team,
        "context_team_id": world.team,
        "context_enterprise_id": world.enterprise,
        **({"enterprise_id": world.enterprise} if world.enterprise else {}),
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [install | {"team_id": None if is_org else world.team, "is_bot": True}],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{event_id}",
    }


def farewell(event: Json, *, event_id: str, event_time: int, world: World, is_org: bool) -> Json:
    """An event about the app's own end (`app_uninstalled`, `tokens_revoked`), authorised by nobody."""
    where = {"enterprise_id": world.enterprise} if is_org else {"team_id": world.team}
    return where | {
        "token": "playground-verification",
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
    }
