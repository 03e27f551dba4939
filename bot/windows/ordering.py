"""Answers what was asked for in a form, as if it had been said."""

from bot.conversation.answers import Answer
from bot.conversation.orders import BookOrder, MoveOrder, Order
from bot.conversation.replies import say
from bot.conversation.state import Meet, Move
from bot.meetings.naming import key_of
from bot.scheduling.model import Booking
from bot.skills import book, reschedule
from bot.skills.common.desk import Desk
from bot.skills.common.targets import upcoming
from intents.frames import When, Window


async def answer(order: Order, desk: Desk) -> Answer:
    """The card with times to approve. Raises SchedulingError."""
    match order:
        case BookOrder():
            plan = Meet(wish=order.wish, event_type_id=order.event_type_id)
            return await book.offer(desk.conversation(plan), desk)
        case MoveOrder():
            return await _move(order, desk)


async def _move(order: MoveOrder, desk: Desk) -> Answer:
    booking = await chosen(order.booking, desk)
    if booking is None:
        return Answer(card=desk.card(say("ask.no_booking")), is_private=True)
    to = (
        When(zone=desk.speaker.zone, windows=(Window(start=order.start, is_point=True),))
        if order.start
        else None
    )
    return await reschedule.move(desk.conversation(Move(to=to, reason=order.reason)), booking, desk)


async def chosen(name: str, desk: Desk) -> Booking | None:
    """The speaker's booking of this name, if it is still to come. Raises SchedulingError."""
    return next((one for one in await upcoming(desk) if key_of(one.uid) == name), None)
