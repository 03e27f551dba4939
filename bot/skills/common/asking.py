"""Asks those whose calendars nobody sees which of the times suit them, where several are to meet."""

from collections.abc import Sequence

from bot.conversation.answers import Answer
from bot.conversation.polls import PATIENCE, Poll, PollTime
from bot.conversation.replies import Card
from bot.conversation.state import Conversation
from bot.scheduling.model import Person
from bot.skills.common.booking_cards import Shown
from bot.skills.common.cards import time_line
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import title_of
from bot.skills.common.polls import counted
from bot.skills.common.search import Found
from bot.skills.common.wishes import plan_of

FEWEST = 2  # others; whoever meets one person asks them
MOST = 12  # asked for one meeting: who invites more does not want to write to all of them


def ask_others(answer: Answer, shown: Shown, desk: Desk) -> Answer:
    """The same answer, in which they are asked; or whoever was asked before is not any more."""
    conversation = answer.conversation
    if conversation is None:
        return answer
    before, people = conversation.poll, asked(shown, desk.speaker)
    if not people:
        return answer.model_copy(update={"conversation": _none_asked(conversation)}) if before else answer
    poll = _poll(conversation, answer.card, shown, people, desk)
    poll = before.asking(poll) if before else poll
    going_on = conversation.changed(poll=poll)
    return Answer(card=counted(poll, going_on.proposals), conversation=going_on, is_private=answer.is_private)


def asked(shown: Shown, speaker: Person) -> tuple[Person, ...]:
    """Who is to be asked: members of the workspace who come, and whose calendar is not connected.

    Nobody, where a visitor asks, or all are served by one calendar, and nobody could connect another.
    """
    guests = shown.guests
    if speaker.is_visitor or not shown.host.calendar.person or len(guests.emails) < FEWEST:
        return ()
    known = {shown.host.calendar.person, speaker.id, *(one.id for one in (*shown.seen, *shown.silent))}
    host = shown.parts.account.email.lower()
    unseen = tuple(
        one
        for one in guests.people
        if one.id not in known and one.standing == "member" and (one.email or "").lower() != host
    )
    return unseen if len(unseen) <= MOST else ()


def _none_asked(conversation: Conversation) -> Conversation:
    """A copy in which the question is closed."""
    poll = conversation.poll
    return conversation.changed(poll=poll.ended("off")) if poll and not poll.over else conversation


def _poll(conversation: Conversation, card: Card, shown: Shown, people: Sequence[Person], desk: Desk) -> Poll:
    times = shown.findings.times
    event_type = shown.fit.event_type
    title = title_of(plan_of(conversation).wish.title, event_type) or event_type.title
    return Poll(
        id=desk.new_id(),
        people=tuple(one.id for one in people),
        times=tuple(_time(one, n, card, conversation, shown, desk) for n, one in enumerate(times, 1)),
        of=len(people) + len(_seen(shown, desk)),
        card=card,
        title=title,
        minutes=shown.fit.minutes,
        until=min(max(one.slot.start for one in times), desk.now + PATIENCE),
    )


def _time(
    found: Found, number: int, card: Card, conversation: Conversation, shown: Shown, desk: Desk
) -> PollTime:
    everybody = (*shown.also, *shown.guests.people)
    on_card = time_line(found, number, everybody, conversation.zone)
    plain = time_line(found.model_copy(update={"without": ()}), number, everybody, conversation.zone)
    busy = tuple(one.id for one in found.without)
    return PollTime(
        id=desk.new_id(),
        slot=found.slot,
        place=card.lines.index(on_card),
        line=plain,
        free=tuple(one for one in _seen(shown, desk) if one not in busy),
        busy=busy,
    )


def _seen(shown: Shown, desk: Desk) -> tuple[str, ...]:
    """Who needs no question: the host, whoever asks, and those whose calendars were read."""
    seen = (shown.host.calendar.person, desk.speaker.id, *(one.id for one in shown.seen))
    return tuple(dict.fromkeys(seen))
