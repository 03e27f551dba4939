"""Why Slack said no, as its own short code; for `doctor`, which turns it into words."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import SLACK_ERRORS, NotInstalled, slack_code
from bot.slack.identity import IdentityUnknown

UNREACHED = "unreached"

# https://docs.slack.dev/reference/methods/auth.test/#errors
ENDED = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})


def refusal(error: BaseException | None) -> str:
    """Slack's code for what went wrong (`invalid_auth`), or `unreached` without an answer of its own."""
    return slack_code(error) or UNREACHED


async def socket_refusal(client: AsyncWebClient, app_token: str) -> str | None:
    """Why a Socket Mode connection cannot be opened with this token; None when it can."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SLACK_ERRORS as error:
        return refusal(error)
    return None


async def refusal_of_token(client: AsyncWebClient) -> str | None:
    """Why Slack takes this client's token no more; None where it does. Raises IdentityUnknown."""
    try:
        await client.auth_test()
    except NotInstalled:
        return "not_installed"
    except SLACK_ERRORS as error:
        if (code := slack_code(error)) in ENDED:
            return code
        raise IdentityUnknown(type(error).__name__) from error
    return None
