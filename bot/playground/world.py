"""The invented world of `world.toml`, typed."""

import tomllib
from datetime import time
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.scheduling.model import Standing


class Part(BaseModel):
    """Immutable, and strict: a misspelt field in the file is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bot(Part):
    """The bot's own identity at the small Slack."""

    user: str
    bot_id: str
    name: str


class Channel(Part):
    """A channel of the small Slack."""

    id: str
    name: str
    bot_is_member: bool
    archived: bool = False
    shared: bool = False  # with another organisation


class Citizen(Part):
    """Somebody of the cast. `key`: their Cal.com API key, if they have an account."""

    id: str
    name: str
    handle: str
    email: str
    zone: str
    standing: Standing = "member"
    team: str | None = None
    key: str | None = None
    admin: bool = False  # of the workspace
    locale: str = "en-GB"


class CastEventType(Part):
    """An event type of the small Cal.com. Minutes."""

    owner: str
    slug: str
    title: str
    minutes: int
    lengths: tuple[int, ...] = ()
    confirms: bool = False
    seats: int | None = None
    hidden: bool = False
    fields: tuple[dict[str, Any], ...] = ()  # booking fields, as POST /event-types takes them


class Busy(Part):
    """A busy time on some weekdays of every week, local to its owner."""

    owner: str
    weekdays: tuple[int, ...]
    start: time
    end: time
    title: str


class CastBooking(Part):
    """A booking that exists from the start, if everybody is free then.

    `days`: the owner's working days from the first one on; `start`: local to the owner; `attendee`: an id.
    """

    owner: str
    slug: str
    days: int
    start: time
    attendee: str


class World(Part):
    """Everything that exists before anybody says anything."""

    team: str
    name: str = "Playground"  # of the workspace
    enterprise: str | None = None  # the organisation that it belongs to
    bot: Bot
    command: str
    key_owner: str
    channel: tuple[Channel, ...]
    person: tuple[Citizen, ...]
    event_type: tuple[CastEventType, ...]
    busy: tuple[Busy, ...]
    booking: tuple[CastBooking, ...] = ()

    def citizen(self, person_id: str) -> Citizen:
        """The person of this id. Raises KeyError."""
        found = next((one for one in self.person if one.id == person_id), None)
        if found is None:
            raise KeyError(person_id)
        return found


def load_world() -> World:
    """Read the world from the package."""
    return _read("world.toml")


def load_neighbours() -> World:
    """Read the second workspace: another company that adds the bot. None of its ids are in the first."""
    return _read("neighbours.toml")


def together(first: World, second: World) -> World:
    """The first, with everybody of both: for the Cal.com at which all of them have their accounts."""
    return first.model_copy(
        update={
            "person": (*first.person, *second.person),
            "event_type": (*first.event_type, *second.event_type),
            "busy": (*first.busy, *second.busy),
            "booking": (*first.booking, *second.booking),
        }
    )


def _read(name: str) -> World:
    return World.model_validate(tomllib.loads(files(__package__).joinpath(name).read_text("utf-8")))
