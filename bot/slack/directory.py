"""Who people are: users.info and its relatives, remembered for a few minutes."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.ports import Clock
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Person
from bot.slack.failures import SLACK_ERRORS, code_of, wait_of
from bot.slack.identity import IdentityUnknown, WhoAmI
from bot.slack.members import read_person
from bot.slack.memory import Memory

MOST_AGE: Final = timedelta(minutes=5)
UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found", "invalid_email"})
NO_GROUP = frozenset(
    {"no_such_subteam", "subteam_disabled", "missing_scope", "permission_denied", "paid_only"}
)
# Of conversations.replies: a channel that the bot is not in, or whose messages it was not given to read.
NO_THREAD = frozenset(
    {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found", "no_permission"}
)
IN_THREAD = 200  # messages looked at
MOST_WORKSPACES = 20  # of an organisation's, that are searched for a user group


class SlackDirectory:
    """Implements the Directory port. `zone` serves for people who have set none."""

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        clock: Clock,
        team_id: str | None = None,
        ttl: timedelta = MOST_AGE,
        zone: str = "UTC",
    ) -> None:
        self._client = client
        self._whoami = WhoAmI(client)
        self._team_id = team_id
        self._zone = zone
        self._people: Memory[Person] = Memory(clock, ttl)
        self._addresses: Memory[Person | None] = Memory(clock, ttl)
        self._groups: Memory[tuple[str, ...]] = Memory(clock, ttl)

    async def person(self, person_id: str) -> Person:
        """Raises UnknownPerson, or DirectoryUnavailable when nobody can be asked just now."""
        return await self._people.get(person_id, lambda: self._person(person_id))

    async def person_now(self, person_id: str) -> Person:
        """The same, not out of memory."""
        return await self._person(person_id)

    async def by_email(self, email: str) -> Person | None:
        """The member of the workspace with this address, whatever its case."""
        address = email.strip().lower()
        return await self._addresses.get(address, lambda: self._by_email(address))

    async def group(self, group_id: str) -> tuple[str, ...]:
        """The ids of a user group's members. Raises UnknownPerson, also where the app may not look."""
        return await self._groups.get(group_id, lambda: self._group(group_id))

    async def thread(self, channel: str, ts: str) -> tuple[str, ...]:
        """The ids of the people who have written in a thread, in order; nobody where it cannot be read."""
        try:
            answer = await _asked(self._client.conversations_replies, channel=channel, ts=ts, limit=IN_THREAD)
        except LookupError:
            return ()
        said = (one for one in answer.get("messages") or () if not one.get("bot_id"))
        return tuple(dict.fromkeys(str(one["user"]) for one in said if one.get("user")))

    def forget(self) -> None:
        """Ask anew from here on."""
        self._people.forget()
        self._addresses.forget()
        self._groups.forget()

    async def _person(self, person_id: str) -> Person:
        try:
            answer = await _asked(self._client.users_info, user=person_id, include_locale=True)
        except LookupError as error:
            raise UnknownPerson(person_id) from error
        return read_person(answer["user"], await self._team(), self._zone)

    async def _by_email(self, address: str) -> Person | None:
        try:
            answer = await _asked(self._client.users_lookupByEmail, email=address)
            return await self.person(str(answer["user"]["id"]))  # only users.info says their language
        except (LookupError, UnknownPerson):
            return None

    async def _group(self, group_id: str) -> tuple[str, ...]:
        for where in await self._workspaces():
            try:
                answer = await _asked(self._client.usergroups_users_list, usergroup=group_id, **where)
            except LookupError:
                continue
            return tuple(str(one) for one in answer.get("users") or ())
        raise UnknownPerson(group_id)

    async def _workspaces(self) -> tuple[dict[str, str], ...]:
        """Where a user group may be: an organisation's token must say in which of its workspaces to look."""
        if not (self._team_id or "").startswith("E"):
            return ({},)
        answer = await _asked(self._client.auth_teams_list, limit=MOST_WORKSPACES)
        return tuple({"team_id": str(one["id"])} for one in answer.get("teams") or ())

    async def _team(self) -> str:
        if self._team_id is not None:
            return self._team_id
        try:
            return (await self._whoami()).team
        except IdentityUnknown as error:
            raise DirectoryUnavailable("auth.test") from error


async def _asked(method: Callable[..., Awaitable[Any]], **arguments: Any) -> dict[str, Any]:
    """Slack's answer. Raises LookupError when there is no such thing, else DirectoryUnavailable."""
    try:
        answer = await method(**arguments)
    except SLACK_ERRORS as error:
        code = code_of(error)
        if code in UNKNOWN or code in _nothing_there(arguments):
            raise LookupError(code) from error
        raise DirectoryUnavailable(code, wait_of(error)) from error
    return answer.data if isinstance(answer.data, dict) else {}


def _nothing_there(arguments: Mapping[str, Any]) -> frozenset[str]:
    """The refusals that mean that what was asked about is not there for the bot."""
    if "usergroup" in arguments:
        return NO_GROUP
    return NO_THREAD if "ts" in arguments else frozenset()
