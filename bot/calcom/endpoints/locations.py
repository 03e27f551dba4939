"""Where a booking takes place, as one says it when booking, and when moving it elsewhere.

Answers say it as one string: a link, an address, a number, or Cal.com's internal name of an app.
"""

from typing import Annotated, Literal

from pydantic import Field

from bot.calcom.models import Asked

Integration = Literal[
    "cal-video",
    "google-meet",
    "zoom",
    "whereby-video",
    "whatsapp-video",
    "webex-video",
    "telegram-video",
    "tandem",
    "sylaps-video",
    "skype-video",
    "sirius-video",
    "signal-video",
    "shimmer-video",
    "salesroom-video",
    "roam-video",
    "riverside-video",
    "ping-video",
    "office365-video",
    "mirotalk-video",
    "jitsi",
    "jelly-video",
    "jelly-conferencing",
    "huddle",
    "facetime-video",
    "element-call-video",
    "eightxeight-video",
    "discord-video",
    "demodesk-video",
    "campfire-video",
]
Phone = Annotated[str, Field(pattern=r"^\+[1-9]\d{1,14}$")]  # E.164


class OnlineAt(Asked):
    """A video app."""

    type: Literal["integration"] = "integration"
    integration: Integration


class AtTheAddress(Asked):
    """The address that the event type has."""

    type: Literal["address"] = "address"


class AtTheLink(Asked):
    """The link that the event type has."""

    type: Literal["link"] = "link"


class AtThePhone(Asked):
    """The host's number that the event type has."""

    type: Literal["phone"] = "phone"


class AtTheDefaultApp(Asked):
    """Whatever app the organizer prefers."""

    type: Literal["organizersDefaultApp"] = "organizersDefaultApp"


class AtAttendeesAddress(Asked):
    """An address of the attendee."""

    type: Literal["attendeeAddress"] = "attendeeAddress"
    address: str


class AtAttendeesPhone(Asked):
    """A number of the attendee."""

    type: Literal["attendeePhone"] = "attendeePhone"
    phone: Phone


class AtAttendeesWish(Asked):
    """Whatever the attendee says."""

    type: Literal["attendeeDefined"] = "attendeeDefined"
    location: str


# When booking: one of those that the event type offers; without any it is the event type's first.
Location = Annotated[
    OnlineAt
    | AtTheAddress
    | AtTheLink
    | AtThePhone
    | AtTheDefaultApp
    | AtAttendeesAddress
    | AtAttendeesPhone
    | AtAttendeesWish,
    Field(discriminator="type"),
]


class ToAddress(Asked):
    """To an address."""

    type: Literal["address"] = "address"
    address: str


class ToLink(Asked):
    """To a link."""

    type: Literal["link"] = "link"
    link: str


class ToPhone(Asked):
    """To a number."""

    type: Literal["phone"] = "phone"
    phone: Phone


# When changing it, what is meant has to be said.
NewLocation = Annotated[
    OnlineAt | ToAddress | ToLink | ToPhone | AtAttendeesAddress | AtAttendeesPhone | AtAttendeesWish,
    Field(discriminator="type"),
]
