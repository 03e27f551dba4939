"""How a request names the event type: exactly one way at a time, or Cal.com answers 400.

Source: Cal.com's documents of 2026-09, checked against tests/samples/calcom.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from bot.calcom.models import Asked


class EventById(Asked):
    """By its id."""

    kind: Literal["id"] = Field(default="id", exclude=True)
    event_type_id: int


class EventOfUser(Asked):
    """By its slug and whose it is, as in a booking link. `organization_slug`: of users in one."""

    kind: Literal["user"] = Field(default="user", exclude=True)
    username: str
    event_type_slug: str
    organization_slug: str | None = None


class EventOfTeam(Asked):
    """By its slug and the team's."""

    kind: Literal["team"] = Field(default="team", exclude=True)
    team_slug: str
    event_type_slug: str
    organization_slug: str | None = None


class EventOfSeveral(Asked):
    """No event type, but two people or more who meet: for 30 minutes, unless told otherwise."""

    kind: Literal["several"] = Field(default="several", exclude=True)
    usernames: tuple[str, ...] = Field(min_length=2)
    organization_slug: str | None = None


Bookable = Annotated[EventById | EventOfUser | EventOfTeam, Field(discriminator="kind")]
Searchable = Annotated[EventById | EventOfUser | EventOfTeam | EventOfSeveral, Field(discriminator="kind")]


class NamesEvent(Asked):
    """A request whose `event` goes over the wire as fields of its own."""

    @model_serializer(mode="wrap")
    def flat(self, shown: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The fields of the event beside the others."""
        fields = shown(self)
        return {**fields.pop("event"), **fields}
