"""What is changed of a booking beside its time, as Cal.com is asked for it."""

from pydantic import TypeAdapter, ValidationError

from bot.calcom.endpoints import booking_requests as ask
from bot.calcom.endpoints.booking_answers import BookingRecord
from bot.calcom.endpoints.bookings import BookingsEndpoints
from bot.calcom.endpoints.locations import NewLocation
from bot.scheduling.commands import AddGuests, Adjusting, ChangePlace, MarkAbsent, RemoveGuest
from bot.scheduling.errors import NotBookable

LOCATIONS: TypeAdapter[NewLocation] = TypeAdapter(NewLocation)


async def adjusted(command: Adjusting, bookings: BookingsEndpoints) -> BookingRecord:
    """Sent once; the booking as it is then. Raises NotBookable for what is no place as Cal.com has them."""
    match command:
        case AddGuests():
            return await bookings.add_guests(command.uid, _inviting(command))
        case RemoveGuest():
            await bookings.remove_attendee(command.uid, await _number(command, bookings))
            return (await bookings.get(command.uid))[0]
        case ChangePlace():
            return await bookings.change_location(command.uid, _placing(command))
        case MarkAbsent():
            return await bookings.mark_absent(command.uid, _marking(command))


async def _number(command: RemoveGuest, bookings: BookingsEndpoints) -> int:
    """Under which Cal.com has them. Raises NotBookable where it has nobody like that."""
    email = command.guest.email.lower()
    found = (one.id for one in await bookings.attendees(command.uid) if one.email.lower() == email)
    number = next(found, None)
    if number is None:
        raise NotBookable("nobody_to_take_out")
    return number


def _inviting(command: AddGuests) -> ask.AddGuests:
    people = command.guests
    guests = (ask.Guest(email=one.email, name=one.name or None, time_zone=one.zone) for one in people)
    return ask.AddGuests(guests=tuple(guests))


def _placing(command: ChangePlace) -> ask.ChangeLocation:
    place = command.place
    kind = "integration" if place.kind == "app" else place.kind
    try:
        return ask.ChangeLocation(location=LOCATIONS.validate_python({"type": kind, kind: place.value}))
    except ValidationError as error:
        raise NotBookable("no_such_place") from error


def _marking(command: MarkAbsent) -> ask.MarkAbsent:
    marks = (ask.Absent(email=one, absent=command.absent) for one in command.emails)
    return ask.MarkAbsent(attendees=tuple(marks))
