"""What a skill decides: what is said now, and what the conversation becomes."""

from bot.conversation.letters import Late
from bot.conversation.replies import Card
from bot.conversation.state import Conversation
from bot.scheduling.model import Hosts, Value


class Answer(Value):
    """One reply. `is_private`: shown in a channel to the person alone.

    `conversation` is its next state; None: nothing has to be remembered. Its first proposal is held.
    `hosts`: from now on, where both could, as the person has just said.
    `tells`: people to whom it is written that somebody is `late`.
    `refused`: why, in a short word for the audit log, where it says no to what they may not do.
    """

    card: Card
    conversation: Conversation | None = None
    is_private: bool = False
    hosts: Hosts | None = None
    refused: str | None = None
    tells: tuple[str, ...] = ()
    late: Late | None = None
