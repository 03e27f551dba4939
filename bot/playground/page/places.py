"""Where somebody is: of the cast, in a room that is theirs, before a message or a view."""

from typing import Annotated, Any

from pydantic import Field
from starlette.exceptions import HTTPException

from bot.playground.page.asked import Asked
from bot.playground.page.refusing import refusing
from bot.playground.small_slack import Message, Refused, SmallSlack
from bot.playground.world import Citizen

Id = Annotated[str, Field(min_length=1, max_length=40)]


class Somebody(Asked):
    """Somebody of the cast does something."""

    person: Id


class InRoom(Somebody):
    """In a room; their own id means their direct messages with the bot."""

    channel: Id


class Places:
    """Finds them, or refuses."""

    def __init__(self, slack: SmallSlack) -> None:
        self._slack = slack

    def citizen(self, person: str) -> Citizen:
        """Somebody of the cast. Raises HTTPException 404."""
        with refusing("user_not_found", 404):
            return self._slack.world.citizen(person)

    def room(self, where: InRoom) -> str:
        """The room's id, if this person may be there. Raises HTTPException 404, Refused."""
        self.citizen(where.person)
        if where.channel in (where.person, self._slack.dm_id(where.person)):
            return self._slack.dm_channel(where.person)
        room = self._slack.room(where.channel)
        if room.partner not in (None, where.person):
            raise Refused("channel_not_found")
        if room.archived:
            raise Refused("is_archived")
        return room.id

    def message(self, where: InRoom, ts: str) -> Message:
        """What this person sees there. Raises HTTPException 404, Refused."""
        return self._slack.seen_by(where.person, self.room(where), ts)

    def view(self, person: str, view_id: str) -> str:
        """The id of a view that this person has before them. Raises HTTPException 404, 409."""
        self.citizen(person)
        home: dict[str, Any] = self._slack.home(person) or {}
        if view_id not in [home.get("id"), *(one.id for one in self._slack.stack(person)[-1:])]:
            raise HTTPException(409, "view_not_found")
        return view_id
