"""Asks Cal.com whose key it is and what can be booked with it."""

from urllib.parse import urlsplit

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.client import CalcomClient
from bot.dialling import access_of, open_line
from bot.doctor.findings import Finding
from bot.scheduling.errors import CalendarError, NotAllowed
from bot.scheduling.model import EventType
from bot.setting_calcom import credential_of
from bot.settings import Settings


async def check_calcom(settings: Settings) -> list[Finding]:
    """Ask Cal.com whose key it is and what can be booked with it."""
    if credential_of(settings.given) is None:
        return []
    async with open_line(settings) as line:
        calendar = CalcomCalendar(CalcomClient(line, access_of(settings)))
        try:
            account, types = await calendar.me(), await calendar.event_types()
        except CalendarError as error:
            return [_no_calcom(error)]
    kind = (
        "Cal.com's cloud" if urlsplit(settings.cal_api_url).hostname == "api.cal.com" else "your own server"
    )
    said = f"{kind} answers; the key opens the calendar of {account.name or account.username}"
    return [Finding("ok", "Cal.com", said), _bookable(types)]


def _no_calcom(error: CalendarError) -> Finding:
    if isinstance(error, NotAllowed):
        mend = "make a new API key (Settings, Developer, API keys) at the server that CAL_API_URL names"
        return Finding("wrong", "Cal.com", "does not accept CAL_API_KEY", mend)
    mend = "check the network and CAL_API_URL; a self-hosted API is a server of its own, beside the web app"
    return Finding("wrong", "Cal.com", f"does not answer as its API v2 should ({error})", mend)


def _bookable(types: tuple[EventType, ...]) -> Finding:
    usable = [one for one in types if one.obstacle is None and not one.hidden]
    if usable:
        return Finding("ok", "Event types", f"{len(usable)} of {len(types)} can be booked by the bot")
    mend = "make one without payment, seats or required questions"
    return Finding("wrong", "Event types", f"none of {len(types)} can be booked by the bot", mend)
