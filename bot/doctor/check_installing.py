"""Asks Slack whether it knows the app that workspaces install by link, and looks for its page."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.doctor.findings import Finding
from bot.doctor.pages import Page, fetch
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings, reveal
from bot.slack.client import open_session, web_client
from bot.slack.oauth import OAuthTrouble, SlackOAuth

INSTALL: Final = "/slack/install"
UNHEARD_OF: Final = "doctor"  # a code that Slack never gave: what it says of it shows whether it knows us

# https://docs.slack.dev/reference/methods/oauth.v2.access/#errors
WRONG: Final = {
    "invalid_client_id": ("SLACK_CLIENT_ID", "is not known to Slack"),
    "bad_client_secret": ("SLACK_CLIENT_SECRET", "is not the app's"),
    "bad_redirect_uri": ("PUBLIC_URL", "is not among the app's redirect URLs"),
}
MEND: Final = "copy it again from the app's page: Basic Information, App Credentials"
MEND_URL: Final = (
    "paste `python -m bot manifest --several` into the app's page, or add the redirect URL there"
)


async def check_installing(settings: Settings, clock: Callable[[], datetime]) -> list[Finding]:
    """Nothing where the bot is not installed by link."""
    if not settings.installs:
        return []
    found = [await _known(settings, clock)]
    if settings.public_url:
        found.append(judge_page(await asyncio.to_thread(fetch, f"{settings.public_url}{INSTALL}")))
    return found


async def _known(settings: Settings, clock: Callable[[], datetime]) -> Finding:
    async with open_session() as session:
        oauth = SlackOAuth(
            web_client("", f"{settings.slack_api_url}/", session),
            settings.slack_client_id or "",
            reveal(settings.slack_client_secret) or "",
            public_url=settings.public_url or "",
            scopes=(*SCOPES, *OPTIONAL_SCOPES),
            clock=clock,
        )
        try:
            await oauth.installed(UNHEARD_OF)
        except OAuthTrouble as error:
            return judge_answer(error.why, error.code)
    return Finding("wrong", "Slack", "does not answer as it should", "check SLACK_API_URL")


def judge_answer(why: str, code: str) -> Finding:
    """What Slack's refusal of a code that nobody has says of the app."""
    if code == "invalid_code":
        return Finding("ok", "Slack", "knows the app by SLACK_CLIENT_ID and SLACK_CLIENT_SECRET")
    if code in WRONG:
        about, said = WRONG[code]
        return Finding("wrong", about, said, MEND_URL if about == "PUBLIC_URL" else MEND)
    if why == "refused":
        return Finding("wrong", "Slack", f"refuses the app ({code})", MEND)
    return Finding("wrong", "Slack", "does not answer", "check this machine's network and SLACK_API_URL")


def judge_page(answer: Page | None) -> Finding:
    """Whether workspaces find the page by which they install the bot."""
    if answer is not None and answer.status == 200:
        return Finding("ok", "Installing", f"the page is at PUBLIC_URL{INSTALL}")
    said = f"no page at PUBLIC_URL{INSTALL}" + (f" ({answer.status})" if answer else "")
    mend = (
        "start the bot with these settings, and let the proxy pass /slack/install and /slack/oauth_redirect"
    )
    return Finding("note", "Installing", said, mend)
