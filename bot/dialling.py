"""Opens the line to Cal.com that the settings ask for: to which server, and by which credential."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.calcom.access.kinds import Access, ApiKey, PlatformClient
from bot.calcom.access.oauth import OAuthClient
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.server import Server
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.connection import open_http
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import Reads
from bot.calcom.transport.sending import OnCall
from bot.calcom.v1.calendar import V1Calendar, open_v1_calendar
from bot.scheduling.ports import Budget
from bot.scheduling.rations import Unrationed
from bot.settings import Settings, reveal


def access_of(settings: Settings) -> Access:
    """The credential of the whole workspace."""
    if settings.cal_client_id and settings.cal_secret_key:
        return PlatformClient(settings.cal_client_id, reveal(settings.cal_secret_key) or "")
    return ApiKey(reveal(settings.cal_api_key) or reveal(settings.maton_api_key) or "")


def server_of(settings: Settings) -> Server:
    """Where Cal.com's API v2 is, and of which kind, where that is known."""
    kind = settings.calcom_kind
    return Server(settings.calcom_url, None if kind == "v1" else kind)


def calendar_of(settings: Settings, line: Line) -> CalcomCalendar | V1Calendar | None:
    """The calendar of the whole workspace's account, by the API that its server has; None without a key."""
    if settings.credential is None:
        return None
    if settings.calcom_kind != "v1":
        return CalcomCalendar(CalcomClient(line, access_of(settings)))
    key = reveal(settings.cal_api_key) or ""
    return open_v1_calendar(
        line.http,
        settings.calcom_url,
        key,
        pace=line.pace,
        on_call=line.on_call,
        breaker=line.breaker,
        turnstile=line.turnstile,
    )


def oauth_of(settings: Settings, line: Line) -> OAuthClient | None:
    """What people's own accounts are connected with, where the bot is known to Cal.com as an OAuth client."""
    if settings.cal_oauth_client_id is None:
        return None
    secret = reveal(settings.cal_oauth_client_secret)
    return OAuthClient(line, settings.cal_oauth_client_id, secret, settings.cal_app_url)


@asynccontextmanager
async def open_line(
    settings: Settings,
    on_call: OnCall | None = None,
    breaker: Breaker | None = None,
    budget: Budget | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[Line]:
    """Connect to it; without a `budget` requests are not counted. `pace`: another than the usual one.

    The headers that a gateway wants go with every request, and nowhere else.
    """
    headers = {name: value.get_secret_value() for name, value in settings.cal_extra_headers.items()}
    async with open_http(headers) as http:
        pace = pace or Pace()
        yield Line(
            http,
            server_of(settings),
            pace,
            on_call=on_call,
            breaker=breaker or Breaker(),
            reads=Reads(pace.seconds),
            budget=budget or Unrationed(),
        )
