"""What is done on the page, as whoever takes notes is told of it: after it was done."""

from bot.playground.outside import Outside
from bot.playground.small_slack import Chosen, Message


class Deeds:
    """Told of every deed once it was done, in order. This one lets everything pass."""

    def said(self, message: Message, typed: str) -> None:
        """Somebody said something; `typed` before mentions became codes."""

    def edited(self, message: Message, typed: str) -> None:
        """Somebody gave their own message other words. `message`: as it stood before."""

    def deleted(self, message: Message) -> None:
        """Somebody took their own message away. `message`: as it stood before."""

    def commanded(self, person: str, channel: str, typed: str) -> None:
        """Somebody used the bot's slash command."""

    def invited(self, person: str, channel: str) -> None:
        """Somebody asked the bot into a channel."""

    def pressed(
        self, person: str, source: Message | str, *, block_id: str, action_id: str, chosen: Chosen
    ) -> None:
        """Somebody used a control. `source`: the message as they saw it, or the id of a view."""

    def outside(self, deed: Outside) -> None:
        """Something was done at Cal.com."""

    def switched(self, name: str, on: bool) -> None:
        """A switch was turned."""

    def clock_moved(self) -> None:
        """The clock was moved."""

    def begun_again(self) -> None:
        """The world began again."""

    def ended(self) -> None:
        """The page closes; what happens from now on is nobody's deed."""
