"""What an approved write came to, as a card. Nothing here says "done" of what was not seen to be so."""

from bot.conversation.proposals import Proposal
from bot.conversation.replies import (
    Button,
    Card,
    Delivery,
    Link,
    Menu,
    Option,
    People,
    Phrase,
    Post,
    Span,
    Update,
    Whisper,
    say,
)
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve, Begins, Change, Dismiss
from bot.scheduling.commands import (
    AddGuests,
    Adjusting,
    CancelBooking,
    ChangePlace,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    MarkAbsent,
    RemoveGuest,
    RescheduleBooking,
)
from bot.scheduling.errors import (
    BookingBusy,
    BookingClosed,
    BookingNotFound,
    CalendarError,
    CalendarUnavailable,
    NotAllowed,
    NotBookable,
    NotSupported,
    NotThere,
    ReconnectNeeded,
    SlotTaken,
    StrangeAnswer,
)
from bot.scheduling.model import Booking, Person
from bot.skills.common.adjusting import AHEAD
from bot.skills.common.cards import approving, elsewhere, span_of
from bot.skills.common.desk import Desk
from bot.skills.common.people import known
from bot.undoing import undo_button

# The first that fits decides: the special stand before the general.
SAYS: dict[type[CalendarError], str] = {
    SlotTaken: "taken",
    NotBookable: "refused",
    BookingNotFound: "not_found",
    BookingClosed: "closed",
    NotThere: "not_there",
    ReconnectNeeded: "reconnect",
    NotAllowed: "not_allowed",
    NotSupported: "not_supported",
    StrangeAnswer: "strange_answer",
    BookingBusy: "busy",
    CalendarUnavailable: "unavailable",
}
BY_COMMAND = {"create": "", "reschedule": "_move", "cancel": "_cancel"}
BECOMES = {
    "create": "booked",
    "reschedule": "moved",
    "cancel": "cancelled",
    "confirm": "accepted",
    "decline": "declined",
    "add_guests": "added",
    "remove_guest": "removed",
    "change_place": "placed",
    "mark_absent": "marked",
}
TAKES_BACK = {
    "create": "taken_back",
    "reschedule": "moved_back",
    "cancel": "booked_again",
    "remove_guest": "added_back",
    "change_place": "placed_back",
    "mark_absent": "unmarked",
}
OF_ITS_OWN = {"taken_move", "refused_move", "refused_cancel", "taken_undo", "refused_undo", "refused_other"}


def working(proposal: Proposal, desk: Desk) -> Card:
    """Said while the write is under way."""
    return desk.card(say(f"{_becomes(proposal)}.working", span=span_of(proposal.slot)))


def _becomes(proposal: Proposal) -> str:
    """Under what the words for it stand."""
    return TAKES_BACK[proposal.undoes] if proposal.undoes else BECOMES[proposal.command.kind]


async def done(proposal: Proposal, booking: Booking, conversation: Conversation, desk: Desk) -> Card:
    """Said when the calendar shows that it has happened."""
    match proposal.command:
        case CreateBooking():
            return await _booked(proposal, booking, conversation, desk)
        case RescheduleBooking():
            return await _moved(proposal, booking, conversation, desk)
        case CancelBooking() | ConfirmBooking() | DeclineBooking():
            key, span = _becomes(proposal), span_of(proposal.slot)
            headline = say(f"{key}.headline", title=booking.title, span=span)
            changes = change_buttons(proposal, booking, desk) if booking.lasts else ()
            buttons = (*changes, *undo_button(conversation, desk))
            return desk.card(headline, notes=(say(f"{key}.mailed"),), buttons=buttons)
        case AddGuests() | RemoveGuest() | ChangePlace() | MarkAbsent() as command:
            return await _adjusted(proposal, command, booking, conversation, desk)


async def _booked(proposal: Proposal, booking: Booking, conversation: Conversation, desk: Desk) -> Card:
    waits, key = booking.status == "pending", _becomes(proposal)
    people = await known(booking, desk.directory, desk.speaker)
    host = booking.hosts[0].name if booking.hosts else ""
    return desk.card(
        say(f"{key}.requested" if waits else f"{key}.headline", title=booking.title),
        _when(booking, people, desk),
        say("booked.who", who=together(booking, people, desk.speaker)),
        *where(booking),
        notes=(say("booked.waits", host=host) if waits else say(f"{key}.mailed"),),
        buttons=(*change_buttons(proposal, booking, desk), *undo_button(conversation, desk)),
        menu=more_of(proposal, booking, desk),
    )


