"""Which skill changes something of a meeting but its time, and what a press on a meeting's card begins."""

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.state import Adjust
from bot.conversation.turns import Begins
from bot.scheduling.model import Booking
from bot.skills import (
    accept,
    add_people,
    cancel,
    change_place,
    decline,
    late,
    no_show,
    remove_people,
    reschedule,
)
from bot.skills.common import adjusting
from bot.skills.common.adjusting import Adjustment
from bot.skills.common.desk import Desk
from intents.frames import (
    AddPeople,
    CancelMeeting,
    ChangePlace,
    ReportNoShow,
    RescheduleMeeting,
    RunningLate,
    Target,
)

ADJUSTED: dict[str, Adjustment] = {  # by the kind of wish
    "accept": accept.HOW,
    "decline": decline.HOW,
    "add_people": add_people.HOW,
    "change_place": change_place.HOW,
    "no_show": no_show.HOW,
    "running_late": late.HOW,
}
PRESSED: dict[str, type[AddPeople | ChangePlace | ReportNoShow | RunningLate]] = {
    "add_people": AddPeople,
    "remove_people": AddPeople,
    "change_place": ChangePlace,
    "late": RunningLate,
    "no_show": ReportNoShow,
}


def adjustment_of(plan: Adjust) -> Adjustment:
    """How it is changed."""
    return remove_people.HOW if plan.out else ADJUSTED[plan.wish.kind]


async def begin(what: Begins, booking: Booking | None, desk: Desk) -> Answer:
    """Start to change the booking on whose card this was pressed. Raises SchedulingError."""
    this = Target(which="this")
    if booking is None:
        return Answer(card=desk.card(say("press.stale")), is_private=True)
    match what:
        case "reschedule":
            return await reschedule.start(RescheduleMeeting(target=this), desk, this=booking)
        case "cancel":
            return await cancel.start(CancelMeeting(target=this), desk, this=booking)
    plan = Adjust(wish=PRESSED[what](target=this), out=what == "remove_people")
    return await adjusting.start(plan, adjustment_of(plan), desk, this=booking)
