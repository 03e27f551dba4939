"""Looks again, when the time has come, for a write of which nobody could tell: every card becomes true."""

import logging

from bot.admission import desk_of
from bot.approvals import Approvals
from bot.conversation.ports import ThreadSession
from bot.conversation.turns import Recheck
from bot.means import Means
from bot.rechecking import next_look
from bot.settling import Approved

log = logging.getLogger(__name__)


class Rechecks:
    """Under the thread's lock, and only while the outcome is still unknown."""

    def __init__(self, means: Means, approvals: Approvals) -> None:
        self._means = means
        self._approvals = approvals

    async def look(self, work: Recheck, session: ThreadSession) -> None:
        """Look, and say what came of it once that is certain. Raises StoreUnavailable, LockLost.

        The next look is kept before this one is begun, so that one which fails to the end breaks off nothing.
        """
        approved = await self._unknown(work, session)
        if approved is None:
            await session.save(session.state.having_handled(work.id))
            return
        following = next_look(work, self._means.clock())
        if following:
            await self._means.later.put(following, following.at)
        # What the calendar has not shown after a minute was dropped on the way.
        is_settled = await self._approvals.look_by_itself(approved, believing_absence=work.look > 0)
        log.info("looked again proposal=%s look=%d settled=%s", work.proposal_id, work.look, is_settled)
        if is_settled and following:
            await self._means.later.cancel(following.id)

    async def _unknown(self, work: Recheck, session: ThreadSession) -> Approved | None:
        """What is to be looked for; None when somebody else has found out, or it was forgotten."""
        conversation = session.state.with_proposal(work.proposal_id)
        proposal = conversation.proposal(work.proposal_id) if conversation else None
        if conversation is None or proposal is None or proposal.status != "unknown":
            return None
        desk = await desk_of(conversation, self._means)
        return Approved(session, conversation, proposal, work.id, desk, by_itself=True)
