"""Says why these times are shown: by what was asked for, and by what was ruled out."""

from datetime import timedelta

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Moment, People, Phrase, PhraseValue, listing, say
from bot.conversation.state import CallOff, Conversation, Meet
from bot.scheduling.commands import CreateBooking
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import Account, CalendarRef, EventType
from bot.skills.common.desk import Desk
from bot.skills.common.fitting import anytime
from bot.skills.common.liking import clock
from bot.skills.common.reasons import Reason, Sought, why_not
from intents.frames import AskWhy, Refine, When, Window
from intents.spans import spans

A_MINUTE = timedelta(minutes=1)


def explain(conversation: Conversation | None, desk: Desk) -> Answer:
    """What the times on the card had to fit; honest where nothing is known."""
    if conversation is None or isinstance(conversation.plan, CallOff):
        return Answer(card=desk.card(say("why.nothing")), is_private=True)
    terms = _terms(conversation.when, _minutes(conversation))
    line = say("why.terms", terms=listing(terms)) if terms else say("why.first")
    return Answer(card=desk.card(line, notes=(say("why.change"),)), is_private=True)


def other_time(frame: AskWhy, conversation: Conversation | None) -> Refine | None:
    """ "Why not tuesday?" asks for Tuesday too. None where nothing is being looked for."""
    if conversation is None or isinstance(conversation.plan, CallOff):
        return None
    return Refine(when=frame.when) if frame.is_against and frame.when is not None else None


async def with_reason(answer: Answer, when: When, before: Conversation, desk: Desk) -> Answer:
    """The answer that shows that time or what comes closest; with why the host cannot then, if that is known.

    `before`: the talk as it was. Raises nothing: a reason is a courtesy.
    """
    shown = next(iter((answer.conversation or before).proposals or before.proposals), None)
    because = await _because(shown, before, when, desk) if shown else None
    if because is None:
        return answer
    card = answer.card
    return answer.model_copy(update={"card": card.model_copy(update={"notes": (because, *card.notes)})})


async def _because(shown: Proposal, talk: Conversation, when: When, desk: Desk) -> Phrase | None:
    """In words; None where the time is open, or where nothing is known of it."""
    calendar = desk.calendars.reader(shown.calendar)
    try:
        kinds = {one.id: one for one in await calendar.event_types()}
        host = await calendar.me()
    except CalendarError:
        return None
    kind = kinds.get(_kind_of(shown, talk) or 0)
    if kind is None:
        return None
    is_visited = shown.calendar.as_visitor or desk.speaker.is_visitor
    sought = Sought(when, kind, shown.slot.minutes)
    why = await why_not(sought, calendar, desk.now, is_visited=is_visited)
    return _cannot(why, kind, shown.calendar, host, desk) if why else None


def _kind_of(shown: Proposal, talk: Conversation) -> int | None:
    """The id of the kind of meeting that is proposed."""
    if isinstance(shown.command, CreateBooking):
        return shown.command.event_type_id
    return talk.about.event_type_id if talk.about else None


def _cannot(why: Reason, kind: EventType, calendar: CalendarRef, host: Account, desk: Desk) -> Phrase:
    notice = say("why.in_minutes", minutes=kind.notice)
    if kind.notice % 60 == 0:
        notice = say("why.in_hours", hours=kind.notice // 60)
    is_theirs = (desk.speaker.email or "").lower() == host.email.lower()
    if calendar.person == desk.speaker.id or (is_theirs and not calendar.person):
        return say(f"why.cannot_you.{why}", notice=notice)
    who: PhraseValue = People(ids=(calendar.person,)) if calendar.person else host.name
    return say(f"why.cannot.{why}", who=who, notice=notice)


def is_ruled_out(frame: AskWhy, conversation: Conversation | None) -> bool:
    """Whether the person themselves excluded the time that is asked about."""
    before = conversation.when if conversation is not None else None
    if before is None or frame.when is None or not frame.when.windows:
        return False
    left = (spans(anytime(before), _stretch(one)) for one in frame.when.windows)
    return not any(left)


def ruled_out(desk: Desk) -> Answer:
    """Say that the person excluded it."""
    return Answer(card=desk.card(say("why.ruled_out")), is_private=True)


def _stretch(window: Window) -> Window:
    return window if window.end is not None else Window(start=window.start, end=window.start + A_MINUTE)


def _minutes(conversation: Conversation) -> int | None:
    return conversation.plan.wish.minutes if isinstance(conversation.plan, Meet) else None


def _terms(when: When | None, minutes: int | None) -> list[PhraseValue]:
    """What was asked for, one phrase for each part."""
    terms: list[PhraseValue] = [say("why.minutes", minutes=minutes)] if minutes else []
    if when is None:
        return terms
    terms += [_days(one) for one in when.windows]
    terms += [say("why.hours", start=clock(one.start), end=clock(one.end)) for one in when.hours]
    terms += [say("why.not_hours", start=clock(one.start), end=clock(one.end)) for one in when.without_hours]
    terms += [say("why.not_weekday", day=Phrase(key=f"weekday.{one}")) for one in when.without_weekdays]
    terms += [say("why.not_then", term=_days(one)) for one in when.without]
    return terms


def _days(window: Window) -> Phrase:
    """A window by its point, its day, or its first and last moment."""
    start = Moment(at=window.start)
    if window.is_point:
        return say("why.at", time=start)
    if window.end is None:
        return say("why.from", time=start)
    return say("why.between", start=start, end=Moment(at=window.end))
