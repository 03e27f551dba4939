"""Agent sessions and first prompts, through the Web API. https://docs.slack.dev/ai/agent-sessions/"""

import logging
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.sessions import Prompt, SessionRef, SessionStatus
from bot.slack.cutting import cut
from bot.slack.failures import SLACK_ERRORS, code_of
from bot.slack.text import Reader, label

log = logging.getLogger(__name__)

MOST_PROMPTS: Final = 4
LONGEST_TITLE: Final = 200

# The app was installed by an older manifest, or is no agent: asking again each time would not help.
NEVER: Final = frozenset(
    {"missing_scope", "no_permission", "not_allowed_token_type", "unknown_method", "method_deprecated"}
)


class SlackSessions:
    """Implements `conversation.sessions.Sessions`. What Slack says it never takes is not tried again."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._refused: set[str] = set()

    async def show(self, session: SessionRef, status: SessionStatus, title: str | None = None) -> None:
        """This is what is done there."""
        body: dict[str, Any] = {"channel_id": session.channel, "thread_ts": session.root, "status": status}
        if title:
            body["title"] = cut(title, LONGEST_TITLE)
        await self._tell("agents.sessions.setStatus", body)

    async def suggest(self, channel: str, prompts: tuple[Prompt, ...], language: str) -> None:
        """Without a thread: for the top of the direct messages."""
        reader = Reader(language=language)
        told = [
            {"title": label(one.title, reader), "message": label(one.message, reader)}
            for one in prompts[:MOST_PROMPTS]
        ]
        await self._tell("assistant.threads.setSuggestedPrompts", {"channel_id": channel, "prompts": told})

    async def _tell(self, method: str, body: dict[str, Any]) -> None:
        if method in self._refused:
            return
        try:
            await self._client.api_call(method, json=body)
        except SLACK_ERRORS as error:
            if (code := code_of(error)) in NEVER:
                self._refused.add(method)
                log.warning("slack does not take %s: %s", method, code)
