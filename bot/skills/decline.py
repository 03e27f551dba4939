"""Say no to a request, as its host; what is agreed already can only be cancelled."""

from bot.conversation.state import Adjust
from bot.scheduling.model import Booking
from bot.skills.common import requests
from bot.skills.common.adjusting import Adjustment
from bot.skills.common.desk import Desk
from bot.skills.common.targets import is_this, meant_among
from intents.frames import DeclineMeeting

HOW = Adjustment(name="decline", candidates=requests.waiting, ask=requests.ask, fits=requests.waits)


async def is_request(wish: DeclineMeeting, desk: Desk, this: Booking | None) -> bool:
    """Whether a request is meant, and not a meeting that stands. Raises the calendar's errors."""
    if this and is_this(wish.target):
        return this.status != "accepted"
    waiting = await requests.waiting(Adjust(wish=wish), desk)
    return bool(waiting and (is_this(wish.target) or await meant_among(wish.target, waiting, desk)))
