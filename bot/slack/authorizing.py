"""Bolt's question whose token serves a request, answered before it is asked.

Its own way is one `auth.test` for each event, before the acknowledgement.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.identity import Identity
from bot.slack.leaving import LEAVING
from bot.slack.receiving import Receiver, receivers
from bot.slack.workspaces import Authorized, NotInstalled, Workspaces

NOBODYS: Final = Receiver(None)  # a delivery that names nobody is for the one workspace, where it is one
AUTHORIZED: Final = "authorized"  # under which what was found goes along with a request


class Doorkeeper(AsyncMiddleware):
    """Lets in what a listener may want, of workspaces that have the bot. The rest is taken note of, no more:
    of other kinds (`app_rate_limited`) Bolt would answer 404, and log the whole body."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        """Pass it on with who we are there. Raises IdentityUnknown, StoreUnavailable."""
        if not is_known(req.body):
            return BoltResponse(status=200, body="")
        if not is_of_a_workspace(req.body):
            return await next()
        try:
            req.context[AUTHORIZED] = await self._found(req.body)
        except NotInstalled:
            return BoltResponse(status=200, body="")
        return await next()

    async def _found(self, body: dict[str, Any]) -> Authorized:
        missing = NotInstalled()
        for team, enterprise in (*receivers(body), NOBODYS):
            try:
                return await self._workspaces.authorized(team, enterprise)
            except NotInstalled as error:
                missing = error
        raise missing


async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
    """What the doorkeeper has found, in Bolt's words."""
    me = me_in(context)
    return AuthorizeResult(
        enterprise_id=me.enterprise,
        team_id=me.team,
        bot_user_id=me.user,
        bot_id=me.bot,
        bot_token=context[AUTHORIZED].bot_token,
    )


def me_in(context: AsyncBoltContext) -> Identity:
    """Who the bot is where this came from."""
    found = context.get(AUTHORIZED)
    if not isinstance(found, Authorized):
        raise TypeError("nobody was authorized")
    return found.identity


def is_of_a_workspace(body: dict[str, Any]) -> bool:
    """Whether somebody must be there to take it. Who leaves need not be there any more.

    Neither does Bolt ask on whose behalf these two are (`async_multi_teams_authorization`).
    """
    match body:
        case {"type": "url_verification"}:
            return False
        case {"type": "event_callback", "event": {"type": kind}}:
            return kind not in LEAVING
        case _:
            return True


def is_known(body: dict[str, Any]) -> bool:
    """Whether a listener may want it, and Bolt can read it."""
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
