"""Forms in which a meeting, or another time of one, is asked for: handed in, they are work like words."""

from bot.admission import DIRECT
from bot.conversation.forms import Filled, Form, Reply, Wanted, Wrong
from bot.conversation.forms import words as window
from bot.conversation.orders import Order, Prefill, unpacked
from bot.conversation.replies import say
from bot.conversation.turns import SlashCommand, ThreadKey, Turn
from bot.means import Means
from bot.scheduling.errors import SchedulingError
from bot.scheduling.model import EventType, Person
from bot.skills.common.desk import Desk, Place
from bot.windows import booking, moving, ordering


async def form(wanted: Wanted, means: Means, person: Person) -> Form:
    """With what is known from the start. What is pressed on a card is answered under it."""
    if person.is_visitor:
        return window(say("refuse.visitor"), zone=person.zone, language=person.locale)
    given = _placed(unpacked(wanted.about), wanted)
    desk = await desk_of(person, means)
    if wanted.form == "move.new":
        known = await ordering.chosen(given.booking, desk) if given.booking else None
        return moving.form(given, known, person)
    return booking.form(given, await _kind(given, desk), person)


async def ordered(filled: Filled, means: Means, person: Person) -> Reply:
    """Take what is asked for, or say what is wrong beside its field."""
    given = unpacked(filled.about)
    order = booking.read(filled, given, person) if filled.form == "book.new" else moving.read(filled, person)
    if isinstance(order, Wrong):
        return order
    await means.queue.put(_work(filled, order, given))
    return None


async def desk_of(person: Person, means: Means) -> Desk:
    """What a form may be filled from."""
    return await means.desk(person, Place(DIRECT, "", in_dm=True))


def _placed(given: Prefill, wanted: Wanted) -> Prefill:
    card = wanted.card
    if given.channel or card is None:
        return given
    return given.model_copy(update={"channel": card.channel, "thread": card.thread_ts or card.ts})


async def _kind(given: Prefill, desk: Desk) -> EventType | None:
    """The kind of meeting that is chosen from the start; the form opens without, too."""
    if given.event_type_id is None:
        return None
    try:
        kinds = await desk.calendar.event_types()
    except SchedulingError:
        return None
    return next((one for one in kinds if one.id == given.event_type_id), None)


def _work(filled: Filled, order: Order, given: Prefill) -> Turn | SlashCommand:
    """It goes on in its thread; where there is none, one is opened as for a command."""
    work_id = f"{filled.id}:form"
    if not given.thread:
        return SlashCommand(
            id=work_id,
            team=filled.team,
            channel=given.channel,
            speaker=filled.person,
            text="",
            at=filled.at,
            order=order,
        )
    in_dm = given.channel.startswith("D")
    return Turn(
        id=work_id,
        thread=ThreadKey(team=filled.team, channel=given.channel, thread="dm" if in_dm else given.thread),
        reply_to=given.thread,
        speaker=filled.person,
        speaker_team=filled.person_team,
        text="",
        at=filled.at,
        in_dm=in_dm,
        order=order,
    )
