"""How Slack describes people and rooms in its answers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.small_slack.model import Json, Room
from bot.playground.world import Citizen, World

APP_ID = "A0SLOTWISE"
SLACKBOT = "USLACKBOT"


def user_of(world: World, person_id: str, now: datetime, *, deleted: bool = False) -> Json | None:
    """The user object of `users.info`; None for nobody. Locale is added by the method when asked for."""
    if person_id == world.bot.user:
        return _bot_user(world)
    if person_id == SLACKBOT:
        return _slackbot(world)
    found = next((one for one in world.person if one.id == person_id), None)
    return _user(world, found, now, deleted) if found else None


def _user(world: World, one: Citizen, now: datetime, deleted: bool) -> Json:
    away = one.standing == "stranger"
    guest = one.standing == "guest"
    user: Json = {
        "id": one.id,
        "team_id": one.team or world.team,
        "name": one.handle,
        "real_name": one.name,
        "deleted": deleted or one.standing == "gone",
        "profile": _profile(one, world),
        "is_bot": one.standing == "bot",
        "is_app_user": False,
        "updated": 0,
    }
    if not user["deleted"]:
        offset = now.astimezone(ZoneInfo(one.zone)).utcoffset()
        user |= {
            "tz": one.zone,
            "tz_label": one.zone,
            "tz_offset": int(offset.total_seconds() if offset else 0),
        }
        user |= {"is_admin": one.admin, "is_owner": False, "is_primary_owner": False}
        user |= {"is_restricted": guest, "is_ultra_restricted": guest}
        user |= _above(world, one) if not away else {}
    return user | ({"is_stranger": True} if away else {})


def _above(world: World, one: Citizen) -> Json:
    """What they are in the organisation, where there is one."""
    if world.enterprise is None:
        return {}
    ranks = {"is_admin": one.admin, "is_owner": False}
    return {"enterprise_user": {"enterprise_id": world.enterprise, "teams": [world.team], **ranks}}


def _profile(one: Citizen, world: World) -> Json:
    profile = {"real_name": one.name, "display_name": one.handle, "team": one.team or world.team}
    return profile if one.standing == "stranger" else profile | {"email": one.email}


def _bot_user(world: World) -> Json:
    return {
        "id": world.bot.user,
        "team_id": world.team,
        "name": world.bot.name,
        "real_name": world.bot.name,
        "deleted": False,
        "tz": "America/Los_Angeles",  # Slack's default for bots
        "tz_offset": -28800,
        "is_bot": True,
        "is_app_user": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "profile": {"real_name": world.bot.name, "bot_id": world.bot.bot_id, "api_app_id": APP_ID},
    }


def _slackbot(world: World) -> Json:
    """Slack's own bot, in every workspace; for Slack it is no bot."""
    profile = {"real_name": "Slackbot", "display_name": "Slackbot", "team": world.team}
    names = {"id": SLACKBOT, "team_id": world.team, "name": "slackbot", "real_name": "Slackbot"}
    return names | {"deleted": False, "is_bot": False, "is_app_user": False, "profile": profile}


def channel_of(room: Room, world: World) -> Json:
    """The channel object of `conversations.info`."""
    if room.is_dm:
        return {
            "id": room.id,
            "is_im": True,
            "is_channel": False,
            "user": room.partner,
            "is_archived": False,
            "context_team_id": world.team,
        }
    return {
        "id": room.id,
        "name": room.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": room.archived,
        "is_member": room.bot_is_member,
        "is_shared": room.shared,
        "is_ext_shared": room.shared,
        "context_team_id": world.team,
    }
