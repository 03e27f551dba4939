"""Why Slack said no, as its own short code; for `doctor`, which turns it into words."""

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

UNREACHED = "unreached"


def refusal(error: BaseException | None) -> str:
    """Slack's code for what went wrong (`invalid_auth`), or `unreached` without an answer of its own."""
    if isinstance(error, SlackApiError) and isinstance(error.response.get("error"), str):
        return str(error.response["error"])
    return UNREACHED


async def socket_refusal(client: AsyncWebClient, app_token: str) -> str | None:
    """Why a Socket Mode connection cannot be opened with this token; None when it can."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        return refusal(error)
    return None
