"""Why Slack said no, as its own short code; for `doctor`, which turns it into words."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import SLACK_ERRORS, slack_code

UNREACHED = "unreached"


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
