"""What Slack posts when somebody presses, chooses, submits, closes or commands. Pure."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.playground.small_slack.controls import CONTROLS, OVERFLOW, Known, fields, initial
from bot.playground.small_slack.model import Chosen, Json, Message, Room, State
from bot.playground.small_slack.people import APP_ID
from bot.playground.small_slack.wire import team_of
from bot.playground.world import Citizen, World

TOKEN = "playground-verification"  # noqa: S105 - Slack's deprecated field
KEPT = ("action_id", "block_id", "type", "text", "value", "style", "placeholder", "confirm")


def action_of(element: Json, chosen: Chosen, ts: str, known: Known) -> Json:
    """One entry of `actions`. Raises LookupError, when that cannot be chosen there."""
    kind = element["type"]
    names = KEPT if kind not in CONTROLS else (*KEPT, CONTROLS[kind].initial)
    action = {name: element[name] for name in names if name in element} | {"action_ts": ts}
    if kind == "feedback_buttons":
        return action | _feedback(element, chosen)
    if kind == "overflow":
        return action | fields(element, chosen, known, OVERFLOW)
    return action | fields(element, chosen, known) if kind in CONTROLS else action


def _feedback(element: Json, chosen: Chosen) -> Json:
    for side in ("positive_button", "negative_button"):
        if element[side].get("value") == chosen.get("value"):
            return {"text": element[side]["text"], "value": element[side].get("value")}
    raise LookupError(f"no such feedback: {chosen.get('value')}")


def state_of(elements: Sequence[Json], state: State, known: Mapping[tuple[str, str], Known]) -> Json:
    """What everything that can be filled stands at: as `state` says, else as the app set it at first.

    What can no longer be chosen, because the app has changed what it offers, counts as untouched.
    """
    values: Json = {}
    for element in elements:
        if element["type"] not in CONTROLS:
            continue
        place = (element["block_id"], element["action_id"])
        chosen = state.get(place[0], {}).get(place[1])
        filled = initial(element)
        if chosen is not None:
            with suppress(LookupError):
                filled = fields(element, chosen, known[place])
        values.setdefault(place[0], {})[place[1]] = {"type": element["type"], **filled}
    return {"values": values}


def in_message(message: Message, room: Room, shown: Json) -> Json:
    """Where it happened: a message. `shown`: the message on the wire; an ephemeral's is not told."""
    place: Json = {"type": "message", "message_ts": message.ts, "channel_id": room.id}
    place["is_ephemeral"] = message.only_for is not None
    if message.thread_ts:
        place["thread_ts"] = message.thread_ts
    told: Json = {"container": place, "channel": {"id": room.id, "name": room.name}}
    return told if message.only_for else told | {"message": shown}


def in_view(view: Json, state: Json) -> Json:
    """Where it happened: a modal or a Home tab."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view | {"state": state}}


def interaction(kind: str, person: Citizen, world: World, *, is_org: bool = False) -> Json:
    """What every interaction's payload begins with."""
    return {
        "type": kind,
        "user": _user(person, world),
        "api_app_id": APP_ID,
        "token": TOKEN,
        "team": {"id": world.team, "domain": "playground"},
        "enterprise": {"id": world.enterprise, "name": world.name} if world.enterprise else None,
        "is_enterprise_install": is_org,
    }


def command_form(
    person: Citizen, room: Room, command: str, text: str, world: World, *, is_org: bool = False
) -> dict[str, str]:
    """A slash command's form without its trigger and response_url."""
    return {
        "token": TOKEN,
        "team_id": world.team,
        "team_domain": "playground",
        "channel_id": room.id,
        "channel_name": room.name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": str(is_org).lower(),
        **({"enterprise_id": world.enterprise} if world.enterprise else {}),
    }


def _user(person: Citizen, world: World) -> Json:
    return {
        "id": person.id,
        "username": person.handle,
        "name": person.handle,
        "team_id": team_of(world, person.id),
    }
