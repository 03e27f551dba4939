"""The Web API's methods about the app itself, people, user groups and conversations."""

from collections.abc import Callable

from bot.playground.small_slack.model import Json, Message, Refused
from bot.playground.small_slack.people import channel_of, user_of
from bot.playground.small_slack.workspace import Workspace


class PeopleMethods:
    """Who is who and where. `reads_channels`: whether the app was given what is said in channels."""

    def __init__(self, workspace: Workspace, reads_channels: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._reads_channels = reads_channels

    def auth_test(self, args: Json) -> Json:
        """`auth.test`."""
        world = self._workspace.world
        return {
            "url": "https://playground.slack.example/",
            "team": world.name,
            "user": world.bot.name,
            "team_id": world.team,
            "user_id": world.bot.user,
            "bot_id": world.bot.bot_id,
            **({"enterprise_id": world.enterprise} if world.enterprise else {}),
            "is_enterprise_install": self._workspace.keyring.is_org,
        }

    def info(self, args: Json) -> Json:
        """`users.info`."""
        user = self._user(args.get("user", ""))
        if user is None:
            raise Refused("user_not_found")
        return {"user": user | ({"locale": self._locale(user["id"])} if args.get("include_locale") else {})}

    def _locale(self, person_id: str) -> str:
        known = (one.locale for one in self._workspace.world.person if one.id == person_id)
        return next(known, "en-US")

    def by_email(self, args: Json) -> Json:
        """`users.lookupByEmail`: members and guests of this workspace that are still there."""
        email = str(args.get("email", "")).lower()
        known = (one for one in self._workspace.world.person if one.email.lower() == email)
        found = next((one for one in known if one.standing in ("member", "guest")), None)
        user = self._user(found.id) if found else None
        if user is None or user["deleted"]:
            raise Refused("users_not_found")
        return {"user": user}

    def group_members(self, args: Json) -> Json:
        """`usergroups.users.list`."""
        members = self._workspace.groups.get(args.get("usergroup", ""))
        if members is None:
            raise Refused("no_such_subteam")
        return {"users": list(members)}

    def open_conversation(self, args: Json) -> Json:
        """`conversations.open`: with one person."""
        people = [one for one in str(args.get("users", "")).split(",") if one]
        if len(people) != 1:
            raise Refused("users_list_not_supplied" if not people else "too_many_users")
        if people[0] == self._workspace.world.bot.user:
            raise Refused("cannot_dm_bot")
        room = self._workspace.dm(people[0])
        seen = {"id": room.id} if not args.get("return_im") else channel_of(room, self._workspace.world)
        return {"no_op": False, "already_open": False, "channel": seen}

    def conversation(self, args: Json) -> Json:
        """`conversations.info`."""
        return {"channel": channel_of(self._workspace.room(args.get("channel", "")), self._workspace.world)}

    def thread(self, args: Json) -> Json:
        """`conversations.replies`: the first message, then the others, all on one page."""
        room, ts = self._workspace.room(args.get("channel", "")), str(args.get("ts", ""))
        if not (room.is_dm or self._reads_channels()):
            raise Refused("missing_scope")
        if not room.bot_is_member:
            raise Refused("not_in_channel")
        if all(one.ts != ts for one in self._workspace.messages(room.id)):
            raise Refused("thread_not_found")
        found = (self._workspace.message(room.id, ts), *self._workspace.replies(room.id, ts))
        return {
            "messages": [_said(one, self._workspace.world.bot.bot_id) for one in found],
            "has_more": False,
        }

    def _user(self, person: str) -> Json | None:
        now = self._workspace.stamps.now()
        return user_of(self._workspace.world, person, now, deleted=person in self._workspace.gone_people)


def _said(message: Message, bot: str) -> Json:
    seen = {"type": "message", "ts": message.ts, "text": message.text, "user": message.author}
    return seen | ({"bot_id": bot} if message.by_bot else {})
