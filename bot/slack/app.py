"""Builds the Bolt app: everything is handed in, nothing is taken from the environment."""

import os
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.ports import Clock, ConversationStore, TurnQueue
from bot.slack.client import quiet_logger
from bot.slack.identity import WhoAmI
from bot.slack.listeners import Listeners
from bot.slack.trouble import Trouble

DELIVERIES = (
    "event_callback",
    "block_actions",
    "block_suggestion",
    "view_submission",
    "view_closed",
    "shortcut",
    "message_action",
)


def build_app(
    *,
    client: AsyncWebClient,
    signing_secret: str,
    bot_token: str,
    queue: TurnQueue,
    store: ConversationStore,
    clock: Clock,
) -> AsyncApp:
    """The app for one workspace. Listeners run before the answer: not enqueued, not acknowledged."""
    whoami = WhoAmI(client)
    with _no_slack_environment():
        app = AsyncApp(
            logger=quiet_logger("bot.slack.bolt"),
            name="slotwise",
            process_before_response=True,
            signing_secret=signing_secret,
            client=_tokenless(client),
            authorize=_authorize(whoami, bot_token),
            attaching_conversation_kwargs_enabled=False,
        )
    app.error(Trouble(client).answer)
    app.middleware(_acknowledge_the_unknown)
    Listeners(whoami=whoami, client=client, queue=queue, store=store, clock=clock).attach(app)
    return app


def _authorize(whoami: WhoAmI, bot_token: str) -> Callable[[], Awaitable[AuthorizeResult]]:
    """Bolt's question whose token serves a request: always ours. Its own way is one auth.test per event."""

    async def authorize() -> AuthorizeResult:
        me = await whoami()
        return AuthorizeResult(
            enterprise_id=me.enterprise,
            team_id=me.team,
            bot_user_id=me.user,
            bot_id=me.bot,
            bot_token=bot_token,
        )

    return authorize


def _tokenless(client: AsyncWebClient) -> AsyncWebClient:
    """The same client without its token, which `authorize` gives; with both, Bolt warns at each start."""
    return AsyncWebClient(
        base_url=client.base_url,
        timeout=client.timeout,
        session=client.session,
        logger=client.logger,
        retry_handlers=client.retry_handlers,
    )


async def _acknowledge_the_unknown(
    body: dict[str, Any], next: Callable[[], Awaitable[None]]
) -> BoltResponse | None:
    """Take note of all other kinds (`app_rate_limited`), which Bolt would answer with 404."""
    if "command" in body or body.get("type") in DELIVERIES:
        await next()
        return None
    return BoltResponse(status=200, body="")


@contextmanager
def _no_slack_environment(environ: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """Hide SLACK_* from Bolt, which reads a client id and secret there and silently becomes an OAuth app."""
    hidden = {name: environ.pop(name) for name in list(environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        environ.update(hidden)
