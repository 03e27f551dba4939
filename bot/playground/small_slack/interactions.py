"""What Slack posts when somebody presses, chooses or commands. Pure, but for the ids that are handed in."""

from bot.playground.small_slack.model import Json, Message, Room
from bot.playground.small_slack.people import APP_ID
from bot.playground.small_slack.wire import team_of
from bot.playground.world import Citizen, World


def found_element(message: Message, *, label: str | None, action_id: str | None, value: str | None) -> Json:
    """The one element that is meant. Raises LookupError, which names what could have been pressed."""
    for element in message.elements:
        named = label in (None, element.get("text", {}).get("text"))
        meant = named and action_id in (None, element["action_id"]) and value in (None, element.get("value"))
        if meant and (label or action_id or value) and "options" not in element:
            return element
    raise LookupError(f"nothing to press like that; there is {list(message.labels)}")


def found_option(message: Message, *, option: str, action_id: str | None) -> tuple[Json, Json]:
    """The select and its option, by value or label. Raises LookupError, which names the options."""
    for element in message.elements:
        if action_id not in (None, element["action_id"]):
            continue
        for one in element.get("options", []):
            if option in (one.get("value"), one["text"]["text"]):
                return element, one
    raise LookupError(f"no such option; there is {list(message.labels)}")


def action_of(element: Json, ts: str, option: Json | None = None) -> Json:
    """One entry of `actions`."""
    names = ("action_id", "block_id", "type", "text", "value", "style", "placeholder", "confirm")
    action = {name: element[name] for name in names if name in element} | {"action_ts": ts}
    return action | ({"selected_option": option} if option else {})


def block_actions(
    person: Citizen, message: Message, room: Room, action: Json, *, shown: Json, world: World
) -> Json:
    """A `block_actions` payload without its trigger and response_url. `shown`: the message on the wire."""
    place: Json = {"type": "message", "message_ts": message.ts, "channel_id": room.id}
    place["is_ephemeral"] = message.only_for is not None
    if message.thread_ts:
        place["thread_ts"] = message.thread_ts
    payload: Json = {
        "type": "block_actions",
        "user": _presser(person, world),
        "api_app_id": APP_ID,
        "token": "playground-verification",
        "container": place,
        "team": {"id": world.team, "domain": "playground"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": room.id, "name": room.name},
        "state": {"values": _state(message, action)},
        "actions": [action],
    }
    return payload if message.only_for else payload | {"message": shown}


def command_form(person: Citizen, room: Room, command: str, text: str, world: World) -> dict[str, str]:
    """A slash command's form without its trigger and response_url."""
    return {
        "token": "playground-verification",
        "team_id": world.team,
        "team_domain": "playground",
        "channel_id": room.id,
        "channel_name": room.name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
    }


def _presser(person: Citizen, world: World) -> Json:
    return {
        "id": person.id,
        "username": person.handle,
        "name": person.handle,
        "team_id": team_of(world, person.id),
    }


def _state(message: Message, action: Json) -> Json:
    """What the selects of the message stand at; those that were never touched stand at nothing."""
    values: Json = {}
    for element in message.elements:
        if "options" not in element:
            continue
        chosen = action if element["action_id"] == action["action_id"] else {}
        state = {"type": element["type"], "selected_option": chosen.get("selected_option")}
        values.setdefault(element["block_id"], {})[element["action_id"]] = state
    return values
