"""Cal.com's event types: what the bot may book, and what stands in its way."""

from typing import Any

from pydantic import Field

from bot.calcom.models import Answered, list_of
from bot.scheduling.model import EventType, Obstacle

# Booking fields that the bot answers, that Cal.com fills itself, or that matter only when moving.
ANSWERED_FIELDS = frozenset({"name", "email", "location", "title", "guests", "rescheduleReason"})


class BookingField(Answered):
    """A question that Cal.com asks whoever books."""

    slug: str = ""
    type: str | None = None
    required: bool = False
    hidden: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether bookers see it, so that it may be answered."""
        return not self.hidden

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it must be answered and the bot has no answer."""
        return self.required and self.is_shown and self.slug not in ANSWERED_FIELDS


class Switch(Answered):
    """A setting that is off when it says `disabled`, and on when it says what it wants."""

    disabled: bool = False


class EventTypeRecord(Answered):
    """An event type of 2024-06-14."""

    id: int
    slug: str
    title: str
    length_in_minutes: int
    length_in_minutes_options: tuple[int, ...] = ()
    booking_url: str = ""
    hidden: bool = False
    price: float | None = None
    disable_guests: bool = False
    confirmation_policy: Switch | None = None
    recurrence: Switch | None = None
    seats: Switch | None = None
    requires_booker_email_verification: bool | None = False
    booking_requires_authentication: bool | None = False
    scheduling_type: str | None = None
    booking_fields: tuple[BookingField, ...] = Field(default=())

    def event_type(self) -> EventType:
        """As scheduling knows it."""
        return EventType(
            id=self.id,
            slug=self.slug,
            title=self.title,
            minutes=self.length_in_minutes,
            lengths=self.length_in_minutes_options or (self.length_in_minutes,),
            url=self.booking_url,
            confirms=_is_on(self.confirmation_policy),
            hidden=self.hidden,
            allows_guests=not self.disable_guests and not self._hides("guests"),
            obstacle=self.obstacle,
        )

    @property
    def obstacle(self) -> Obstacle | None:
        """Why the bot cannot book it yet; the first reason that applies."""
        reasons: tuple[tuple[bool, Obstacle], ...] = (
            ((self.scheduling_type or "").lower() == "managed", "managed"),
            (bool(self.price), "payment"),
            (_is_on(self.seats), "seats"),
            (_is_on(self.recurrence), "recurring"),
            (bool(self.requires_booker_email_verification), "email_verification"),
            (bool(self.booking_requires_authentication), "authentication"),
            (any(one.stands_in_the_way for one in self.booking_fields), "required_fields"),
        )
        return next((obstacle for applies, obstacle in reasons if applies), None)

    def title_answer(self, stated: str | None) -> str | None:
        """What to answer when bookers are asked for a title; None when they are not, or need not."""
        asked = [one for one in self.booking_fields if one.slug == "title" and one.is_shown]
        if not asked:
            return None
        return stated or (self.title if asked[0].required else None)

    def _hides(self, slug: str) -> bool:
        return any(one.slug == slug and one.hidden for one in self.booking_fields)


def read_event_types(body: Any) -> tuple[EventTypeRecord, ...]:
    """Read GET /event-types."""
    return tuple(EventTypeRecord.model_validate(one) for one in list_of(body))


def _is_on(switch: Switch | None) -> bool:
    return switch is not None and not switch.disabled
