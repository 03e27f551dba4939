"""Letters between lanes: each finds the direct messages of whom it is for, and waits there for its turn."""

import logging
from datetime import datetime

from bot.admission import who_is
from bot.conversation.answers import Answer
from bot.conversation.letters import Ballot, Decided, Lapse, Late, Letter, Petition, Returned, Votes
from bot.conversation.ports import ChannelClosed, ThreadSession
from bot.conversation.replies import Card, People, Post, Span, say
from bot.conversation.state import Outgoing
from bot.means import Means

log = logging.getLogger(__name__)


async def forward(letter: Letter, means: Means) -> None:
    """Let it wait in the person's direct messages. Raises DeliveryFailed, QueueUnavailable.

    Where nobody can be written to, who asked a host is told so.
    """
    try:
        channel = await means.messenger.open_dm(letter.person)
    except ChannelClosed:
        log.warning("nobody to ask letter=%s", letter.id)
        if isinstance(letter.about, Petition):
            nobody = Decided(petition=letter.about.id, outcome="unreachable")
            await means.queue.put(returned(letter.about, nobody, letter.person, means.clock()))
        return
    await means.queue.put(letter.model_copy(update={"channel": channel}))


def telling(answer: Answer, team: str, at: datetime) -> tuple[Letter, ...]:
    """What an answer has others told: the same however often it is sent, one for each talk and person."""
    late, talk = answer.late, answer.conversation
    if late is None or talk is None:
        return ()
    return tuple(
        Letter(id=f"late:{talk.id}:{one}", team=team, person=one, about=late, at=at) for one in answer.tells
    )


async def deliver_late(letter: Letter, late: Late, session: ThreadSession, means: Means) -> None:
    """Say it in the direct messages of whom it is for. Raises what the ports raise."""
    reader = await who_is(letter.person, means.directory)
    span = Span(start=late.slot.start, end=late.slot.end)
    line = say("booking.line", title=late.title, span=span)
    said = say("late.is_late", who=People(ids=(late.who,)), minutes=late.minutes, booking=line)
    card = Card(lines=(said,), zone=reader.zone, language=reader.locale)
    post = Outgoing(id=means.new_id(), delivery=Post(channel=letter.channel or "", card=card))
    await session.save(session.state.having_handled(letter.id).saying(post))


def returned(about: Ballot | Petition, news: Votes | Decided, person: str, at: datetime) -> Returned:
    """What this person has to say about a letter, for the lane that it came from."""
    match news:
        case Votes():
            name = f"votes:{news.poll}:{person}:{news.revision}"
        case Decided():
            name = f"decided:{news.petition}:{news.outcome}"
    return Returned(id=name, lane=about.lane, person=person, news=news, at=at)


def lapse_of(about: str, until: datetime, letter: Letter, session: ThreadSession) -> Lapse:
    """The work that closes what a letter asks, once nobody can answer it any more."""
    name = f"lapse:{letter.id}"
    return Lapse(id=name, lane=session.lane, person=letter.person, about=about, at=until)
