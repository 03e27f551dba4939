"""Puts what one lane has to tell others into theirs: saved before it is put, struck off afterwards.

Who dies between the two leaves it to be put twice; those lanes know it again by its id."""

from bot.conversation.ports import ThreadSession, TurnQueue


async def run(session: ThreadSession, queue: TurnQueue) -> None:
    """Put all that is waiting. Raises QueueUnavailable with all of it still waiting."""
    errands = session.state.errands
    if not errands:
        return
    for errand in errands:
        await queue.put(errand)
    await session.save(session.state.model_copy(update={"errands": ()}))
