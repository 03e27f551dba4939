"""Builds the Bolt app: everything is handed in, nothing is taken from the environment."""

import os
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.forms import Counter, NoCounter
from bot.conversation.ports import Clock, ConversationStore, TurnQueue
from bot.slack.client import quiet_logger
from bot.slack.listeners import IDENTITY, Listeners
from bot.slack.trouble import Trouble
from bot.slack.workspaces import NotInstalled, Workspaces

NOBODY = NoCounter()


def build_app(
    *,
    client: AsyncWebClient,
    signing_secret: str,
    workspaces: Workspaces,
    queue: TurnQueue,
    store: ConversationStore,
    clock: Clock,
    counter: Counter = NOBODY,
) -> AsyncApp:
    """The app. Listeners run before the answer: not enqueued, not acknowledged. `client` needs no token."""
    with _no_slack_environment():
        app = AsyncApp(
            logger=quiet_logger("bot.slack.bolt"),
            name="slotwise",
            process_before_response=True,
            signing_secret=signing_secret,
            client=_tokenless(client),
            before_authorize=_AcknowledgeTheUnknown(),
            authorize=_authorize(workspaces),
            attaching_conversation_kwargs_enabled=False,
        )
    app.error(Trouble(client).answer)
    Listeners(client=client, queue=queue, store=store, clock=clock, counter=counter).attach(app)
    return app


def _authorize(workspaces: Workspaces) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Bolt's question whose token serves a request. Its own way is one auth.test for each event."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        try:
            found = await workspaces.authorized(team_id, enterprise_id)
        except NotInstalled:
            return None  # type: ignore[return-value]  # which Bolt takes for "not installed"
        me = found.identity
        result = AuthorizeResult(
            enterprise_id=me.enterprise,
            team_id=me.team,
            bot_user_id=me.user,
            bot_id=me.bot,
            bot_token=found.bot_token,
        )
        result[IDENTITY] = me
        return result

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


class _AcknowledgeTheUnknown(AsyncMiddleware):
    """Takes note of all other kinds (`app_rate_limited`): Bolt would answer 404, and log the whole body."""

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        """Pass on what a listener may want."""
        return await next() if _is_known(req.body) else BoltResponse(status=200, body="")


def _is_known(body: dict[str, Any]) -> bool:
    if not isinstance(body.get("event", {}), dict):  # Bolt looks into it, whatever the kind
        return False
    match body:
        case {"command": str()} | {"type": "url_verification", "challenge": str()}:
            return True
        case {"type": "event_callback", "event": {"type": str()}}:
            return True
        case {"type": "block_actions", "actions": [{"action_id": str()}, *_]}:
            return True
        case {"type": "view_submission" | "view_closed", "view": {"callback_id": str()}}:
            return True
        case {"type": "shortcut" | "message_action", "callback_id": str()}:
            return True
        case {"type": "block_suggestion", "action_id": str()}:
            return True
        case _:
            return False


@contextmanager
def _no_slack_environment(environ: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """Hide SLACK_* from Bolt, which reads a client id and secret there and silently becomes an OAuth app."""
    hidden = {name: environ.pop(name) for name in list(environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        environ.update(hidden)
