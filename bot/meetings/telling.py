"""Makes the cards of a meeting true, under its lock."""

import logging

from bot.conversation.turns import MeetingNews
from bot.means import Means

log = logging.getLogger(__name__)


class Meetings:
    """Tells each member of the workspace who takes part what has become of their meeting."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def tell(self, news: MeetingNews) -> None:
        """Raises what the ports raise."""
        log.info("meeting news=%s", news.news)