async def _adjusted(
    proposal: Proposal, command: Adjusting, booking: Booking, conversation: Conversation, desk: Desk
) -> Card:
    """The same meeting at the same time, but for something of it."""
    key, line = _becomes(proposal), say("booking.line", title=booking.title, span=span_of(proposal.slot))
    changes = change_buttons(proposal, booking, desk) if booking.end > desk.now else ()
    return desk.card(
        say(f"{key}.headline", booking=line, what=await _what(command, booking, desk)),
        notes=(say(f"{key}.mailed"),),
        buttons=(*changes, *undo_button(conversation, desk)),
    )


async def _what(command: Adjusting, booking: Booking, desk: Desk) -> People | str:
    """Whom or where it is about."""
    match command:
        case AddGuests(guests=guests):
            return await _people(tuple(one.email for one in guests), booking, desk)
        case RemoveGuest(guest=guest):
            return await _people((guest.email,), booking, desk)
        case MarkAbsent(emails=emails):
            return await _people(emails, booking, desk)
        case ChangePlace(place=place):
            return place.value


async def _people(emails: tuple[str, ...], booking: Booking, desk: Desk) -> People:
    """Those of the workspace by mention, the others by name."""
    found = {one: await desk.directory.by_email(one) for one in emails}
    names = {one.email.lower(): one.name or one.email for one in booking.attendees}
    return People(
        ids=tuple(person.id for person in found.values() if person),
        names=tuple(names.get(email.lower(), email) for email, person in found.items() if not person),
    )


async def _moved(proposal: Proposal, booking: Booking, conversation: Conversation, desk: Desk) -> Card:
    key = _becomes(proposal)
    was, span = _was(proposal, conversation), Span(start=booking.start, end=booking.end)
    return desk.card(
        say(f"{key}.headline", title=booking.title),
        say("moved.when", was=was, span=span) if was else say("booked.when", span=span),
        notes=(say(_after_a_move(booking, key)),),
        buttons=(*change_buttons(proposal, booking, desk), *undo_button(conversation, desk)),
        menu=more_of(proposal, booking, desk),
    )


def _was(proposal: Proposal, conversation: Conversation) -> Span | None:
    """When it was before this move, where that is known."""
    first = next((one.booking for one in conversation.proposals if one.status == "done"), None)
    before = first if proposal.undoes else getattr(conversation.plan, "booking", None)
    return Span(start=before.start, end=before.end) if before else None


def _after_a_move(booking: Booking, key: str) -> str:
    if not booking.tells_of_moves:
        return "moved.untold"
    return "moved.requested" if booking.status == "pending" else f"{key}.mailed"


def change_buttons(proposal: Proposal, booking: Booking, desk: Desk) -> tuple[Button, ...]:
    """What can be done with the booking that came of a proposal."""
    return (
        *_join(booking, desk),
        Button(label=say("button.reschedule"), choice=Change(proposal_id=proposal.id, what="reschedule")),
        Button(label=say("button.cancel"), choice=Change(proposal_id=proposal.id, what="cancel")),
    )


def more_of(proposal: Proposal, booking: Booking, desk: Desk) -> Menu | None:
    """What is done more rarely with it."""
    if booking.status != "accepted" or booking.end <= desk.now:
        return None
    begun: tuple[Begins, ...] = ("no_show",) if booking.start <= desk.now else ()
    soon: tuple[Begins, ...] = ("late",) if booking.start <= desk.now + AHEAD else ()
    guests: tuple[Begins, ...] = ("remove_people",) if len(booking.attendees) > 1 else ()
    kinds: tuple[Begins, ...] = ("add_people", *guests, "change_place", *soon, *begun)
    options = (
        Option(label=say(f"adjust.{one}"), choice=Change(proposal_id=proposal.id, what=one)) for one in kinds
    )
    return Menu(placeholder=say("adjust.more"), options=tuple(options))


def _join(booking: Booking, desk: Desk) -> tuple[Button, ...]:
    """The link to the meeting, in direct messages only: Cal.com's own holds the uid, a secret."""
    if not desk.place.in_dm or not is_link(booking.location):
        return ()
    return (Button(label=say("booked.join"), url=booking.location),)


