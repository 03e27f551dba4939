"""Asks Slack whose token it is, what it may do, and what time it is."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.doctor.findings import Finding
from bot.doctor.pages import fetch
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings, reveal
from bot.slack.client import open_session, web_client
from bot.slack.identity import Identity, IdentityUnknown, WhoAmI
from bot.slack.refusals import UNREACHED, refusal, socket_refusal

Clock = Callable[[], datetime]

FASTEST_CLOCK = 60.0  # seconds of difference; Slack's signatures are good for 300

SLACK_SAYS = {
    "invalid_auth": "does not know SLACK_BOT_TOKEN",
    "not_authed": "does not know SLACK_BOT_TOKEN",
    "account_inactive": "says that the app was removed from the workspace",
    "token_revoked": "says that SLACK_BOT_TOKEN was revoked",
    "token_expired": "says that SLACK_BOT_TOKEN has expired",
    UNREACHED: "does not answer",
}


async def check_slack(settings: Settings, clock: Clock) -> list[Finding]:
    """Ask Slack whose token it is and what it may do, and what time it is."""
    token = reveal(settings.slack_bot_token)
    if token is None:
        return []
    async with open_session() as session:
        try:
            identity = await WhoAmI(web_client(token, settings.slack_api_url, session))()
        except IdentityUnknown as error:
            return [_no_slack(refusal(error.__cause__))]
    said = f"answers; the token is that of bot {identity.user} in workspace {identity.team}"
    return [Finding("ok", "Slack", said), *_scopes(identity), *await _clocks(settings, clock)]


def _no_slack(code: str) -> Finding:
    said = SLACK_SAYS.get(code, f"refuses SLACK_BOT_TOKEN ({code})")
    if code == UNREACHED:
        return Finding("wrong", "Slack", said, "check this machine's network and SLACK_API_URL")
    return Finding("wrong", "Slack", said, "install the app again and copy its Bot User OAuth Token")


def _scopes(identity: Identity) -> list[Finding]:
    if identity.scopes is None:
        return [Finding("note", "Slack", "does not say what the token may do")]
    mend = "paste the manifest (`python -m bot manifest`) into the app's page and install it again"
    missing = sorted(set(SCOPES) - identity.scopes)
    if missing:
        return [Finding("wrong", "Slack scopes", f"missing: {', '.join(missing)}", mend)]
    refused = sorted(set(OPTIONAL_SCOPES) - identity.scopes)
    return list(_left_out(refused)) or [Finding("ok", "Slack scopes", "all are granted")]


def _left_out(refused: list[str]) -> Iterator[Finding]:
    """What those who installed the bot did without, and what that means."""
    links = [one for one in refused if one.startswith("links:")]
    if heard := [one for one in refused if one not in links]:
        said = f"without {', '.join(heard)} people must mention the bot again in a thread there"
        yield Finding("note", "Slack scopes", said)
    if links:
        said = f"without {', '.join(links)} links to booking pages show nothing that can be booked"
        yield Finding("note", "Slack scopes", said)


async def _clocks(settings: Settings, clock: Clock) -> list[Finding]:
    """Compare this machine's clock with Slack's. No answer, no judgement."""
    answer = await asyncio.to_thread(fetch, f"{settings.slack_api_url}/api.test")
    if answer is None or answer.date is None:
        return []
    off = (clock() - answer.date).total_seconds()
    if abs(off) <= FASTEST_CLOCK:
        return [Finding("ok", "Clock", "agrees with Slack's")]
    side = "ahead of" if off > 0 else "behind"
    said = f"is {abs(off):.0f} seconds {side} Slack's; beyond 300 nothing is accepted"
    return [Finding("wrong", "Clock", said, "set this machine's clock by NTP")]


async def check_socket(settings: Settings) -> list[Finding]:
    """Try whether a Socket Mode connection may be opened."""
    token = reveal(settings.slack_app_token)
    if token is None:
        return []
    async with open_session() as session:
        code = await socket_refusal(web_client(token, settings.slack_api_url, session), token)
    if code is None:
        return [Finding("ok", "Socket Mode", "can be opened")]
    if code == UNREACHED:
        return [Finding("wrong", "Socket Mode", "Slack does not answer", "check this machine's network")]
    mend = "switch Socket Mode on in the app, and make an app-level token with connections:write"
    return [Finding("wrong", "Socket Mode", f"Slack refuses SLACK_APP_TOKEN ({code})", mend)]
