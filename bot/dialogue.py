"""What a sentence or a press leads to: the skill that answers it, an approval, or silence."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.adjustments import adjustment_of
from bot.admission import may_ask
from bot.conversation.answers import Answer
from bot.conversation.orders import Order
from bot.conversation.ports import Watcher
from bot.conversation.proposals import PATIENCE, Proposal
from bot.conversation.replies import People, say
from bot.conversation.state import Adjust, CallOff, Conversation, Meet, Move, Notice, Paging, ThreadState
from bot.conversation.turns import Turn
from bot.excuses import excuse, refusal_of
from bot.quoting import wish_in
from bot.scheduling.errors import NotConnected, SchedulingError
from bot.scheduling.model import Booking
from bot.skills import (
    agenda,
    book,
    cancel,
    connect,
    decline,
    greeting,
    help,
    late,
    not_yet,
    prefer,
    reschedule,
    share_link,
    timezone,
    undo,
    why,
)
from bot.skills.common import adjusting
from bot.skills.common.booking_cards import ask_answers
from bot.skills.common.desk import Desk
from bot.skills.common.habits import as_refinement
from bot.skills.common.picking import Reply
from bot.windows import ordering
from intents import understand
from intents.ambiguity import both
from intents.frames import (
    AcceptMeeting,
    AddPeople,
    Around,
    AskTime,
    AskWhy,
    BookMeeting,
    CancelMeeting,
    ChangePlace,
    ConnectCalendar,
    Context,
    DeclineMeeting,
    DisconnectCalendar,
    FindSlots,
    Frame,
    Greeting,
    Help,
    ListBookings,
    More,
    NotUnderstood,
    Refine,
    ReportNoShow,
    RescheduleMeeting,
    RunningLate,
    SetPreferences,
    ShareLink,
    UndoChange,
    Yes,
)

log = logging.getLogger(__name__)

AFRESH = {"paging": Paging()}  # as if no times had been shown yet
OF_THE_CARD = (AskWhy, SetPreferences, UndoChange)  # meant for us, where we asked; the rest is for the others
ASKED_AGAIN = ("who", "when", "booking")  # questions that no yes answers
APPROVABLE = ("offer", "confirm")  # questions to which a yes means the first proposal


@dataclass(frozen=True)
class Agreed:
    """A typed yes, to the proposal preselected on the card shown last."""

    conversation: Conversation
    proposal: Proposal


Step = Answer | Agreed | None  # None: nothing is said


async def respond(turn: Turn, state: ThreadState, desk: Desk, watcher: Watcher) -> Step:
    """Understand a turn and let the skill answer. Everything that people can be told becomes an answer."""
    if turn.order:
        return await _ordered(turn.order, turn, desk, watcher)
    conversation, frame = await _meant(turn, state, desk, watcher)
    log.info("heard turn=%s frame=%s", turn.id, frame.kind)
    if isinstance(frame, NotUnderstood):
        is_meant = turn.addressed or frame.why != "nothing"
        return help.not_understood(desk, frame.why) if is_meant else None
    if isinstance(frame, Around) and not (turn.addressed or isinstance(frame, OF_THE_CARD)):
        return None
    if not may_ask(desk.speaker, frame):
        return Answer(card=desk.card(say("refuse.visitor")), is_private=True, refused="visitor")
    try:
        with watcher.stage("decide"):
            return await _answer(frame, turn, state, conversation, desk)
    except SchedulingError as error:
        return await excused(error, desk, turn)


async def _ordered(order: Order, turn: Turn, desk: Desk, watcher: Watcher) -> Step:
    """What was asked for in a form. Visitors have none."""
    log.info("heard turn=%s order=%s", turn.id, order.kind)
    if desk.speaker.is_visitor:
        return Answer(card=desk.card(say("refuse.visitor")), is_private=True, refused="visitor")
    try:
        with watcher.stage("decide"):
            return await ordering.answer(order, desk)
    except SchedulingError as error:
        return await excused(error, desk, turn)


async def _meant(
    turn: Turn, state: ThreadState, desk: Desk, watcher: Watcher
) -> tuple[Conversation | None, Frame]:
    """What was said, or what is said in the message that is to be scheduled."""
    if turn.quoted:
        return None, await wish_in(turn.quoted, desk, watcher)
    return heard(turn, state, desk, watcher)


async def excused(error: SchedulingError, desk: Desk, waiting: Turn | None = None) -> Answer:
    """Why nothing can be answered. Where the speaker has to connect, they may; then `waiting` goes on."""
    if desk.speaker.is_visitor and isinstance(error, NotConnected):  # nobody whom they may book
        return Answer(card=desk.card(say("refuse.visitor")), is_private=True, refused="visitor")
    if connect.is_theirs(error, desk):
        offer = await connect.needed(error, desk, waiting)
        return offer.model_copy(update={"refused": refusal_of(error)})
    return excuse(error, desk)


def heard(turn: Turn, state: ThreadState, desk: Desk, watcher: Watcher) -> tuple[Conversation | None, Frame]:
    """What was meant, and which conversation it goes on with: that of our latest open question.

    After a meeting was booked, a yes or a change is not for an older card that is still open.
    """
    asked = state.question_to(turn.speaker)
    booked = _this(state, desk) is not None
    frame = read(turn.text, turn.at, _context(asked, booked=booked), desk, watcher)
    if asked and asked is not state.latest_of(turn.speaker) and isinstance(frame, Yes | Refine):
        return None, read(turn.text, turn.at, _context(None, booked=booked), desk, watcher)
    return asked, frame


def read(text: str, at: datetime, context: Context, desk: Desk, watcher: Watcher) -> Frame:
    """Hear a sentence, said at that instant, in the light of what is being asked for."""
    speaker = desk.speaker
    with watcher.stage("understand"):
        reading = understand(text, now=at, tz=speaker.zone, language=speaker.locale, context=context)
    watcher.heard(reading)
    return both(reading)


def _context(conversation: Conversation | None, *, booked: bool) -> Context:
    """What hearing needs to know of the thread. `booked`: it is about a meeting that stands."""
    if conversation is None:
        return Context(booked=booked)
    return Context(
        question=conversation.question,
        when=conversation.when,
        choices=conversation.choices,
        cancels=isinstance(conversation.plan, CallOff),
        booked=booked,
    )


async def _answer(
    frame: Frame, turn: Turn, state: ThreadState, conversation: Conversation | None, desk: Desk
) -> Step:
    match frame:
        case BookMeeting() | FindSlots():
            return await book.start(frame, desk)
        case ListBookings():
            return await agenda.show(frame, desk)
        case RescheduleMeeting():
            instead = conversation if conversation and isinstance(conversation.plan, CallOff) else None
            return await reschedule.start(frame, desk, this=_this(state, desk), instead=instead)
        case CancelMeeting():
            again = await cancel.because(frame, conversation, desk)
            return again or await cancel.start(frame, desk, this=_this(state, desk))
        case Help():
            return help.show(desk)
        case NotUnderstood():
            return None
        case Greeting():
            return greeting.answer(frame, desk)
        case AskTime():
            return await timezone.tell(frame, desk)
        case AskWhy():
            return await _explain(frame, turn, conversation, desk)
        case SetPreferences():
            return await _prefer(frame, turn, conversation, desk)
        case ShareLink():
            return await share_link.show(frame, desk)
        case ConnectCalendar():
            return await connect.show(frame, desk)
        case DisconnectCalendar():
            return await connect.disconnect(desk)
        case AcceptMeeting() | AddPeople() | ChangePlace() | ReportNoShow() | RunningLate():
            return await _adjust(Adjust(wish=frame), state, desk)
        case DeclineMeeting():
            return await _decline(frame, state, desk)
        case UndoChange():
            return _undone(frame, turn, state, desk)
        case _:
            return await _reply(frame, turn, state, conversation, desk)


async def _adjust(plan: Adjust, state: ThreadState, desk: Desk) -> Answer:
    """Something of a meeting but its time."""
    return await adjusting.start(plan, adjustment_of(plan), desk, this=_this(state, desk))


async def _decline(frame: DeclineMeeting, state: ThreadState, desk: Desk) -> Answer:
    """A request is declined; what is agreed already can be cancelled."""
    this = _this(state, desk)
    if await decline.is_request(frame, desk, this):
        return await _adjust(Adjust(wish=frame), state, desk)
    return await cancel.start(CancelMeeting(target=frame.target, reason=frame.reason), desk, this=this)


async def _explain(frame: AskWhy, turn: Turn, conversation: Conversation | None, desk: Desk) -> Answer:
    """Say why, or show the time that was asked about."""
    if why.is_ruled_out(frame, conversation):
        return why.ruled_out(desk)
    other = why.other_time(frame, conversation)
    if other is None or conversation is None:
        return why.explain(conversation, desk)
    answer = await go_on(other, conversation.changed(reply_to=turn.reply_to), desk)
    return await why.with_reason(answer, frame.when, conversation, desk) if frame.when else answer


async def _prefer(frame: SetPreferences, turn: Turn, conversation: Conversation | None, desk: Desk) -> Answer:
    """Let preferences hold for what is looked for now, and offer to keep them."""
    change = as_refinement(frame, desk.speaker.zone)
    if conversation is None or change is None or isinstance(conversation.plan, CallOff):
        is_ours = frame.does != "set" or prefer.is_rule(frame)
        return await prefer.tell(frame, desk) if is_ours else not_yet.tell(frame, desk)
    answer = await go_on(change, conversation.changed(reply_to=turn.reply_to), desk)
    return prefer.for_once(answer, frame, desk)


async def _reply(
    frame: Reply, turn: Turn, state: ThreadState, conversation: Conversation | None, desk: Desk
) -> Step:
    """An answer to a question of ours, or what looks like one."""
    if conversation is None:
        return await _unasked(frame, turn, state, desk)
    if isinstance(frame, Yes):
        return await _agreed(turn, conversation, desk)
    return await go_on(frame, conversation.changed(reply_to=turn.reply_to), desk)


async def _agreed(turn: Turn, conversation: Conversation, desk: Desk) -> Step:
    """A yes to the card shown last. One that cannot mean it gets the card again."""
    first = conversation.preselected
    if first is None and conversation.question in ASKED_AGAIN:
        again = conversation.changed(reply_to=turn.reply_to)
        return await (go_on(More(), again, desk) if again.question == "booking" else show_again(again, desk))
    if isinstance(conversation.plan, Adjust) and (option := late.meant(conversation.plan)):
        return await late.tell(str(option), conversation.changed(reply_to=turn.reply_to), desk)
    if first is None or first.status != "open" or conversation.question not in APPROVABLE:
        return help.not_understood(desk)
    if first.lacks:
        return ask_answers(first, conversation.changed(reply_to=turn.reply_to, card=None), desk)
    if (
        turn.at < conversation.said_at
    ):  # typed before it stood there; or our clock is fast: then a new card helps
        return await show_again(conversation.changed(reply_to=turn.reply_to, card=None), desk)
    if desk.now - turn.at <= PATIENCE and not first.is_over(desk.now):
        return Agreed(conversation, first)
    return await show_again(conversation.changed(reply_to=turn.reply_to), desk)


def _undone(frame: UndoChange, turn: Turn, state: ThreadState, desk: Desk) -> Step:
    """As good as a press of Undo, where it is sure what is meant and said in time; else it is asked."""
    talk = undo.ready(frame, state, turn.speaker, turn.at)
    proposal = talk.undo_at(turn.at) if talk else None
    if talk is None or proposal is None or proposal.lacks:
        return undo.ask(state, desk)
    if turn.at < talk.said_at or desk.now - turn.at > PATIENCE:
        return undo.ask(state, desk)
    return Agreed(talk, proposal)


async def show_again(conversation: Conversation, desk: Desk) -> Answer:
    """The same question once more, with what is free now. Raises SchedulingError."""
    match conversation.plan:
        case Meet() as meet:
            return await book.offer(conversation.changed(plan=meet.model_copy(update=AFRESH)), desk)
        case Move(booking=Booking() as booking) as move:
            fresh = conversation.changed(plan=move.model_copy(update=AFRESH))
            return await reschedule.offer(fresh, booking, desk)
        case CallOff(booking=Booking() as booking):
            return await cancel.ask(conversation, booking, desk)
        case Adjust(booking=Booking() as booking) as plan:
            return await adjustment_of(plan).ask(conversation, booking, desk)
        case Move() | CallOff() | Adjust() | Notice():
            return help.not_understood(desk)


async def go_on(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Let the skill of the plan go on. Raises SchedulingError."""
    match conversation.plan:
        case Meet():
            return await book.answer(said, conversation, desk)
        case Move():
            return await reschedule.answer(said, conversation, desk)
        case CallOff():
            return await cancel.answer(said, conversation, desk)
        case Adjust() as plan:
            return await adjusting.answer(said, conversation, adjustment_of(plan), desk)
        case Notice():
            return help.not_understood(desk)