def _when(booking: Booking, people: tuple[Person, ...], desk: Desk) -> Phrase:
    span = Span(start=booking.start, end=booking.end)
    slot = booking.slot
    local = elsewhere(slot, people, desk.speaker.zone)
    return say("booked.when_local", span=span, local=local) if local else say("booked.when", span=span)


def where(booking: Booking) -> tuple[Phrase, ...]:
    """Where it takes place, if that is no link."""
    if not booking.location or is_link(booking.location):
        return ()
    return (say("booked.where", where=booking.location),)


def is_link(location: str | None) -> bool:
    """Whether it takes place on the web."""
    return bool(location and location.startswith(("https://", "http://")))


def together(booking: Booking, people: tuple[Person, ...], reader: Person) -> People:
    """Everybody but the reader: those of the workspace by mention, the others by name."""
    emails = {(person.email or "").lower() for person in (*people, reader)}
    others = tuple(one.name or one.email for one in booking.participants if one.email.lower() not in emails)
    return People(ids=tuple(person.id for person in people if person.id != reader.id), names=others)


def failed(error: CalendarError, proposal: Proposal, *, in_dm: bool = True) -> Phrase:
    """Why nothing was written. What is wrong with our access is said to the owner alone (`to_owner`)."""
    said = next((word for kind, word in SAYS.items() if isinstance(error, kind)), "refused")
    if isinstance(error, NotAllowed) and not in_dm:
        said = "refused"
    special = f"{said}{'_undo' if proposal.undoes else BY_COMMAND.get(proposal.command.kind, '_other')}"
    return say(f"outcome.{special if special in OF_ITS_OWN else said}")


def to_owner(card: Card, conversation: Conversation) -> Whisper:
    """What does not concern the channel."""
    return Whisper(
        channel=conversation.channel,
        thread_ts=conversation.reply_to,
        person=conversation.owner,
        card=card,
    )


async def by_hand(error: CalendarError, proposal: Proposal, desk: Desk) -> tuple[Phrase, ...]:
    """Where people can book themselves what Cal.com refuses us; nothing where there is no such page."""
    command = proposal.command
    if not isinstance(error, NotBookable) or not isinstance(command, CreateBooking):
        return ()
    try:
        types = await desk.calendars.reader(proposal.calendar).event_types()
    except CalendarError:
        return ()
    pages = (one for one in types if one.id == command.event_type_id and one.url)
    return tuple(say("outcome.book_by_hand", link=Link(url=one.url, text=one.title)) for one in pages)


def retry_card(reason: Phrase, proposal: Proposal, conversation: Conversation, desk: Desk) -> Card:
    """Nothing was written, and the same may be tried again."""
    return desk.card(
        reason,
        buttons=(
            Button(label=say("button.try_again"), choice=approving(proposal), style="primary"),
            Button(label=say("button.dismiss"), choice=Dismiss(conversation_id=conversation.id)),
        ),
    )


def not_undone(reason: Phrase, again: Proposal | None, conversation: Conversation, desk: Desk) -> Card:
    """It stays as it was written. `again`: what may still take it back."""
    done = next((one for one in conversation.proposals if one.status == "done"), None)
    stands = done.booking if done and done.booking and done.booking.lasts else None
    return desk.card(
        reason,
        buttons=(
            *(
                (Button(label=say("button.try_again"), choice=Approve(proposal_id=again.id)),)
                if again
                else ()
            ),
            *(change_buttons(done, stands, desk) if done and stands else ()),
        ),
    )


def unknown(proposal: Proposal, desk: Desk) -> Card:
    """The answer was lost and looking did not help yet."""
    again = Button(label=say("button.look_again"), choice=Approve(proposal_id=proposal.id))
    return desk.card(say("outcome.unknown"), buttons=(again,))


def not_written() -> Phrase:
    """Looked for later, and not there."""
    return say("outcome.looked")


def on_card(conversation: Conversation, card: Card) -> Delivery:
    """In place of the conversation's card, or in its thread when it has none."""
    if conversation.card:
        return Update(message=conversation.card, card=card)
    return Post(channel=conversation.channel, thread_ts=conversation.reply_to, card=card)
