"""Builds the Bolt app: everything is handed in, nothing is taken from the environment."""

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.forms import Counter, NoCounter
from bot.conversation.ports import Clock, ConversationStore, TurnQueue
from bot.conversation.sessions import NoStops, Stops
from bot.slack.authorizing import Doorkeeper, authorize
from bot.slack.client import quiet_logger
from bot.slack.listeners import Listeners
from bot.slack.trouble import Trouble
from bot.slack.workspaces import Workspaces

NOBODY = NoCounter()
NO_STOPS = NoStops()


def build_app(
    *,
    client: AsyncWebClient,
    signing_secret: str,
    workspaces: Workspaces,
    queue: TurnQueue,
    store: ConversationStore,
    clock: Clock,
    counter: Counter = NOBODY,
    stops: Stops = NO_STOPS,
) -> AsyncApp:
    """The app. Listeners run before the answer: not enqueued, not acknowledged. `client` needs no token."""
    with _no_slack_environment():
        app = AsyncApp(
            logger=quiet_logger("bot.slack.bolt"),
            name="slotwise",
            process_before_response=True,
            signing_secret=signing_secret,
            client=_tokenless(client),
            before_authorize=Doorkeeper(workspaces),
            authorize=authorize,
            attaching_conversation_kwargs_enabled=False,
        )
    app.error(Trouble().answer)
    listeners = Listeners(client=client, queue=queue, store=store, clock=clock, counter=counter, stops=stops)
    listeners.attach(app)
    return app


def _tokenless(client: AsyncWebClient) -> AsyncWebClient:
    """The same client without its token, which `authorize` gives; with both, Bolt warns at each start."""
    return AsyncWebClient(
        base_url=client.base_url,
        timeout=client.timeout,
        session=client.session,
        logger=client.logger,
        retry_handlers=client.retry_handlers,
    )


@contextmanager
def _no_slack_environment(environ: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """Hide SLACK_* from Bolt, which reads a client id and secret there and silently becomes an OAuth app."""
    hidden = {name: environ.pop(name) for name in list(environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        environ.update(hidden)
