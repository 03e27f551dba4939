"""When a write of which nobody could tell is looked at again, without anybody having to ask."""

from datetime import datetime, timedelta

from bot.conversation.ports import ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.state import Conversation
from bot.conversation.turns import Recheck
from bot.means import Means

# After it became unknown. Most outages of a calendar are over within minutes; after the last look there is
# still the button.
LOOKS = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 900))


async def look_again_later(
    session: ThreadSession, conversation: Conversation, proposal: Proposal, means: Means
) -> None:
    """Have it looked at for the first time. To be called before it is saved as unknown: whoever dies in
    between leaves a look too many. Raises StoreUnavailable."""
    now = means.clock()
    look = Recheck(
        id=f"recheck:{proposal.id}:0",
        lane=session.lane,
        proposal_id=proposal.id,
        person=conversation.owner,
        look=0,
        since=now,
        at=now + LOOKS[0],
    )
    await means.later.put(look, look.at)


def next_look(done: Recheck, now: datetime) -> Recheck | None:
    """The look after this one; None after the last. One whose time has passed is due at once."""
    following = done.look + 1
    if following >= len(LOOKS):
        return None
    at = max(done.since + LOOKS[following], now)
    return done.model_copy(
        update={"id": f"recheck:{done.proposal_id}:{following}", "look": following, "at": at}
    )