async def choose(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """Let the skill of the plan take the option. Raises SchedulingError."""
    match conversation.plan:
        case Meet():
            return await book.choose(option, conversation, desk)
        case Move():
            return await reschedule.choose(option, conversation, desk)
        case CallOff():
            return await cancel.choose(option, conversation, desk)
        case Adjust() as plan:
            return await adjusting.choose(option, conversation, adjustment_of(plan), desk)
        case Notice():
            return help.not_understood(desk)


async def _unasked(frame: Reply, turn: Turn, state: ThreadState, desk: Desk) -> Step:
    """No question is open: a change is meant for the meeting just booked here, or begins a new wish."""
    if not turn.addressed:
        return None
    if isinstance(frame, Refine) and frame.when and (this := _this(state, desk)):
        return await reschedule.start(RescheduleMeeting(to=frame.when), desk, this=this)
    if isinstance(frame, Refine):
        wish = BookMeeting(who=frame.who, when=frame.when, minutes=frame.minutes, title=frame.title)
        return await book.start(wish, desk)
    others = next((one.owner for one in reversed(state.conversations) if one.is_open), None)
    if others and not desk.place.in_dm:
        return Answer(card=desk.card(say("no_question.others", who=People(ids=(others,)))), is_private=True)
    return Answer(card=desk.card(say("no_question.yours")))


def _this(state: ThreadState, desk: Desk) -> Booking | None:
    """The booking that this thread is about, where the speaker takes part in it and may change it."""
    email = None if desk.speaker.is_visitor else desk.speaker.email
    known = (one.about for one in reversed(state.conversations))
    return next((one for one in known if one and email and one.involves(email)), None)
