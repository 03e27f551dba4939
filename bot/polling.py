"""The organiser's side of a question to several people: who is asked, what is counted, when it is over."""

from datetime import datetime, timedelta

from bot import outbox
from bot.admission import desk_of, who_is
from bot.conversation.letters import Letter, Over, Returned, Votes
from bot.conversation.polls import Poll
from bot.conversation.ports import ThreadSession
from bot.conversation.replies import Update
from bot.conversation.state import Conversation, Outgoing, ThreadState
from bot.conversation.turns import team_of
from bot.means import Means
from bot.skills.common.gathering import Gathering, Linked
from bot.skills.common.polls import all_answered, counted

AROUND = timedelta(hours=12)  # of the times asked for: what can be booked may begin earlier
ON_CARD = ("offer", "confirm")  # questions under which the times can be booked


async def tend(session: ThreadSession, now: datetime) -> None:
    """End the polls whose times are not on offer any more, and write to whom each concerns.

    All of it is read from the state: whoever died before it leaves it to the next. Raises LockLost,
    StoreUnavailable.
    """
    state = session.state
    for conversation in state.conversations:
        state = _tended(state, conversation, session.lane, now)
    if state is not session.state:
        await session.save(state)


def _tended(state: ThreadState, conversation: Conversation, lane: str, now: datetime) -> ThreadState:
    poll = conversation.poll
    if poll is None:
        return state
    over = None if poll.over else closing(conversation, poll, now)
    poll = poll.ended(over.why, over.slot) if over else poll
    if poll.told == poll.round:
        return state
    told = poll.model_copy(update={"told": poll.round, "left_out": ()})
    letters = _letters(poll, lane, conversation.owner, now)
    return state.replacing(conversation.changed(poll=told)).sending(*letters)


def closing(conversation: Conversation, poll: Poll, now: datetime) -> Over | None:
    """Why the question is over, if it is; what is being written or looked for keeps it open."""
    done = next((one for one in conversation.proposals if one.status == "done"), None)
    if done:
        return Over(why="booked", slot=done.slot)
    if any(one.is_taken for one in conversation.proposals):
        return None
    if conversation.question not in ON_CARD:
        return Over(why="off")
    return Over(why="over") if poll.until <= now else None


def _letters(poll: Poll, lane: str, organiser: str, now: datetime) -> tuple[Letter, ...]:
    """One to each who is asked, or was and is not any more."""
    everybody = dict.fromkeys((*poll.people, *poll.left_out))
    return tuple(
        Letter(
            id=f"letter:{poll.id}:{poll.round}:{person}",
            team=team_of(lane),
            person=person,
            about=poll.ballot(person, lane=lane, organiser=organiser),
            at=now,
        )
        for person in everybody
    )


class Polling:
    """Counts what comes back."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def count(self, work: Returned, votes: Votes, session: ThreadSession) -> None:
        """Count an answer, and show it on the organiser's card. Raises what the ports raise.

        What waits to be said is said first: only a card that was posted can be changed.
        """
        await outbox.flush(session, self._means.messenger)
        state = session.state.having_handled(work.id)
        conversation = polled(state, votes)
        if conversation and conversation.poll and votes.is_seen:
            votes = await self._seen(work.person, votes, conversation.poll)
        if conversation and (after := _counting(conversation, work, votes)):
            state = state.replacing(after).saying(*await self._shown(conversation, after))
        await session.save(state)

    async def _seen(self, person_id: str, votes: Votes, poll: Poll) -> Votes:
        """The times at which their calendar shows them free; as they answered where it says nothing."""
        linked = await self._means.calendars.linked([person_id])
        if person_id not in linked:
            return votes
        person = await who_is(person_id, self._means.directory)
        gathering = Gathering(self._means.calendars, [Linked(person, linked[person_id])])
        first, last = min(one.slot.start for one in poll.times), max(one.slot.end for one in poll.times)
        company = await gathering.company(first - AROUND, last + AROUND)
        if company.silent:
            return votes
        free = tuple(one.id for one in poll.times if not company.without(one.slot))
        shown = tuple(one.id for one in poll.times)
        return votes.model_copy(update={"ticked": free, "none": not free, "shown": shown})

    async def _shown(self, before: Conversation, after: Conversation) -> tuple[Outgoing, ...]:
        """The card with its figures; the organiser hears of the last answer."""
        poll, was = after.poll, before.poll
        if poll is None or was is None or after.card is None or after.question != "offer":
            return ()
        card = Update(message=after.card, card=counted(poll, after.proposals))
        said = (Outgoing(id=self._means.new_id(), delivery=card, card_of=after.id),)
        if poll.awaited or not was.awaited:
            return said
        desk = await desk_of(after, self._means)
        return (*said, Outgoing(id=self._means.new_id(), delivery=all_answered(after, desk)))


def polled(state: ThreadState, votes: Votes) -> Conversation | None:
    """The talk that these answers are for."""
    found = (one for one in state.conversations if one.poll and one.poll.id == votes.poll)
    return next(found, None)


def _counting(conversation: Conversation, work: Returned, votes: Votes) -> Conversation | None:
    """A copy with this answer; None where it changes nothing. A yes said before another time was preselected
    does not mean that one: the card counts as shown anew."""
    poll = conversation.poll
    if poll is None or poll.over or work.person not in poll.people:
        return None
    after = poll.counting(work.person, votes)
    if after is poll:
        return None
    changed = conversation.changed(poll=after)
    if changed.preselected is conversation.preselected:
        return changed
    return changed.changed(said_at=max(conversation.said_at, work.at))
